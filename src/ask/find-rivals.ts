import type { ChatModel, DraftClaim } from '../chat-model/chat-model.ts';
import type { Passage } from '../domain.ts';
import { findDifference, type Statement } from '../language/contradicts.ts';
import { holdTerms } from '../language/held-terms.ts';
import { isDirective } from '../language/manner.ts';
import { plainText } from '../language/plain-text.ts';
import { hidesText } from '../language/visible-text.ts';

/** More would bury the answer. */
const MOST_RIVALS = 2;
/** Share of the shorter sentence's terms without which it is not worth comparing. */
const LEAST_SHARED = 0.4;

/** A chat model that also says what other passages give another value for: the reader sees both sides. */
export function withRivals(chatModel: ChatModel): ChatModel {
  return {
    ...chatModel,
    async *draft(request, signal) {
      const claims: DraftClaim[] = [];
      for await (const event of chatModel.draft(request, signal)) {
        if (event.type === 'claim') claims.push(event.claim);
        if (event.type === 'completeness' && event.completeness !== 'none') {
          for (const claim of findRivals(claims, request.passages)) yield { type: 'claim', claim };
        }
        yield event;
      }
    },
  };
}

/** What other documents say otherwise, for each claim that none of the other claims contradicts yet. */
export function findRivals(claims: readonly DraftClaim[], passages: readonly Passage[]): DraftClaim[] {
  const said = claims.flatMap(({ text, quotes: [quote] }) => {
    const document = passages.find(({ rank }) => rank === quote?.passage)?.document;
    return document ? [{ id: document.id, statement: statementOf(text, document) }] : [];
  });
  const rivals = new Map<string, DraftClaim>();
  for (const { id, statement } of said) {
    const isTold = said.some((other) => other.id !== id && findDifference(statement, other.statement) !== undefined);
    const others = passages.filter(({ document }) => document.id !== id);
    const rival = isTold || rivals.size === MOST_RIVALS ? undefined : findRival(statement, others);
    if (rival) rivals.set(rival.text, rival);
  }
  return [...rivals.values()];
}

function findRival(statement: Statement, passages: readonly Passage[]): DraftClaim | undefined {
  for (const { rank, chunk, document } of passages) {
    for (const { start, end } of chunk.units) {
      const quote = chunk.text.slice(start - chunk.start, end - chunk.start);
      if (!isNear(statement.text, quote) || isDirective(quote) || hidesText(quote)) continue;
      const text = plainText(quote);
      if (findDifference(statement, statementOf(text, document)) !== undefined) {
        return { text, quotes: [{ passage: rank, quote, start }] };
      }
    }
  }
  return undefined;
}

function statementOf(text: string, { title, date }: Passage['document']): Statement {
  return { text, title, date };
}

function isNear(a: string, b: string): boolean {
  const [small, large] = [holdTerms(a).terms, holdTerms(b).terms].toSorted((x, y) => x.size - y.size);
  if (!small || !large || small.size === 0) return false;
  return [...small].filter((term) => large.has(term)).length >= small.size * LEAST_SHARED;
}
