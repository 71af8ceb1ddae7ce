import type { Question, Turn } from '../domain.ts';
import { isTimelineQuestion } from '../language/timeline-question.ts';
import { visibleText } from '../language/visible-text.ts';
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
