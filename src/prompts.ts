import { readFileSync } from 'node:fs';
import { VFile } from 'vfile';
import { matter } from 'vfile-matter';
import { z } from 'zod';
import { sha256 } from './digest.ts';
import { ConfigurationError } from './errors.ts';

const FOLDER = new URL('../prompts/', import.meta.url);
const PLACEHOLDER = /\{\{(\w+)\}\}/g;
/** A rule divides what the model is instructed from what it is given. */
const RULE = /^---$/m;
const frontMatter = z.object({ inputs: z.array(z.string()) });

/** One Markdown file per model call, checked when it is loaded. */
export interface Prompt {
  readonly name: string;
  /** SHA-256 of the file, for the receipt. */
  readonly digest: string;
  /** The part above the rule, as it is written: the model's instructions. */
  readonly instructions: string;
  /** Fills the placeholders, each once; what is filled in is not looked at again. */
  readonly render: (inputs: Readonly<Record<string, string>>) => { readonly system: string; readonly user: string };
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
  const [instructions = '', ...given] = template.split(RULE).map((part) => part.trim());
  if (given.length !== 1)
    throw new ConfigurationError(`prompts/${name}.md does not have one rule (---) between its parts.`);
  const fill = (part: string, inputs: Readonly<Record<string, string>>): string =>
    part.replaceAll(PLACEHOLDER, (_, input: string) => inputs[input] ?? '');
  return {
    name,
    digest: sha256(text),
    instructions,
    render: (inputs) => ({ system: fill(instructions, inputs), user: fill(given.join(''), inputs) }),
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
