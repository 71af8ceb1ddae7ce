import { Busboy, type BusboyHeaders } from '@fastify/busboy';
import type { Request } from 'express';
import { AppError, InvalidRequestError } from '../errors.ts';
import type { Task } from '../jobs/jobs.ts';

const MOST_FIELDS = 40;
const LONGEST_FIELD_BYTES = 64 * 1024;

/**
 * The field `file` of a multipart request; the other fields are those of the front matter (`metadata`: several, as JSON).
 * What is larger than the limit is not read to its end.
 * @throws InvalidRequestError without a file, AppError 413 beyond the limit.
 */
export async function readUpload(request: Request, maxMegabytes: number): Promise<Task> {
  const fields = new Map<string, string>();
  const files: { name: string; mediaType: string; parts: Buffer[]; isCut: boolean }[] = [];
  const parser = openParser(request, maxMegabytes);
  parser.on('field', (name, value) => void fields.set(name, value));
  // oxlint-disable-next-line max-params -- the parser hands a part over in five
  parser.on('file', (field, stream, name, _encoding, mediaType) => {
    const file = { name: name || field, mediaType, parts: [] as Buffer[], isCut: false };
    if (field === 'file') files.push(file);
    stream.on('data', (part: Buffer) => void (field === 'file' && file.parts.push(part)));
    stream.on('limit', () => (file.isCut = true));
  });
  await new Promise<void>((resolve, reject) => {
    parser.on('finish', resolve);
    parser.on('error', (error) => reject(new InvalidRequestError(`The form cannot be read: ${String(error)}.`)));
    request.on('aborted', () => reject(new InvalidRequestError('The request ended before the form did.')));
    request.pipe(parser);
  });
  const [file, second] = files;
  if (!file || second)
    throw new InvalidRequestError('Send one file, in the field `file`.', [
      { pointer: '/file', detail: 'must be one file' },
    ]);
  if (file.isCut) throw new AppError(`The file is larger than ${maxMegabytes} MiB.`, { status: 413 });
  return {
    kind: 'upload',
    subject: file.name,
    mediaType: declaredType(file.mediaType),
    bytes: Buffer.concat(file.parts),
    given: givenBy(fields),
  };
}

function openParser(request: Request, maxMegabytes: number): InstanceType<typeof Busboy> {
  try {
    const limits = {
      files: 2,
      fileSize: maxMegabytes * 1024 * 1024,
      fields: MOST_FIELDS,
      fieldSize: LONGEST_FIELD_BYTES,
    };
    return new Busboy({ headers: request.headers as BusboyHeaders, limits });
  } catch (error) {
    throw new InvalidRequestError(
      `The form cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}

/** Clients that do not know a type say that it is bytes. */
function declaredType(mediaType: string): string | undefined {
  return mediaType === 'application/octet-stream' ? undefined : mediaType;
}

function givenBy(fields: ReadonlyMap<string, string>): Record<string, unknown> {
  const { metadata, ...named } = Object.fromEntries(fields);
  if (metadata === undefined) return named;
  try {
    const given: unknown = JSON.parse(metadata);
    if (typeof given === 'object' && given !== null && !Array.isArray(given)) return { ...given, ...named };
  } catch {
    // Told below, like any other value that is no object.
  }
  throw new InvalidRequestError('The field `metadata` is not valid.', [
    { pointer: '/metadata', detail: 'must be a JSON object' },
  ]);
}
