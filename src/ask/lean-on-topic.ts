import { isRelational, phrasesOf, splitQuestion, type Phrase, type Topic } from './question-topic.ts';

/** Brings up a thing of its own. */
const BRINGS_UP =
  /^(?:(?:please|pls|ok|okay|so|and|now) )*(?:tell (?:me|us)(?: more)? about|describe|explain|compare)\b/i;
/** Goes on from what was said. */
const GOES_ON = /^(?:so|and|but|then|also|n|&)\b[\s,]/i;
const ASKS =
  /^\S+ (?:who|whom|when|where|why|which|what|how|is|are|was|were|do|does|did|can|could|will|would|should|has|have|had)\b/i;
/** "The total with the grant" is still of something. */
const ASIDE: ReadonlySet<string> = new Set(['with', 'without', 'after', 'before', 'under', 'including']);
/** More phrases than this say what they are about. */
const FEW_PHRASES = 2;

/** Whether a question that points at nothing still leaves out what it is about: "What are the side effects?" */
export function leansOnTopic(question: string): boolean {
  return goesOn(question) || leavesOut(question, phrasesOf(question));
}

/** "So half of them pay?" says something of what was spoken of; "And who pays?" asks anew. */
function goesOn(question: string): boolean {
  return GOES_ON.test(question) && !ASKS.test(question);
}

function leavesOut(question: string, phrases: readonly Phrase[]): boolean {
  if (endsInAside(phrases)) return true;
  if (phrases.some(({ named }) => named) || phrases.length > FEW_PHRASES) return false;
  if (phrases.length === 0) return splitQuestion(question).length > 1;
  if (BRINGS_UP.test(question)) return phrases.every(isOfSomething) && phrases.some(isDefinite);
  return phrases.every((phrase) => isOfSomething(phrase) || (isDefinite(phrase) && phrase.words.length === 1));
}

function endsInAside([first, second]: readonly Phrase[]): boolean {
  return first !== undefined && isDefinite(first) && isOfSomething(first) && ASIDE.has(second?.before ?? '');
}

function isDefinite({ article }: Phrase): boolean {
  return article === 'the';
}

function isOfSomething({ words }: Phrase): boolean {
  return isRelational(words.at(-1)?.lower ?? '');
}

/** "What are the side effects of the treatment?" where the question ends with them, else the topic in front. */
export function addTopic(question: string, { text }: Topic): string {
  const last = phrasesOf(question).at(-1)?.words.at(-1);
  const end = question.replace(/[?.!\s]+$/, '');
  const isLast = last !== undefined && last.at + last.text.length === end.length;
  return isLast && !goesOn(question) ? `${end} of ${text}${question.slice(end.length)}` : `${text}: ${question}`;
}
