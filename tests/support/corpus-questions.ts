import { readFileSync } from 'node:fs';

/** The questions of the evaluation, as vectors are asked for them. */
export function questionTexts(): string[] {
  const lines = readFileSync(new URL('../eval/questions.jsonl', import.meta.url), 'utf8')
    .split('\n')
    .filter(Boolean);
  return lines.map((line) => (JSON.parse(line) as { question: string }).question);
}
