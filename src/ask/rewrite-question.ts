import type { Turn } from '../domain.ts';
import { extractTerms } from '../language/terms.ts';
import { completeFragment, isFragment } from './complete-fragment.ts';
import { addTopic, leansOnTopic } from './lean-on-topic.ts';
import { topicOf, type Topic } from './question-topic.ts';
import { resolveReferences } from './resolve-references.ts';

/** Points back at what was spoken of before, where nothing can be put in its place. */
const ANAPHOR =
  /\b(?:uska|uske|uski|usme|usmein|uspe|iska|iske|iski|isme|isko|usko|unka|unke|unki|inke|woh|wahan)\b|(?:^|\s)(?:इस|इन|उस|उन|यह|वह|ये|वे|वहाँ|वहां)\S*(?:\s|$)|それ|その|これ(?!まで|から)|この(?!たび)|(?<!\p{Script=Han})同(?:氏|国|社|法|声明|文書)|そこ|彼|彼女|(?:^|\s)(?:அது|அத|அவ|இது|இத|அங்க|(?:அந்த|இந்த)(?=\s))\S*/iu;

/** Begins as a question does that goes on from the last one. */
const CONTINUING = /^(?:aur|और|तो|では|じゃあ|それで|あと|மேலும்|அப்படியானால்)(?![\p{L}\p{M}])/iu;

/** Hindi typed in Latin letters, by the words that ask. */
const ROMANISED =
  /\b(?:kya|kab|kaun|kaunsa|kisne|kitn[aei]|kahan?|kaise|kyu[n]?|hai|hain|tha|thi|hua|uska|uski|iska|iski)\b/i;

/** The words by which a question asks, with what it asks of; the rest is its subject. */
const ASKING_TAIL =
  /(?:とは)?(?:何|誰|いつ|どこ|どの|どんな|いくつ)[^、。]*[。?？]*$|[?？。।.!\s]+$|\s+(?:क्या|कब|कौन|कहाँ|कितने|कितना)\s*(?:है|हैं|था|थे|हुआ)?\s*[?।]*$|\s+(?:என்ன|யார்|எப்போது|எங்கே)\s*[?]*$|\s+(?:kya|kab|kaun|kahan)\s+(?:hai|hain|tha|thi|hua)\s*\?*$/iu;

/** A question with what it leaves unsaid taken from the turns before; unchanged when it stands alone. */
export function rewriteQuestion(text: string, turns: readonly Turn[]): string {
  const last = turns.findLast(({ documentIds }) => documentIds.length > 0) ?? turns.at(-1);
  if (!last) return text;
  if (isFragment(text)) return completeFragment(last.standaloneQuestion, text);
  if (isEnglish(text) && isEnglish(last.standaloneQuestion)) return putIn(text, topicsOf(turns));
  return refersBack(text) ? `${subjectOf(last.standaloneQuestion)}: ${text}` : text;
}

function putIn(text: string, topics: readonly Topic[]): string {
  const resolved = resolveReferences(text, topics);
  if (resolved !== undefined) return resolved;
  const topic = topics.at(-1);
  return topic && leansOnTopic(text) ? addTopic(text, topic) : text;
}

/** What the turns were about, oldest first: what was brought up, or else what was first spoken of. */
function topicsOf(turns: readonly Turn[]): Topic[] {
  const topics = turns.flatMap((turn) => topicIn(turn) ?? []);
  return topics.filter(({ broughtUp }, i) => broughtUp || i === 0);
}

/** What a turn brought up; nothing when it only spoke on. */
function topicIn({ question, standaloneQuestion }: Turn): Topic | undefined {
  return standaloneQuestion === question || isFragment(question) ? topicOf(standaloneQuestion) : undefined;
}

function isEnglish(text: string): boolean {
  return (
    !ROMANISED.test(text) &&
    !/[\p{Script=Devanagari}\p{Script=Tamil}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(text)
  );
}

function refersBack(text: string): boolean {
  return ANAPHOR.test(text) || CONTINUING.test(text);
}

/** What a question is about: what it was about before, or itself without the words that ask. */
function subjectOf(question: string): string {
  const inherited = /^(.{3,}?): /u.exec(question)?.[1];
  if (inherited !== undefined) return inherited;
  if (isEnglish(question)) return topicOf(question)?.text ?? question;
  const subject = question.replace(ASKING_TAIL, '').trim();
  return extractTerms(subject).length > 0 ? subject : question.replace(/[?？。।\s]+$/u, '');
}
