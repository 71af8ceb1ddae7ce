import type { Turn } from '../domain.ts';
import { extractTerms } from '../language/terms.ts';

/** Points back at what was spoken of before. */
const ANAPHOR =
  /\b(?:it|its|they|them|their|theirs|he|him|his|she|her|hers|this|these|those|there|the same|that (?:one|is|was|does|did|has|had|text|plan|deal|agreement|statement|document|body|law|one)|such a)\b|\bthat\s*[?.!]*$|\b(?:the )?(?:\w+ )?ones?\b|\b(?:uska|uske|uski|usme|usmein|uspe|iska|iske|iski|isme|isko|usko|unka|unke|unki|inke|woh|wahan)\b|(?:^|\s)(?:इस|इन|उस|उन|यह|वह|ये|वे)\S*(?:\s|$)|それ|その|これ(?!まで|から)|この(?!たび)|彼|彼女|(?:^|\s)(?:அது|அத|அவ|இது|இத|அங்க)\S*/iu;

/** Begins as a question does that goes on from the last one. */
const CONTINUING =
  /^(?:and|n|&|so|but|also|then|what about|how about|what else|anything else|aur|और|तो|では|じゃあ|それで|あと|மேலும்|அப்படியானால்)(?![\p{L}\p{M}])/iu;

/** Words that make a question of its own. */
const ASKS = /\b(?:who|whom|when|where|why|which|what|how|is|are|was|were|did|does|do|kya|kab|kaun|kisne|kitn\w)\b/iu;

/** With no more terms than this a continuing question has no subject of its own. */
const FEW_TERMS = 2;
const YEAR = /\b(?:19|20)\d{2}\b/;
const YEARS = /\s*(?:\b(?:in|of|during|for|since|by)\s+)?\b(?:19|20)\d{2}\b/giu;

/** The words by which a question asks, at its start, with what it asks of; the rest is its subject. */
const ASKING_LEAD =
  /^(?:(?:so|and|but|please|pls|ok|hi|hello)[\s,]+)*(?:(?:can|could) you )?(?:(?:tell|give|show) me(?: more)?(?: about)?|explain|describe|summari[sz]e|(?:what|who|whom|when|where|why|which|how)(?:'s|s)?(?:\s+(?:many|much|long|often))?(?:\s+\p{Ll}+){0,2}?\s+(?:is|are|was|were|does|do|did|has|have|had|can|will|would|should)|(?:what|who|when|where|why|which|how)(?:'s|s)?|is|are|was|were|does|do|did|has|have|had|can|will)\s+/iu;
const ASKING_TAIL =
  /(?:とは)?(?:何|誰|いつ|どこ|どの|どんな|いくつ)[^、。]*[。?？]*$|[?？。।.!\s]+$|\s+(?:क्या|कब|कौन|कहाँ|कितने|कितना)\s*(?:है|हैं|था|थे|हुआ)?\s*[?।]*$/iu;

/** A question with what it leaves unsaid taken from the turns before; unchanged when it stands alone. */
export function rewriteQuestion(text: string, turns: readonly Turn[]): string {
  const last = turns.findLast(({ documentIds }) => documentIds.length > 0) ?? turns.at(-1);
  if (!last) return text;
  if (isFragment(text)) return `${carryOver(last.standaloneQuestion, text)} ${text}`;
  return refersBack(text) ? `${subjectOf(last.standaloneQuestion)}: ${text}` : text;
}

function refersBack(text: string): boolean {
  if (ANAPHOR.test(text)) return true;
  return CONTINUING.test(text) && (!ASKS.test(text) || !/\s\p{Lu}\p{L}/u.test(text));
}

/** "And the second?", "in 2025?": what the last question asked is asked again of something else. */
function isFragment(text: string): boolean {
  const body = text.replace(CONTINUING, '');
  const few = new Set(extractTerms(body)).size <= FEW_TERMS;
  return few && !ASKS.test(body) && (CONTINUING.test(text) || text.length <= 24);
}

/** The last question, without the year when the new one names another. */
function carryOver(question: string, text: string): string {
  return YEAR.test(text) ? question.replaceAll(YEARS, '').replaceAll(/\s+/g, ' ').trim() : question;
}

/** What a question is about: what it was about before, or itself without the words that ask. */
function subjectOf(question: string): string {
  const inherited = /^(.{3,}?): /u.exec(question)?.[1];
  if (inherited !== undefined) return inherited;
  const subject = question.replace(ASKING_TAIL, '').replace(ASKING_LEAD, '').trim();
  return extractTerms(subject).length > 0 ? subject : question.replace(/[?？。\s]+$/u, '');
}
