import { readFileSync } from 'node:fs';
import { VFile } from 'vfile';
import { matter } from 'vfile-matter';
import { z } from 'zod';
import { sha256 } from './digest.ts';
import { ConfigurationError } from './errors.ts';

const FOLDER = new URL('../prompts/', import.meta.url);
const PLACEHOLDER = /\{\{(\w+)\}\}/g;
const frontMatter = z.object({ inputs: z.array(z.string()) });

/** One Markdown file per model call, checked when it is loaded. */
export interface Prompt {
  readonly name: string;
  /** SHA-256 of the file, for the receipt. */
  readonly digest: string;
  /** Fills the placeholders, each once; what is filled in is not looked at again. */
  readonly render: (inputs: Readonly<Record<string, string>>) => string;
}

/** @throws ConfigurationError when the file is missing, or declares other inputs than it uses or than are expected. */
export function loadPrompt(name: string, expected: readonly string[], folder: URL = FOLDER): Prompt {
  const text = read(name, folder);
  const file = new VFile(text);
  matter(file, { strip: true });
  const declared = frontMatter.safeParse(file.data.matter).data?.inputs ?? [];
  const template = String(file).trim();
  const used = [...template.matchAll(PLACEHOLDER)].map(([, input = '']) => input);
  for (const [what, inputs] of [
    ['uses', used],
    ['declares', declared],
  ] as const) {
    if (isSameSet(inputs, expected)) continue;
    throw new ConfigurationError(
      `prompts/${name}.md ${what} the inputs [${inputs.join(', ')}], not [${expected.join(', ')}].`,
    );
  }
  return {
    name,
    digest: sha256(text),
    render: (inputs) => template.replaceAll(PLACEHOLDER, (_, input: string) => inputs[input] ?? ''),
  };
}

function read(name: string, folder: URL): string {
  try {
    return readFileSync(new URL(`${name}.md`, folder), 'utf8');
  } catch (error) {
    throw new ConfigurationError(`prompts/${name}.md cannot be read.`, error);
  }
}

function isSameSet(some: readonly string[], others: readonly string[]): boolean {
  return [...new Set(some)].toSorted().join() === [...new Set(others)].toSorted().join();
}
