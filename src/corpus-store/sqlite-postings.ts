import { LRUCache } from 'lru-cache';
import type { Sqlite } from '../sqlite.ts';
import { FIELD_WEIGHTS, LEAST_IDF } from './posting.ts';
import { changeWatcher } from './sqlite-revision.ts';

/** Postings that are remembered, of all terms together: 8 bytes each. */
const MOST_REMEMBERED = 4_000_000;
const FIELDS = Object.keys(FIELD_WEIGHTS).length;

/** The chunks that hold a term, by label, and how often each does: occurrences by the weights of their fields. */
export interface TermPostings {
  readonly labels: Int32Array;
  readonly frequencies: Float32Array;
  /** What one occurrence counts: FTS5's inverse frequency of the term. */
  readonly weight: number;
}

/** What FTS5 has written of the corpus, as its BM25 reads it. */
export interface LexicalStatistics {
  /** Terms of a chunk, over all. */
  readonly averageLength: number;
  /** Terms of each chunk, by label. */
  readonly lengths: Float64Array;
  readonly postingsOf: (term: string) => TermPostings;
}

/** Reads FTS5's own tables: each term once while the corpus stays as it is. Row by row it would take three times as long. */
export function postingsReader(sqlite: Sqlite): () => LexicalStatistics {
  // Of this connection alone, so that no file of an older version lacks it.
  sqlite.exec('CREATE VIRTUAL TABLE IF NOT EXISTS temp.chunk_instances USING fts5vocab (main, chunk_terms, instance)');
  const instances = sqlite
    .prepare<[string], [string, string] | [null, null]>(
      `SELECT group_concat(doc), group_concat(CASE col WHEN 'body' THEN ${FIELD_WEIGHTS.body}
         WHEN 'headings' THEN ${FIELD_WEIGHTS.headings} ELSE ${FIELD_WEIGHTS.title} END, '')
       FROM temp.chunk_instances WHERE term = ?`,
    )
    .raw();
  const totals = sqlite.prepare<[], string>('SELECT hex(block) FROM chunk_terms_data WHERE id = 1').pluck();
  const readLengths = lengthReader(sqlite);
  // SQLite's own logarithm, so that scores are the same to the last digit.
  const logarithm = sqlite.prepare<[number], number>('SELECT ln(?)').pluck();
  const weigh = (holding: number, all: number): number =>
    Math.max(LEAST_IDF, logarithm.get((all - holding + 0.5) / (holding + 0.5)) ?? 0);
  const hasChanged = changeWatcher(sqlite);
  const known = new LRUCache<string, TermPostings>({
    maxSize: MOST_REMEMBERED,
    sizeCalculation: ({ labels }) => labels.length + 1,
    memoMethod: (term) => {
      const postings = readPostings(instances.get(term) ?? [null, null]);
      return { ...postings, weight: weigh(postings.labels.length, chunks) };
    },
  });
  let chunks = 0;
  const read = (): LexicalStatistics => {
    known.clear();
    const [rows = 0, ...fields] = readNumbers(totals.get() ?? '');
    chunks = rows;
    return {
      averageLength: sum(fields) / rows,
      lengths: readLengths(),
      postingsOf: (term) => known.memo(term),
    };
  };
  let statistics: LexicalStatistics | undefined;
  return () => {
    if (hasChanged() || !statistics) statistics = read();
    return statistics;
  };
}

/** Once it is written the length of a chunk does not change, nor is its label used again: only new ones are read. */
function lengthReader(sqlite: Sqlite): () => Float64Array {
  const fresh = sqlite
    .prepare<[number], [string | null, string | null]>(
      "SELECT group_concat(id), group_concat(hex(sz), '') FROM chunk_terms_docsize WHERE id > ?",
    )
    .raw();
  let lengths = new Float64Array();
  return () => {
    const [list, sizes] = fresh.get(lengths.length - 1) ?? [];
    if (!list || !sizes) return lengths;
    const labels = list.split(',').map(Number);
    const fields = readNumbers(sizes);
    const grown = new Float64Array((labels.at(-1) ?? 0) + 1);
    grown.set(lengths);
    for (const [i, label] of labels.entries()) grown[label] = sum(fields.slice(i * FIELDS, (i + 1) * FIELDS));
    lengths = grown;
    return lengths;
  };
}

/** Of `12,12,15` and the weights `311`: chunk 12 with 4, chunk 15 with 1. */
function readPostings([list, weights]: readonly [string, string] | readonly [null, null]): Omit<
  TermPostings,
  'weight'
> {
  const occurrences = list === null ? [] : list.split(',');
  const labels = new Int32Array(occurrences.length);
  const frequencies = new Float32Array(occurrences.length);
  let last = -1;
  for (const [i, occurrence] of occurrences.entries()) {
    const label = Number(occurrence);
    if (last < 0 || labels[last] !== label) labels[++last] = label;
    frequencies[last] = (frequencies[last] ?? 0) + Number(weights?.[i]);
  }
  return { labels: labels.slice(0, last + 1), frequencies: frequencies.slice(0, last + 1) };
}

/** SQLite's numbers of variable length, given in hexadecimal: seven bits a byte, the highest first. */
function readNumbers(hex: string): number[] {
  const numbers: number[] = [];
  let number = 0;
  for (const byte of Buffer.from(hex, 'hex')) {
    number = number * 0x80 + (byte & 0x7f);
    if (byte & 0x80) continue;
    numbers.push(number);
    number = 0;
  }
  return numbers;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all + number, 0);
}
