import { readFileSync } from 'node:fs';
import { findBenchFile } from './environment.ts';

/** A document with an instruction planted in it. */
export interface InjectionCase {
  readonly attacked: string;
  readonly attack: string;
}

/** The cases beside the repository; none where they are not there. */
export function readInjectionCases(): InjectionCase[] {
  const file = findBenchFile('prompt-injection/cases.jsonl');
  if (file === undefined) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { attacked_text: string; attack: string })
    .map(({ attacked_text: attacked, attack }) => ({ attacked, attack }));
}
