import type { DraftClaim, Passage, Unit } from '../domain.ts';
import { plainText } from '../language/plain-text.ts';
import { extractTerms } from '../language/terms.ts';
import { expectedAnswer, type ExpectedAnswer } from './expected-answer.ts';
import type { ChatModel, DraftEvent, DraftRequest } from './chat-model.ts';

/** A quote is at least a clause. UTF-16 code units; scripts without spaces say as much in half. */
const SHORTEST_QUOTE = 12;
const SHORTEST_CJK_QUOTE = 6;
/** What a term is worth that the unit lacks and its title or headings have. */
const CONTEXT_SHARE = 0.5;
/** How much the passage's own rank counts beside the words of the unit. */
const RETRIEVAL_SHARE = 0.25;
/** For a unit that holds the kind of thing asked for: a date, a number, a name. */
const ANSWER_BONUS = 0.12;
/** Below this share of the question's weight, nothing in the passages speaks of it. */
const LEAST_COVERAGE = 0.3;
/** A further sentence must come this near to the best. */
const NEAR_BEST = 0.75;
const MOST_SENTENCES = 3;
const MOST_ITEMS = 10;

interface Candidate {
  readonly passage: Passage;
  readonly unit: Unit;
  readonly text: string;
  readonly terms: ReadonlySet<string>;
  /** Share of the question's weight in the unit, 0–1. */
  readonly coverage: number;
  readonly score: number;
}

export interface ExtractiveDependencies {
  /** How much each term tells, > 0. */
  readonly weighTerms: (terms: readonly string[]) => Promise<ReadonlyMap<string, number>>;
}

/** Answers with the sentences, items and rows that hold most of what the question asks; deterministic, no model. */
export function createExtractiveModel({ weighTerms }: ExtractiveDependencies): ChatModel {
  return {
    id: 'extractive',
    promptDigests: {},
    async *draft(request): AsyncGenerator<DraftEvent> {
      const weights = await weighTerms(extractTerms(request.question));
      const candidates = rankCandidates(request, weights);
      const chosen = chooseUnits(candidates, expectedAnswer(request.question));
      for (const candidate of chosen) yield { type: 'claim', claim: claimOf(candidate) };
      yield { type: 'completeness', completeness: chosen.length === 0 ? 'none' : 'full' };
    },
  };
}

function rankCandidates({ question, passages }: DraftRequest, weights: ReadonlyMap<string, number>): Candidate[] {
  const expected = expectedAnswer(question);
  const best = passages[0]?.signals.fused ?? 0;
  return passages
    .flatMap((passage) => {
      const context = new Set(extractTerms(passage.chunk.context));
      const retrieval = best > 0 ? passage.signals.fused / best : 0;
      return passage.chunk.units.map((unit): Candidate => {
        const text = textOf(passage, unit);
        const terms = new Set(extractTerms(text));
        const coverage = share(weights, (term) => (terms.has(term) ? 1 : 0));
        const inContext = share(weights, (term) => (!terms.has(term) && context.has(term) ? CONTEXT_SHARE : 0));
        const bonus = coverage > 0 && expected.found(text, question) ? ANSWER_BONUS : 0;
        return {
          passage,
          unit,
          text,
          terms,
          coverage: coverage + inContext,
          score: coverage + inContext + bonus + RETRIEVAL_SHARE * retrieval,
        };
      });
    })
    .filter(({ text }) => isQuotable(text))
    .toSorted((a, b) => b.score - a.score || a.passage.rank - b.passage.rank || a.unit.start - b.unit.start);
}

function chooseUnits(candidates: readonly Candidate[], expected: ExpectedAnswer): Candidate[] {
  const best = candidates[0];
  if (!best || best.coverage < LEAST_COVERAGE) return [];
  const listed = expected.list || /[::]\s*$/.test(best.text) ? siblingsOf(best, candidates) : [];
  if (listed.length > 1) return listed;
  const near = candidates.filter(({ score }) => score >= best.score * NEAR_BEST);
  return near
    .filter((candidate, i) => near.slice(0, i).every((better) => !saysTheSame(better, candidate)))
    .slice(0, MOST_SENTENCES);
}

/** The list a unit belongs to or introduces, in its order; only the unit itself when there is none. */
function siblingsOf(best: Candidate, candidates: readonly Candidate[]): Candidate[] {
  const { units } = best.passage.chunk;
  const at = units.findIndex(({ start }) => start === best.unit.start);
  const isListed = (unit: Unit | undefined): boolean => unit?.kind === 'item' || unit?.kind === 'row';
  const introduces = !isListed(best.unit) && isListed(units[at + 1]);
  if (!introduces && !isListed(best.unit)) return [best];
  let first = introduces ? at + 1 : at;
  let last = first;
  while (isListed(units[first - 1])) first--;
  while (isListed(units[last + 1])) last++;
  const starts = new Set(units.slice(first, last + 1).map(({ start }) => start));
  if (introduces) starts.add(best.unit.start);
  return candidates
    .filter(({ passage, unit }) => passage === best.passage && starts.has(unit.start))
    .toSorted((a, b) => a.unit.start - b.unit.start)
    .slice(0, MOST_ITEMS);
}

/** Most of the shorter one's terms are in the other: it would add nothing. */
function saysTheSame(a: Candidate, b: Candidate): boolean {
  const [small, large] = a.terms.size <= b.terms.size ? [a.terms, b.terms] : [b.terms, a.terms];
  const shared = [...small].filter((term) => large.has(term)).length;
  return shared >= small.size * 0.7;
}

function share(weights: ReadonlyMap<string, number>, worth: (term: string) => number): number {
  let held = 0;
  let total = 0;
  for (const [term, weight] of weights) {
    held += weight * worth(term);
    total += weight;
  }
  return total > 0 ? held / total : 0;
}

function textOf({ chunk }: Passage, { start, end }: Unit): string {
  return chunk.text.slice(start - chunk.start, end - chunk.start);
}

function isQuotable(text: string): boolean {
  const shortest = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)
    ? SHORTEST_CJK_QUOTE
    : SHORTEST_QUOTE;
  return text.length >= shortest;
}

function claimOf({ passage, unit, text }: Candidate): DraftClaim {
  return { text: plainText(text), quotes: [{ passage: passage.rank, quote: text, start: unit.start }] };
}
