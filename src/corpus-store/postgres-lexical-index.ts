import type { PassageFilters } from '../domain.ts';
import { NO_MEMORY, type RevisionMemory } from '../postgres-memory.ts';
import type { Queries } from '../postgres.ts';
import { chooseTerms } from './choose-terms.ts';
import type { LexicalHit, LexicalIndex } from './corpus-store.ts';
import { conditionOf, createBinder } from '../postgres-filters.ts';
import { findSoundAlikes } from './postgres-sounds.ts';

/** BM25 as SQLite's FTS5 computes it: equal corpora give equal ranks on either engine. */
const K1 = 1.2;
const B = 0.75;
/** What a term that half of the chunks hold still weighs. */
const LEAST_IDF = 1e-6;
/** No chunk scores more for a term than its weight times this, however often it holds it. */
const MOST_GAIN = K1 + 1;
/** Equal chunks score alike, whatever the order in which the database adds. */
const DIGITS = 12;
/** Terms of the questions under way. */
const MOST_REMEMBERED = 5000;

interface AskedTerm {
  readonly id: number;
  /** Inverse document frequency. */
  readonly weight: number;
  /** Chunks that hold it. */
  readonly chunks: number;
}

interface Question {
  /** The rarest first. */
  readonly terms: readonly AskedTerm[];
  readonly limit: number;
  readonly filters: PassageFilters;
  readonly averageLength: number;
}

/** BM25 over postings of terms analysed by `extractTerms`. */
export function createPostgresLexicalIndex(postgres: Queries, memory: RevisionMemory = NO_MEMORY): LexicalIndex {
  const lookUp = createLookUp(postgres, memory);
  return {
    findSoundAlikes: (words) => findSoundAlikes(postgres, words),
    async search(terms, { limit, filters }) {
      if (terms.length === 0) return [];
      const { asked, averageLength } = await chooseAsked(lookUp, terms);
      if (asked.length === 0) return [];
      return findBest(postgres, { terms: asked, limit, filters, averageLength });
    },
    async weighTerms(terms) {
      const wanted = [...new Set(terms)];
      const { chunks, rows } = await lookUp(wanted);
      const held = new Map(rows.map((row) => [row.term, row.held]));
      return new Map(
        wanted.map((term) => {
          const holding = held.get(term) ?? 0;
          return [term, Math.log(1 + (chunks - holding + 0.5) / (holding + 0.5))];
        }),
      );
    },
  };
}

interface TermRow {
  readonly id: number;
  readonly term: string;
  readonly held: number;
}

/** How large the corpus is, and those of the terms that it holds. */
type LookUp = (terms: readonly string[]) => Promise<{ chunks: number; length: number; rows: TermRow[] }>;

type Totals = { readonly chunks: number; readonly length: number; readonly revision: number };

function createLookUp(postgres: Queries, memory: RevisionMemory): LookUp {
  const known = memory.open<string, Partial<TermRow>>(MOST_REMEMBERED);
  let totals: Totals = { chunks: 0, length: 0, revision: -1 };
  return async (terms) => {
    const found = new Map(terms.map((term) => [term, known.get(term)]));
    const missing = terms.filter((term) => !found.get(term));
    if (missing.length > 0 || !memory.isOf(totals.revision)) {
      const rows = await postgres.query<TermRow & Totals>(
        `SELECT corpus.revision, corpus.chunks, corpus.terms AS length, terms.id, term, terms.chunks AS held
         FROM corpus LEFT JOIN terms ON term = ANY($1) AND terms.chunks > 0`,
        [terms],
      );
      [totals = totals] = rows;
      memory.note(totals.revision);
      const held = new Map(rows.map((row) => [row.term, row]));
      for (const term of terms) found.set(term, held.get(term) ?? {});
      for (const [term, row] of found) known.set(term, row ?? {});
    }
    return { ...totals, rows: [...found.values()].filter((row): row is TermRow => row?.id !== undefined) };
  };
}

