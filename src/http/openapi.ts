import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** The API's description, from `docs/openapi.yaml`. */
export function readOpenapi(): Record<string, unknown> {
  return parse(readFileSync(new URL('../../docs/openapi.yaml', import.meta.url), 'utf8')) as Record<string, unknown>;
}
