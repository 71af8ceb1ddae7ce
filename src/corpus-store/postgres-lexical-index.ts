import type { PassageFilters } from '../domain.ts';
import { NO_MEMORY, type RevisionMemory } from '../postgres-memory.ts';
import type { Queries } from '../postgres.ts';
import { chooseTerms } from './choose-terms.ts';
import type { LexicalHit, LexicalIndex } from './corpus-store.ts';
import { conditionOf, createBinder } from '../postgres-filters.ts';
import { findSoundAlikes } from './postgres-sounds.ts';
import { B, K1, LEAST_IDF } from './posting.ts';

/** No chunk scores more for a term than its weight times this, however often it holds it. */
const MOST_GAIN = K1 + 1;
/** Equal chunks score alike, whatever the order in which the database adds. */
const DIGITS = 12;
/** Of so many times the chunks that are wanted the last of the best is guessed from. */
const TRIED = 2;
/** Up to so many postings are all read at once. */
const FEW_POSTINGS = 5000;
/** By how much sums of the same numbers differ at most. */
const ROUNDING = 1e-9;
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
export function createPostgresLexicalIndex(
  postgres: Queries,
  { memory = NO_MEMORY, fewPostings = FEW_POSTINGS }: { memory?: RevisionMemory; fewPostings?: number } = {},
): LexicalIndex {
  const lookUp = createLookUp(postgres, memory);
  return {
    findSoundAlikes: (words) => findSoundAlikes(postgres, words),
    async search(terms, { limit, filters }) {
      if (terms.length === 0) return [];
      const { asked, averageLength } = await chooseAsked(lookUp, terms);
      if (asked.length === 0) return [];
      const question = { terms: asked, limit, filters, averageLength };
      if (countHeld(asked) <= fewPostings) return scoreHolding(postgres, { ...question, first: asked.length, rest: 0 });
      return findBest(postgres, question);
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
 * First some chunks that hold a rare term are scored, which tells what the last of the best scores at least. What holds only
 * terms that together give less is not among the best: the others are looked for, and those that can still reach it are
 * scored by all terms. The result is that of scoring every chunk.
 */
async function findBest(postgres: Queries, question: Question): Promise<LexicalHit[]> {
  const { terms, limit } = question;
  const few = chooseRare(terms, limit);
  if (few === terms.length) return scoreHolding(postgres, { ...question, first: few, rest: 0 });
  const rest = mostOf(terms.slice(few));
  const tried = await scoreHolding(postgres, { ...question, first: few, rest, most: TRIED * limit });
  const least = tried.length < limit ? 0 : (tried.at(-1)?.score ?? 0);
  const enough = chooseEnough(terms, least);
  return scoreHolding(postgres, { ...question, first: enough, rest: mostOf(terms.slice(enough)), least });
}

/** So many of the rarest terms that the others together give no more than `least`. */
function chooseEnough(terms: readonly AskedTerm[], least: number): number {
  let enough = 0;
  while (mostOf(terms.slice(enough)) > least) enough++;
  // To read what holds a term costs less than to look for it in each chunk that was found.
  while ((terms[enough]?.chunks ?? Infinity) < countHeld(terms.slice(0, enough))) enough++;
  return enough;
}

/** What the terms give a chunk at most. */
function mostOf(terms: readonly AskedTerm[]): number {
  return terms.reduce((sum, { weight }) => sum + weight * MOST_GAIN, 0);
}

function countHeld(terms: readonly AskedTerm[]): number {
  return terms.reduce((sum, { chunks }) => sum + chunks, 0);
}

/** So many of the rarest terms that a few times the limit of chunks hold one. */
function chooseRare(terms: readonly AskedTerm[], limit: number): number {
  let held = 0;
  const at = terms.findIndex(({ chunks }) => (held += chunks) >= 4 * limit);
  return at === -1 ? terms.length : at + 1;
}

interface Stage {
  /** Chunks that hold one of so many of the rarest terms are looked for. */
  readonly first: number;
  /** What the other terms add at most. */
  readonly rest: number;
  /** What all terms have to give together. */
  readonly least?: number;
  /** So many are scored by all terms, the best by the first. */
  readonly most?: number;
}

/** The best of the chunks that hold one of the first terms, scored by all where they can still be among the best. */
function scoreHolding(
  postgres: Queries,
  { terms, limit, filters, averageLength, first, rest, least = 0, most }: Question & Stage,
): Promise<LexicalHit[]> {
  const { values, bind } = createBinder(
    terms.map(({ id }) => id),
    terms.map(({ weight }) => weight),
    first,
    averageLength,
    limit,
    rest + ROUNDING,
    least,
  );
  const gain = `frequency * ${MOST_GAIN} / (frequency + ${K1} * (${1 - B} + length * ${B}::float8 / $4::float8))`;
  const condition = conditionOf(filters, bind);
  const allowed =
    condition === 'TRUE'
      ? ''
      : `WHERE EXISTS (SELECT 1 FROM chunks JOIN documents ON documents.id = document_id
           WHERE chunks.label = found.label AND ${condition})`;
  return postgres.query<LexicalHit>(
    `WITH found AS MATERIALIZED (
       SELECT label, sum(weight * ${gain}) AS score
       FROM unnest(($1::int[])[1:$3], ($2::float8[])[1:$3]) AS given (term, weight) JOIN postings USING (term) GROUP BY label
       HAVING sum(weight * ${gain}) >= $7::float8 - $6
     ), passed AS MATERIALIZED (
       SELECT label, score FROM found ${allowed} ${most === undefined ? '' : `ORDER BY score DESC, label LIMIT ${most}`}
     ), hopeful AS MATERIALIZED (
       SELECT label, score FROM passed
       WHERE score + $6::float8 >= coalesce((SELECT score FROM passed ORDER BY score DESC OFFSET $5 - 1 LIMIT 1), 0)
     )
     SELECT label, round((score + coalesce(more, 0))::numeric, ${DIGITS})::float8 AS score FROM hopeful
     CROSS JOIN LATERAL (
       SELECT sum(weight * ${gain}) AS more
       FROM unnest(($1::int[])[$3 + 1:], ($2::float8[])[$3 + 1:]) AS given (term, weight)
       JOIN postings ON postings.term = given.term AND postings.label = hopeful.label
     ) AS others
     ORDER BY score DESC, label LIMIT $5`,
    values,
  );
}
