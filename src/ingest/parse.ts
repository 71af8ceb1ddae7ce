import { VFile } from 'vfile';
import { matter } from 'vfile-matter';
import { YAMLParseError } from 'yaml';
import { z } from 'zod';
import { sha256 } from '../digest.ts';
import { AUTHORITIES, STATUSES, TEXT_KINDS, type Rejection, type SourceDocument } from '../domain.ts';
import { detectLanguage } from '../language/detect-language.ts';
import { firstHeading } from './outline.ts';
import type { LoadedFile } from './load.ts';

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

const frontMatter = z.object({
  id: optionalText.pipe(
    z
      .string()
      .max(200)
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

/** A document from a file: front matter checked and completed, the rest its text. A rejection says what is wrong. */
export function parseDocument(file: LoadedFile, root: string): SourceDocument | Rejection {
  const vfile = new VFile({ path: file.path, value: file.text });
  try {
    // Failsafe: every scalar is the text it is written as, so that an id 1e5 or a date 2011 stays what it is.
    matter(vfile, { strip: true, yaml: { schema: 'failsafe' } });
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    return { uri: file.path, reason: `The front matter is not valid YAML: ${error.message.split('\n')[0]}` };
  }
  const parsed = frontMatter.safeParse(vfile.data.matter ?? {});
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'it'}: ${issue.message}`);
    return { uri: file.path, reason: `The front matter is not valid: ${faults.join('; ')}.` };
  }
  const text = String(vfile);
  if (text.trim() === '') return { uri: file.path, reason: 'The document has no text.' };
  return complete(parsed.data, { text, name: file.name, root });
}

function complete(
  { id, title, date: dated, language, note, ...given }: z.infer<typeof frontMatter>,
  { text, name, root }: { text: string; name: string; root: string },
): SourceDocument {
  const identity = id ?? name.replace(/\.[^./]+$/, '').replaceAll(/[\s#?]+/g, '-');
  const metadata = {
    id: identity,
    title: title ?? firstHeading(text) ?? identity,
    date: dated ?? null,
    language: language ?? detectLanguage(text),
    note: note ?? null,
    ...given,
    origin: 'folder' as const,
  };
  return { ...metadata, root, text, file: name, digest: sha256(`${JSON.stringify(metadata)}\n${text}`) };
}
