import type { Exchange } from './exchange.ts';
import { schemaFaultsOf } from './openapi-contract.ts';

/** What only the inside of the server knows: a stack, a path of the installation, a page of HTML. */
const LEAK = /node_modules|\.[jt]s:\d+|\bat \w+ \(|<html/i;

/** How a response differs from a complete problem of this status; empty: not at all. */
export function problemFaultsOf({ status: actual, mediaType, text }: Exchange, status: number): string[] {
  if (actual !== status || mediaType !== 'application/problem+json') return [`${actual} ${mediaType}: ${text}`];
  const problem = JSON.parse(text) as { status: number; detail?: string; instance?: string };
  return [
    ...schemaFaultsOf(problem, 'Problem'),
    ...(problem.status === status ? [] : [`status ${problem.status} in the body of a ${status}`]),
    ...(problem.detail === undefined ? ['no detail'] : []),
    ...(problem.instance?.startsWith('ask_') ? [] : [`instance ${problem.instance}`]),
    ...(LEAK.test(text) ? [`a leak: ${text}`] : []),
  ];
}
