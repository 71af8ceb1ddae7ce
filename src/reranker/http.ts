import { z } from 'zod';
import { ConfigurationError } from '../errors.ts';
import type { Reranker } from './reranker.ts';

export interface HttpRerankerOptions {
  /** `cohere:MODEL`, `jina:MODEL`, `voyage:MODEL`, or `tei:` with any name. */
  readonly spec: string;
  /** Where the provider is served instead of its own address, up to what stands before `/rerank`. */
  readonly url?: string | undefined;
  readonly apiKey?: string | undefined;
}

/** How one provider is asked, and how its answer is read. */
interface Shape {
  readonly url?: string;
  readonly body: (model: string, question: string, passages: readonly string[]) => object;
  readonly read: (answer: unknown) => readonly Scored[];
}
interface Scored {
  readonly index: number;
  readonly score: number;
}

const relevance = z
  .object({ index: z.int().min(0), relevance_score: z.number() })
  .transform(({ index, relevance_score: score }) => ({ index, score }));
const byResults = (answer: unknown): Scored[] => z.object({ results: z.array(relevance) }).parse(answer).results;
const withDocuments: Shape['body'] = (model, query, documents) => ({ model, query, documents });

const SHAPES: Readonly<Record<string, Shape>> = {
  cohere: { url: 'https://api.cohere.com/v2', body: withDocuments, read: byResults },
  // vLLM, Infinity, llama.cpp and LiteLLM speak this one too.
  jina: {
    url: 'https://api.jina.ai/v1',
    body: (...asked) => ({ ...withDocuments(...asked), return_documents: false }),
    read: byResults,
  },
  voyage: {
    url: 'https://api.voyageai.com/v1',
    body: withDocuments,
    read: (answer) => z.object({ data: z.array(relevance) }).parse(answer).data,
  },
  // Hugging Face text-embeddings-inference: one model a server.
  tei: {
    body: (_model, query, texts) => ({ query, texts, truncate: true }),
    read: (answer) => z.array(z.object({ index: z.int().min(0), score: z.number() })).parse(answer),
  },
};

/**
 * A reranker behind HTTP.
 * @throws ConfigurationError for an unknown provider, a missing model or address.
 */
export function createHttpReranker({ spec, url, apiKey }: HttpRerankerOptions): Reranker {
  const [provider, model] = splitOnce(spec);
  const shape = SHAPES[provider];
  if (!shape || model === '') throw new ConfigurationError(describeChoices(spec));
  const address = url ?? shape.url;
  if (address === undefined) throw new ConfigurationError(`RERANKER=${spec} needs RERANKER_URL.`);
  const endpoint = `${address.replace(/\/+$/, '')}/rerank`;
  const headers = { 'Content-Type': 'application/json', ...(apiKey && { Authorization: `Bearer ${apiKey}` }) };
  return {
    id: spec,
    async score(question, passages, signal) {
      const body = JSON.stringify(shape.body(model, question, passages));
      const response = await fetch(endpoint, { method: 'POST', headers, body, signal });
      if (!response.ok) throw new Error(`${provider} answered ${response.status}`);
      return inOrder(shape.read(await response.json()), passages.length);
    },
    close: async () => {},
  };
}

/** What `RERANKER` can be, for the operator who set it to something else. */
function describeChoices(spec: string): string {
  const known = ['huggingface', ...Object.keys(SHAPES)].map((name) => `${name}:MODEL`);
  return `RERANKER is "${spec}"; it can be lexical, ${known.join(', ')}.`;
}

function splitOnce(spec: string): [string, string] {
  const colon = spec.indexOf(':');
  return colon === -1 ? [spec, ''] : [spec.slice(0, colon), spec.slice(colon + 1)];
}

function inOrder(scored: readonly Scored[], count: number): number[] {
  const scores = new Map(scored.map(({ index, score }) => [index, score]));
  return Array.from({ length: count }, (_, index) => {
    const score = scores.get(index);
    if (score === undefined) throw new Error(`passage ${index + 1} of ${count} came back without a score`);
    return score;
  });
}
