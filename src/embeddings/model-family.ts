import type { Pooling } from '../transformers.ts';

/** What is put before a text, by whether it asks or answers. */
export interface Prefixes {
  readonly query: string;
  readonly passage: string;
}

/** Prefixes that the operator sets; an empty one is none. */
export type PrefixOverrides = { readonly [side in keyof Prefixes]?: string | undefined };

/** How a family of embedding models was trained to be used. */
export interface ModelFamily {
  readonly prefixes: Prefixes;
  readonly pooling: Pooling;
  /** Vectors of other scripts mean nothing. */
  readonly latinOnly: boolean;
}

const NONE: Prefixes = { query: '', passage: '' };
const SEARCH: Prefixes = { query: 'Represent this sentence for searching relevant passages: ', passage: '' };
const INSTRUCT: Prefixes = {
  query: 'Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery: ',
  passage: '',
};
const E5: Prefixes = { query: 'query: ', passage: 'passage: ' };

type Row = Partial<ModelFamily> & { readonly name: RegExp };

/** From the model cards. The first row that fits a model's name holds. */
const FAMILIES: readonly Row[] = [
  { name: /e5-mistral|qwen3-embedding|gte-qwen/, prefixes: INSTRUCT, pooling: 'last_token' },
  { name: /multilingual-e5-.*instruct/, prefixes: INSTRUCT },
  { name: /multilingual-e5/, prefixes: E5 },
  { name: /\be5-(small|base|large)/, prefixes: E5, latinOnly: true },
  { name: /bge-m3/, pooling: 'cls' },
  { name: /bge-.*-zh/, prefixes: { query: '为这个句子生成表示以用于检索相关文章：', passage: '' }, pooling: 'cls' },
  { name: /bge-/, prefixes: SEARCH, pooling: 'cls', latinOnly: true },
  { name: /arctic-embed-.*v2/, prefixes: { query: 'query: ', passage: '' }, pooling: 'cls' },
  { name: /arctic-embed/, prefixes: SEARCH, pooling: 'cls', latinOnly: true },
  { name: /mxbai-embed/, prefixes: SEARCH, pooling: 'cls', latinOnly: true },
  { name: /nomic-embed-text-v2/, prefixes: { query: 'search_query: ', passage: 'search_document: ' } },
  { name: /nomic-embed/, prefixes: { query: 'search_query: ', passage: 'search_document: ' }, latinOnly: true },
  { name: /gte-multilingual/, pooling: 'cls' },
  { name: /gte-.*-en-v1\.5/, pooling: 'cls', latinOnly: true },
  { name: /\bgte-(tiny|small|base|large)/, latinOnly: true },
  { name: /jina-embeddings-v2-.*-(en|de|es)\b/, latinOnly: true },
  {
    name: /jina-embeddings-v3/,
    prefixes: {
      query: 'Represent the query for retrieving evidence documents: ',
      passage: 'Represent the document for retrieval: ',
    },
  },
  { name: /embeddinggemma/, prefixes: { query: 'task: search result | query: ', passage: 'title: none | text: ' } },
  { name: /\bruri-v3/, prefixes: { query: '検索クエリ: ', passage: '検索文書: ' } },
  { name: /\bruri-/, prefixes: { query: 'クエリ: ', passage: '文章: ' } },
  { name: /paraphrase-multilingual|distiluse.*multilingual|labse/ },
  { name: /all-minilm|all-mpnet|multi-qa-/, latinOnly: true },
];

/** How a model wants to be used, by its name; a stranger gets no prefixes and the mean of its tokens. */
export function findModelFamily(model: string, overrides: PrefixOverrides = {}): ModelFamily {
  const lower = model.toLowerCase();
  const { prefixes = NONE, pooling = 'mean', latinOnly = false } = FAMILIES.find(({ name }) => name.test(lower)) ?? {};
  const { query = prefixes.query, passage = prefixes.passage } = overrides;
  return { prefixes: { query, passage }, pooling, latinOnly };
}
