import type { Question, Turn } from '../domain.ts';
import type { ModelSteps, StepContext } from '../chat-model/model-steps.ts';
import { extractTerms } from '../language/terms.ts';
import { isTimelineQuestion } from '../language/timeline-question.ts';
import { visibleText } from '../language/visible-text.ts';
import { isPlain } from './check-claim.ts';
import { rewriteQuestion } from './rewrite-question.ts';
import type { Aside } from './aside-patterns.ts';
import { routeQuestion } from './route-question.ts';

/** A question as it is searched: visible, without instructions, and standing alone. */
export interface AskedQuestion extends Question {
  /** As typed. */
  readonly typed: string;
  /** Why it is not looked up at all. */
  readonly aside?: Aside;
  /** Whether the answer is told in order of dates. */
  readonly isTimeline: boolean;
}

/** What a question asks within its conversation. */
export function understandQuestion(question: Question, turns: readonly Turn[]): AskedQuestion {
  const typed = question.text;
  const route = routeQuestion(visibleText(typed).trim());
  if ('aside' in route) return { ...question, typed, aside: route.aside, isTimeline: false };
  const text = rewriteQuestion(route.question, turns);
  return { ...question, typed, text, isTimeline: isTimelineQuestion(text) };
}

/** More is no question that someone would search by. */
const LONGEST_REWRITE = 600;
/** Share of its words that are nobody's: endings, and words that join. */
const MOST_ADDED = 0.2;

/** The same, with a language model's help for what leans on earlier turns: its wording counts if it adds no fact of its own. */
export async function resolveQuestion(
  question: Question,
  turns: readonly Turn[],
  { rewriteQuestion: rewrite, ...context }: Pick<ModelSteps, 'rewriteQuestion'> & StepContext,
): Promise<AskedQuestion> {
  const asked = understandQuestion(question, turns);
  if (!rewrite || asked.aside !== undefined || turns.length === 0) return asked;
  const text = (await rewrite({ question: visibleText(asked.typed), turns }, context))?.trim() ?? '';
  const said = turns.flatMap(({ standaloneQuestion, answer }) => [standaloneQuestion, answer]);
  return isRewriteOf([asked.typed, ...said], text) ? { ...asked, text, isTimeline: isTimelineQuestion(text) } : asked;
}

function isRewriteOf(said: readonly string[], text: string): boolean {
  return text !== '' && text.length <= LONGEST_REWRITE && isPlain(text) && addsNothing(text, said);
}

/** Whether numbers and most words of a text stand in what was said. */
function addsNothing(text: string, said: readonly string[]): boolean {
  const known = new Set(said.flatMap((part) => extractTerms(part)));
  const added = extractTerms(text).filter((term) => !known.has(term));
  return added.every((term) => !/\p{Nd}/u.test(term)) && added.length <= extractTerms(text).length * MOST_ADDED;
}
