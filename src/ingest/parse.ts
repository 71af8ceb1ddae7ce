import { VFile } from 'vfile';
import { matter } from 'vfile-matter';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { sha256 } from '../digest.ts';
import {
  AUTHORITIES,
  STATUSES,
  TEXT_KINDS,
  type Origin,
  type Rejection,
  type SourceDocument,
  type SourceReference,
} from '../domain.ts';
import { detectDocumentLanguage } from './detect-document-language.ts';
import { firstHeading } from './outline.ts';
import { UnreadableError } from './unreadable.ts';

const isBlank = (value: unknown): boolean =>
  value === null || (typeof value === 'string' && ['', '~', 'null'].includes(value.trim()));
const scalar = z.string().transform((value) => value.trim());
const optionalText = z.preprocess((value) => (isBlank(value) ? undefined : value), scalar.optional());
const date = optionalText.pipe(
  z
    .string()
    .regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/, 'must be YYYY, YYYY-MM or YYYY-MM-DD')
    .optional(),
);
const texts = z
  .preprocess((value) => (isBlank(value) ? [] : Array.isArray(value) ? value : [value]), z.array(scalar))
  .default([]);
const oneOf = <const T extends readonly [string, ...string[]]>(values: T, fallback: T[number]) =>
  optionalText.pipe(z.enum(values).optional()).transform((value): T[number] => value ?? fallback);
const address = optionalText.pipe(z.url({ protocol: /^https?$/, error: 'must be an http(s) address' }).optional());

const source = z
  .object({
    title: optionalText,
    publisher: optionalText,
    url: address,
    authority: oneOf(AUTHORITIES, 'news'),
    published: date,
  })
  .transform(({ title, publisher, url, authority, published }) => ({
    title: title ?? url ?? '',
    publisher: publisher ?? '',
    ...(url !== undefined && { url }),
    authority,
    ...(published !== undefined && { published }),
  }));

const LONGEST_ID = 200;

const frontMatter = z.object({
  id: optionalText.pipe(
    z
      .string()
      .max(LONGEST_ID)
      .regex(/^[^\s#?\p{Cc}]+$/u, 'must be without spaces, # and ?')
      .optional(),
  ),
  title: optionalText,
  kind: optionalText.transform((value) => value ?? 'document'),
  authority: oneOf(AUTHORITIES, 'news'),
  textKind: oneOf(TEXT_KINDS, 'source'),
  status: oneOf(STATUSES, 'reported'),
  date,
  language: optionalText,
  parties: texts,
  topics: texts,
  related: texts,
  supersedes: texts,
  note: optionalText,
  sources: z.preprocess((value) => (isBlank(value) ? [] : value), z.array(source).default([])),
});

/** A text, and what is known of it besides. */
export interface ParsedFile {
  /** What a rejection calls it. */
  readonly path: string;
  /** Its path within the root, with `/`. */
  readonly name: string;
  readonly text: string;
  /** Fields that the file's format has. Its front matter wins over them. */
  readonly found?: Readonly<Record<string, unknown>>;
  /** YAML beside the file. Wins over its front matter. */
  readonly sidecar?: string | undefined;
  /** Fields given by whoever adds the document. Win over all. */
  readonly given?: Readonly<Record<string, unknown>>;
  readonly pageStarts?: readonly number[] | undefined;
  readonly origin?: Origin;
  /** The id to take unless one is stated. */
  readonly identity?: string | undefined;
  /** Sources to name where none is stated. */
  readonly sources?: readonly SourceReference[];
}

/** A document from a file: front matter checked and completed, the rest its text. A rejection says what is wrong. */
export function parseDocument(file: ParsedFile, root: string): SourceDocument | Rejection {
  try {
    const { text, stated } = separate(file);
    const parsed = frontMatter.safeParse(stated);
    if (!parsed.success) {
      const faults = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'it'}: ${issue.message}`);
      return { uri: file.path, reason: `The front matter is not valid: ${faults.join('; ')}.` };
    }
    if (text.trim() === '') return { uri: file.path, reason: 'The document has no text.' };
    return complete(parsed.data, { ...file, text }, root);
  } catch (error) {
    if (error instanceof UnreadableError) return { uri: file.path, reason: error.message };
    throw error;
  }
}

/** The text without its front matter, and all that is stated of it. Pages are counted in text without front matter. */
function separate({ path, text, found, sidecar, given, pageStarts }: ParsedFile): { text: string; stated: object } {
  const vfile = new VFile({ path, value: text });
  // Failsafe: every scalar is the text it is written as, so that an id 1e5 or a date 2011 stays what it is.
  if (!pageStarts) asYaml('front matter', () => matter(vfile, { strip: true, yaml: { schema: 'failsafe' } }));
  const beside = sidecar && asYaml('.meta.yaml file', () => parseYaml(sidecar, { schema: 'failsafe' }) as unknown);
  const stated = { ...found, ...fieldsOf(vfile.data.matter), ...fieldsOf(beside), ...given };
  return { text: String(vfile), stated };
}

function fieldsOf(value: unknown): object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

function asYaml<T>(place: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    // Besides faults of syntax: aliases that would unfold to more than the parser takes.
    throw new UnreadableError(`The ${place} is not valid YAML: ${(error as Error).message.split('\n')[0]}`);
  }
}

/** The id of a file that states none: its path without the extension. */
export function defaultId(name: string): string {
  return (name.replace(/\.[^./]+$/, '') || name).replaceAll(/[\s#?\p{Cc}]+/gu, '-').slice(0, LONGEST_ID);
}

function complete(
  { id: stated, title, date: dated, language, note, sources, ...fields }: z.infer<typeof frontMatter>,
  { text, name, origin = 'folder', identity, pageStarts, sources: named = [] }: ParsedFile,
  root: string,
): SourceDocument {
  const id = [stated, identity].find((known) => known !== undefined) ?? defaultId(name);
  const known = { id, title: title ?? titleOf(text, id), date: orNull(dated) };
  const metadata = {
    ...known,
    language: language ?? detectDocumentLanguage(text),
    note: orNull(note),
    ...fields,
    sources: [sources, named].find(({ length }) => length > 0) ?? [],
    origin,
    ...(pageStarts && { pageStarts }),
  };
  return { ...metadata, root, text, file: name, digest: sha256(`${JSON.stringify(metadata)}\n${text}`) };
}

function titleOf(text: string, id: string): string {
  return firstHeading(text) ?? id;
}

function orNull(value: string | undefined): string | null {
  return value ?? null;
}
