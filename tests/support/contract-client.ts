import type { AnswerResponse } from '../../src/answer-response.ts';
import { exchange, type Exchange, type Outgoing } from './exchange.ts';
import { faultsOf } from './openapi-contract.ts';

/** The response of `POST /api/search`, as far as tests look at it. */
export interface SearchResult {
  readonly passages: readonly {
    readonly rank: number;
    readonly documentId: string;
    readonly text: string;
    readonly start: number;
    readonly end: number;
    readonly authority: string;
    readonly language: string;
    readonly date: string | null;
    readonly signals?: object;
  }[];
  readonly total: number;
}

/** Talks to a server and holds each response to the description. */
export interface ContractClient {
  /** Any request; nothing is checked. */
  send(outgoing: Outgoing): Promise<Exchange>;
  /** @throws Error when the response is not a described 200. */
  ask(body: object): Promise<AnswerResponse>;
  /** @throws Error when the response is not a described 200. */
  search(body: object): Promise<SearchResult>;
  /** The stored text of a document. */
  readText(documentId: string): Promise<string>;
}

export function createContractClient(url: string): ContractClient {
  const call = async (outgoing: Outgoing, operation: string): Promise<unknown> => {
    const response = await exchange(url, outgoing);
    const faults = [
      ...(response.status === 200 ? [] : [`status ${response.status}`]),
      ...faultsOf(response, operation),
    ];
    if (faults.length > 0) throw new Error(`${operation}: ${faults.join('; ')}\n${response.text.slice(0, 500)}`);
    return response.json();
  };
  return {
    send: (outgoing) => exchange(url, outgoing),
    ask: async (body) => (await call({ path: '/api/ask', body }, 'POST /api/ask')) as AnswerResponse,
    search: async (body) => (await call({ path: '/api/search', body }, 'POST /api/search')) as SearchResult,
    async readText(documentId) {
      const document = await call({ path: `/api/documents/${documentId}` }, 'GET /api/documents/{id}');
      return (document as { text: string }).text;
    },
  };
}
