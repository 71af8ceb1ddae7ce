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
  const units = passages.flatMap(unitsOf);
  const rivals = new Map<string, DraftClaim>();
  for (const { id, statement } of said) {
    const isTold = said.some((other) => other.id !== id && findDifference(statement, other.statement) !== undefined);
    const others = units.filter(({ document }) => document.id !== id);
    const rival = isTold || rivals.size === MOST_RIVALS ? undefined : findRival(statement, others);
    if (rival) rivals.set(rival.text, rival);
  }
  return [...rivals.values()];
}

/** A sentence, item or row of a passage, read once for all claims. */
interface Unit {
  readonly rank: number;
  readonly document: Passage['document'];
  readonly quote: string;
  readonly start: number;
  readonly terms: ReadonlySet<string>;
}

function unitsOf({ rank, chunk, document }: Passage): Unit[] {
  return chunk.units.map(({ start, end }) => {
    const quote = chunk.text.slice(start - chunk.start, end - chunk.start);
    return { rank, document, quote, start, terms: holdTerms(quote).terms };
  });
}

function findRival(statement: Statement, units: readonly Unit[]): DraftClaim | undefined {
  const { terms } = holdTerms(statement.text);
  for (const unit of units) {
    const { rank, document, quote, start } = unit;
    if (!areNear(terms, unit.terms) || isDirective(quote) || hidesText(quote)) continue;
    const text = plainText(quote);
    if (findDifference(statement, statementOf(text, document)) !== undefined) {
      return { text, quotes: [{ passage: rank, quote, start }] };
    }
  }
  return undefined;
}

function statementOf(text: string, { title, date }: Passage['document']): Statement {
  return { text, title, date };
}

function areNear(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const term of small) if (large.has(term)) shared += 1;
  return small.size > 0 && shared >= small.size * LEAST_SHARED;
}
