import type { ModelSteps, StepContext } from '../chat-model/model-steps.ts';
import type { Answer } from '../domain.ts';
import { asksInEnglish } from '../language/asks-in-english.ts';
import { isPlain } from './check-claim.ts';
import { conclude, type Findings } from './conclude.ts';
import type { AskedQuestion } from './understand.ts';

const DIGITS = /\p{Nd}+/gu;
const TITLE = /“[^”]*”/gu;
/** What Markdown would make something of. */
const MARKS = /[*_`#|~\n]/u;
/** A translation so many times as long as what it translates says more. */
const LONGEST_RATIO = 3;
const SLACK = 20;

/**
 * Concludes, with the words around quotes in the language of the question where it is none of ours and a model translates.
 * A translation counts that has the same figures and titles, no marks, and about the length: framing states no facts.
 */
export async function concludeInWords(
  question: AskedQuestion,
  findings: Findings,
  { translateFraming, ...context }: Pick<ModelSteps, 'translateFraming'> & StepContext,
): Promise<Answer> {
  if (!translateFraming || question.language !== 'en' || asksInEnglish(question.typed)) {
    return conclude(question, findings);
  }
  const said = new Set<string>();
  const asItIs = conclude(question, { ...findings, reword: (text) => (said.add(text), text) });
  const framing = [...said];
  if (framing.length === 0) return asItIs;
  const translated = (await translateFraming({ question: question.typed, framing }, context)) ?? [];
  const sound = framing.flatMap((text, i) => {
    const other = translated[i]?.trim() ?? '';
    return framing.length === translated.length && isTranslation(text, other) ? [[text, other] as const] : [];
  });
  const words = new Map(sound);
  return conclude(question, { ...findings, reword: (text) => words.get(text) ?? text });
}

function isTranslation(text: string, other: string): boolean {
  const isAsLong = other !== '' && other.length <= text.length * LONGEST_RATIO + SLACK;
  return isAsLong && isPlain(other) && !MARKS.test(other) && holdsSame(text, other);
}

function holdsSame(text: string, other: string): boolean {
  return [DIGITS, TITLE].every((pattern) => foundIn(text, pattern) === foundIn(other, pattern));
}

function foundIn(text: string, pattern: RegExp): string {
  return (text.match(pattern) ?? []).toSorted().join(' ');
}
