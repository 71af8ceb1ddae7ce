import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

let description: unknown;

/** The API's description, from `docs/openapi.yaml`; read when it is first asked for, as it takes a good part of a start. */
export function readOpenapi(): unknown {
  description ??= parse(readFileSync(new URL('../../docs/openapi.yaml', import.meta.url), 'utf8'));
  return description;
}
