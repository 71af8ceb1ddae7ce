import { AppError } from './errors.ts';

/** Rows as one JSON value, for `json_to_recordset`. @throws AppError 422 for a NUL character, which PostgreSQL stores in no text. */
export function encodeRows(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? storable(part) : part));
}

/** Half a surrogate pair is stored as SQLite stores it: replaced, one unit for one. */
function storable(text: string): string {
  if (text.includes('\0')) throw new AppError('The document holds a NUL character.', { status: 422 });
  return text.toWellFormed();
}

/** At single precision, the shortest digits that give the same number again. */
export function writeVector(vector: ArrayLike<number>): string {
  return JSON.stringify(Array.from(Float32Array.from(vector)));
}

export function readVector(text: string): Float32Array {
  return Float32Array.from(JSON.parse(text) as number[]);
}
