import { AppError } from './errors.ts';

const RETRY_SECONDS = 5;

/** SQLSTATE, or the start of one, and what the operator or the asker is told. */
const FAULTS: readonly (readonly [string, string])[] = [
  ['08', 'The database cannot be reached.'],
  ['57P0', 'The database is restarting.'],
  ['57014', 'The database took too long.'],
  ['55P03', 'The database is busy.'],
  ['40', 'Two changes came at once.'],
  ['53300', 'The database takes no more connections.'],
  ['53100', 'The disk of the database is full. What was published stays; make room, and ingest again.'],
  ['53', 'The database is out of resources.'],
  ['25006', 'The database is a standby that takes no changes.'],
];

/** How the network says that a connection could not be had, or is lost. */
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
/** The driver tells these by their message alone. */
const LOST =
  /connection terminated|timeout exceeded when trying to connect|timeout expired|query read timeout|not queryable|client was closed/i;

/** A character that PostgreSQL stores in no text. */
const NUL_CODES = new Set(['22021', '22P05']);

/** A fault of the database that passes or that the operator can mend, told in a sentence; anything else as it is. To be thrown. */
export function explainPostgresFault(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error;
  const { code: given } = error as { code?: unknown };
  const code = typeof given === 'string' ? given : '';
  if (NUL_CODES.has(code)) return new AppError('A text holds a NUL character.', { status: 422, cause: error });
  const sentence = FAULTS.find(([start]) => code.startsWith(start))?.[1] ?? describeLoss(error, code);
  if (sentence === undefined) return error;
  const message = `${sentence} Try again in a moment.`;
  return new AppError(message, { status: 503, retryable: true, retryAfterSeconds: RETRY_SECONDS, cause: error });
}

function describeLoss(error: Error, code: string): string | undefined {
  if (UNREACHABLE.has(code) || error instanceof AggregateError) return 'The database cannot be reached.';
  if (/timeout exceeded when trying to connect/i.test(error.message)) return 'The database has no connection free.';
  return LOST.test(error.message) ? 'The database cannot be reached.' : undefined;
}
