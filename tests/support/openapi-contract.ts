import { readFileSync } from 'node:fs';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import type { Exchange } from './exchange.ts';

interface Referable {
  readonly $ref?: string;
}
interface DocumentedResponse extends Referable {
  readonly content?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, unknown>>;
}
interface Operation {
  readonly responses: Readonly<Record<string, DocumentedResponse>>;
}
interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly responses: Readonly<Record<string, DocumentedResponse>> };
}

const DOCUMENT = 'openapi.yaml';
const description = parse(readFileSync(new URL(`../../docs/${DOCUMENT}`, import.meta.url), 'utf8')) as Description;

const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
addFormats.default(ajv);
// The parts of an OpenAPI document that are no schemas.
ajv.addVocabulary(Object.keys(description));
ajv.addSchema(description, DOCUMENT);

/** The description itself, as published. */
export function readDescription(): unknown {
  return description;
}

/** Every operation that is described, such as `POST /api/ask`. */
export function listOperations(): string[] {
  const methods = new Set(['get', 'put', 'post', 'delete', 'patch']);
  return Object.entries(description.paths).flatMap(([path, item]) =>
    Object.keys(item)
      .filter((key) => methods.has(key))
      .map((method) => `${method.toUpperCase()} ${path}`),
  );
}

/** How a response differs from what the description says of the operation, such as `POST /api/ask`; empty: not at all. */
export function faultsOf({ status, mediaType, headers, text }: Exchange, operation: string): string[] {
  const { response, pointer } = findResponse(operation, status);
  if (response === undefined) return [`${operation} has no ${status} in the description: ${text}`];
  const missing = Object.keys(response.headers ?? {}).filter((name) => !(name.toLowerCase() in headers));
  const faults = missing.map((name) => `${operation} ${status} lacks the header ${name}`);
  const { content } = response;
  if (content === undefined) return text === '' ? faults : [...faults, `${operation} ${status} has a body: ${text}`];
  if (!(mediaType in content)) return [...faults, `${operation} ${status} is not described as ${mediaType}`];
  if (!mediaType.endsWith('json')) return faults;
  return [...faults, ...validate(JSON.parse(text), [...pointer, 'content', mediaType, 'schema'])];
}

/** How a value differs from the named schema of the description. */
export function schemaFaultsOf(value: unknown, name: string): string[] {
  return validate(value, ['components', 'schemas', name]);
}

/** A described response, shared ones looked up, and where it stands. */
function findResponse(
  operation: string,
  status: number,
): { response: DocumentedResponse | undefined; pointer: readonly string[] } {
  const [method = '', path = ''] = operation.split(' ');
  const verb = method.toLowerCase();
  const own = description.paths[path]?.[verb]?.responses[status];
  const shared = own?.$ref?.split('/').at(-1);
  if (shared === undefined) return { response: own, pointer: ['paths', path, verb, 'responses', String(status)] };
  return { response: description.components.responses[shared], pointer: ['components', 'responses', shared] };
}

function validate(value: unknown, path: readonly string[]): string[] {
  const pointer = path.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
  const $ref = `${DOCUMENT}#/${pointer}`;
  const check: ValidateFunction = ajv.getSchema($ref) ?? ajv.compile({ $ref });
  check(value);
  return (check.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath} ${message}`);
}
