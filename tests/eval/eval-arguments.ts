import { basename, delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

export const SHIPPED = fileURLToPath(new URL('questions.jsonl', import.meta.url));
export const BASELINE = fileURLToPath(new URL('baseline.json', import.meta.url));
export const OUT = fileURLToPath(new URL('out/', import.meta.url));

export interface EvalArguments {
  /** Files of questions. */
  readonly sets: readonly string[];
  /** A running server; undefined: one is started. */
  readonly url: string | undefined;
  /** Where the summary is written. */
  readonly json: string;
  /** Score the answers of the last run again. */
  readonly rescore: boolean;
  readonly verbose: boolean;
  readonly updateBaseline: boolean;
}

/** Reads the command line. Without files, `fallback` (paths joined as in PATH) or else the shipped set is taken. */
export function readArguments(args: string[], fallback: string | undefined): EvalArguments {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      url: { type: 'string' },
      json: { type: 'string', default: `${OUT}summary.json` },
      rescore: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
      'update-baseline': { type: 'boolean', default: false },
    },
  });
  const named = positionals.length > 0 ? positionals : (fallback ?? '').split(delimiter).filter(Boolean);
  return {
    sets: named.length > 0 ? named : [SHIPPED],
    url: values.url?.replace(/\/$/, ''),
    json: values.json,
    rescore: values.rescore,
    verbose: values.verbose,
    updateBaseline: values['update-baseline'],
  };
}

/** The file between the two steps. */
export function answersFile(set: string): string {
  return `${OUT}${basename(set, '.jsonl')}.answers.jsonl`;
}
