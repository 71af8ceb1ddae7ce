import { splitClauses } from '../language/clauses.ts';
import { PARTS, WHOLE, type Aside } from './aside-patterns.ts';

/** Nothing longer is courtesy alone; it also bounds what the patterns for it have to try. */
const LONGEST_COURTESY = 80;

/** What is asked, without the instructions to the answerer around it; or what it is instead. */
export type Route = { readonly question: string } | { readonly aside: Aside };

/** Tells questions for the corpus from small talk, and from what no document answers. */
export function routeQuestion(text: string): Route {
  const spaced = text.replaceAll(/\s+/gu, ' ').trim();
  const bare = spaced.length > LONGEST_COURTESY ? '' : spaced.replace(/[ .!?。！？,、।]+$/u, '');
  const whole = WHOLE.find(([, pattern]) => bare !== '' && pattern.test(bare));
  if (whole) return { aside: whole[0] };
  const clauses = splitClauses(text).map((clause) => ({ text: clause.text, aside: asideOf(clause.text) }));
  const kept = clauses.filter(({ aside }) => aside !== 'instruction');
  if (kept.length === 0) return { aside: 'instruction' };
  const other = kept.find(({ aside }) => aside !== undefined)?.aside;
  if (other !== undefined) return { aside: other };
  return { question: kept.length === clauses.length ? text : kept.map((clause) => clause.text).join(' ') };
}

function asideOf(clause: string): Aside | undefined {
  return PARTS.find(([, pattern]) => pattern.test(clause))?.[0];
}