async function chooseAsked(
  lookUp: LookUp,
  terms: readonly string[],
): Promise<{ asked: AskedTerm[]; averageLength: number }> {
  const { chunks, length, rows } = await lookUp([...new Set(terms)]);
  const byTerm = new Map(rows.map((row) => [row.term, row]));
  const chosen = new Set(chooseTerms(new Set(terms), { chunks, holding: (term) => byTerm.get(term)?.held ?? 0 }));
  const asked = rows
    .filter(({ term }) => chosen.has(term))
    .map(({ id, held }): AskedTerm => {
      const weight = Math.max(Math.log((chunks - held + 0.5) / (held + 0.5)), LEAST_IDF);
      return { id, chunks: held, weight };
    });
  return { asked: asked.toSorted((a, b) => b.weight - a.weight || a.id - b.id), averageLength: length / chunks };
}

/**
 * The best chunks are looked for among those that hold a rare term. What holds none of these cannot score more than the
 * frequent ones give at most: where the last of the best scores less than that, it is looked for again among those that
 * hold one of so many terms that the rest cannot reach it. The result is that of scoring every chunk.
 */
async function findBest(postgres: Queries, question: Question): Promise<LexicalHit[]> {
  const { terms, limit } = question;
  const restAfter = (rare: number): number =>
    terms.slice(rare).reduce((sum, { weight }) => sum + weight * MOST_GAIN, 0);
  const few = chooseRare(terms, limit);
  const best = await scoreHolding(postgres, { ...question, rare: few, rest: restAfter(few) });
  const last = best.length < limit ? 0 : (best.at(-1)?.score ?? 0);
  let enough = few;
  while (enough < terms.length && restAfter(enough) > last) enough++;
  return enough === few ? best : scoreHolding(postgres, { ...question, rare: enough, rest: restAfter(enough) });
}

/** So many of the rarest terms that a few times the limit of chunks hold one. */
function chooseRare(terms: readonly AskedTerm[], limit: number): number {
  let held = 0;
  const at = terms.findIndex(({ chunks }) => (held += chunks) >= 4 * limit);
  return at === -1 ? terms.length : at + 1;
}

/**
 * The best of the chunks that hold one of the first `rare` terms. Only those that could still be among the best, `rest`
 * being what the other terms add at most, are scored by all terms.
 */
function scoreHolding(
  postgres: Queries,
  { terms, limit, filters, averageLength, rare, rest }: Question & { rare: number; rest: number },
): Promise<LexicalHit[]> {
  const { values, bind } = createBinder(
    terms.map(({ id }) => id),
    terms.map(({ weight }) => weight),
    rare,
    averageLength,
    rest,
    limit,
  );
  const gain = `frequency * ${MOST_GAIN} / (frequency + ${K1} * (${1 - B} + ${B} * length / $4::float8))`;
  const condition = conditionOf(filters, bind);
  const allowed =
    condition === 'TRUE'
      ? ''
      : `WHERE EXISTS (SELECT 1 FROM chunks JOIN documents ON documents.id = document_id
           WHERE chunks.label = found.label AND ${condition})`;
  return postgres.query<LexicalHit>(
    `WITH asked AS MATERIALIZED (
       SELECT term, weight, place <= $3 AS rare
       FROM unnest($1::int[], $2::float8[]) WITH ORDINALITY AS given (term, weight, place)
     ), found AS MATERIALIZED (
       SELECT label, sum(weight * ${gain}) AS score
       FROM unnest(($1::int[])[1:$3], ($2::float8[])[1:$3]) AS given (term, weight) JOIN postings USING (term) GROUP BY label
     ), passed AS MATERIALIZED (
       SELECT label, score FROM found ${allowed}
     ), hopeful AS MATERIALIZED (
       SELECT label, score FROM passed
       WHERE score + $5::float8 + 1e-9 >= coalesce((SELECT score FROM passed ORDER BY score DESC OFFSET $6 - 1 LIMIT 1), 0)
     )
     SELECT label, round((score + coalesce(more, 0))::numeric, ${DIGITS})::float8 AS score FROM hopeful
     CROSS JOIN LATERAL (
       SELECT sum(weight * ${gain}) AS more FROM asked JOIN postings ON postings.term = asked.term
       WHERE NOT rare AND postings.label = hopeful.label
     ) AS others
     ORDER BY score DESC, label LIMIT $6`,
    values,
  );
}
