import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AnchorDocument } from './bm25.ts';
import type { Relevance } from './ranking-metrics.ts';

export interface BenchQuery {
  readonly id: string;
  readonly text: string;
  readonly lang: string;
}

/** A retrieval set on disk: `corpus.jsonl`, `queries.jsonl`, `qrels.tsv`. */
export interface DataSet {
  readonly name: string;
  readonly documents: readonly AnchorDocument[];
  readonly queries: readonly BenchQuery[];
  readonly judged: ReadonlyMap<string, Relevance>;
}

interface Line {
  readonly _id: string;
  readonly title?: string;
  readonly text: string;
  readonly lang?: string;
}

/** Reads the set in `folder`; queries without a relevant document are left out. */
export function readDataSet(folder: string, name: string): DataSet {
  const documents = readLines(join(folder, name, 'corpus.jsonl')).map(({ _id, title = '', text, lang = 'en' }) => ({
    id: _id,
    title,
    text,
    lang,
  }));
  const queries = readLines(join(folder, name, 'queries.jsonl')).map(({ _id, text, lang = 'en' }) => ({
    id: _id,
    text,
    lang,
  }));
  const judged = readJudgements(join(folder, name, 'qrels.tsv'), new Set(documents.map(({ id }) => id)));
  return { name, documents, queries: queries.filter(({ id }) => judged.has(id)), judged };
}

function readLines(path: string): Line[] {
  if (!existsSync(path)) throw new Error(`There is no ${path}.`);
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Line);
}

function readJudgements(path: string, known: ReadonlySet<string>): Map<string, Map<string, number>> {
  const judged = new Map<string, Map<string, number>>();
  for (const line of readFileSync(path, 'utf8').split('\n').slice(1)) {
    const [query = '', document = '', gain = '0'] = line.split('\t');
    if (!known.has(document) || Number(gain) <= 0) continue;
    judged.set(query, (judged.get(query) ?? new Map<string, number>()).set(document, Number(gain)));
  }
  return judged;
}

/** The part of a set in these languages: of the documents, of the queries. */
export function restrictLanguages(set: DataSet, documentLang: string, queryLang: string): DataSet {
  const documents = set.documents.filter(({ lang }) => lang === documentLang);
  const known = new Set(documents.map(({ id }) => id));
  const queries = set.queries.filter(({ lang }) => lang === queryLang);
  const judged = new Map(
    queries.flatMap(({ id }) => {
      const relevant = [...(set.judged.get(id) ?? [])].filter(([document]) => known.has(document));
      return relevant.length > 0 ? [[id, new Map(relevant)] as const] : [];
    }),
  );
  return {
    name: `${set.name} ${queryLang}→${documentLang}`,
    documents,
    queries: queries.filter(({ id }) => judged.has(id)),
    judged,
  };
}
