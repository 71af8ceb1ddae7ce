import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { IngestError } from '../errors.ts';

/** Beside the documents that it adds to. */
export const SOURCES_LIST = 'sources.yaml';

/** A page to keep level with: its address, and fields of the front matter. */
export interface ListedSource {
  readonly url: string;
  readonly given: Readonly<Record<string, unknown>>;
}

const schema = z.array(z.looseObject({ url: z.url({ protocol: /^https?$/ }) }));

/**
 * Reads a list of sources: a YAML list of `url` with any fields of the front matter (`authority`, `kind`, …).
 * @throws IngestError when there is none, or it is not valid.
 */
export async function readSourcesList(path: string): Promise<ListedSource[]> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) throw new IngestError(`There is no list of sources at ${path}.`);
  const parsed = schema.safeParse(parseList(text, path) ?? []);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'it'}: ${issue.message}`);
    throw new IngestError(`The list of sources ${path} is not valid: ${faults.join('; ')}.`);
  }
  return parsed.data.map(({ url, ...given }) => ({ url, given }));
}

function parseList(text: string, path: string): unknown {
  try {
    return parse(text, { schema: 'failsafe' });
  } catch (error) {
    throw new IngestError(`The list of sources ${path} is not valid YAML: ${(error as Error).message.split('\n')[0]}`);
  }
}
