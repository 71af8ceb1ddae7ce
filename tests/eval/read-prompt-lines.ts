import { existsSync, readdirSync, readFileSync } from 'node:fs';

const PROMPTS = new URL('../../prompts/', import.meta.url);
/** Shorter lines are not recognisably a prompt's. */
const LEAST_LINE = 40;

/** The lines of `prompts/*.md`. */
export function readPromptLines(): string[] {
  if (!existsSync(PROMPTS)) return [];
  const files = readdirSync(PROMPTS).filter((name) => name.endsWith('.md'));
  const lines = files.flatMap((name) => readFileSync(new URL(name, PROMPTS), 'utf8').split('\n'));
  return lines.map((line) => line.trim()).filter((line) => line.length >= LEAST_LINE);
}
