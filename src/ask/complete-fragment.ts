import { extractTerms } from '../language/terms.ts';

/** Goes on from the last question. */
const CONTINUING =
  /^(?:(?:and|n|&|so|but|also|then|ok|okay|interesting|great|what about|how about|what else|anything else|aur|और|तो|では|じゃあ|それで|あと|மேலும்|அப்படியானால்)(?![\p{L}\p{M}])[\s,.]*)+/iu;
const ABOUT = /^(?:(?:and|so|but|ok|okay)[\s,]+)?(?:what|how) about\s+|^(?:and|n|&)\s+/i;

/** Words that make a question of its own. */
const ASKS =
  /\b(?:who|whom|when|where|why|which|what|how|is|are|was|were|did|does|do|can|could|will|would|should|tell|describe|explain|compare|give|list|show|kya|kab|kaun|kisne|kitn\w|hai|tha|hua)\b/i;

/** With no more terms than this a continuing question has no subject of its own. */
const FEW_TERMS = 2;
const YEAR = /\b(?:19|20)\d{2}\b/;
const YEARS = /\s*(?:\b(?:in|of|during|for|since|by)\s+)?\b(?:19|20)\d{2}\b/giu;
const ORDINAL = /\b(?:first|second|third|fourth|fifth|sixth|last|next|previous|\d+(?:st|nd|rd|th))\b/i;
const NAME = /(?<=\S\s)(?:the )?\p{Lu}[\p{L}\p{N}’'.-]*(?: (?:of |and |the )*\p{Lu}[\p{L}\p{N}’'.-]*)*/gu;

/** "And the second?", "in 2025?", "what about Japan?": what the last question asked is asked again of something else. */
export function isFragment(text: string): boolean {
  const body = text.replace(CONTINUING, '');
  if (ASKS.test(body)) return false;
  if (/^(?:(?:and|so|but|ok|okay)[\s,]+)?(?:what|how) about\b/i.test(text)) return true;
  // A kanji alone is part of a word that counts already.
  const few = new Set(extractTerms(body).filter((term) => term.length > 1)).size <= FEW_TERMS;
  return few && (CONTINUING.test(text) || text.length <= 24);
}

/** The last question, asked of what the fragment names. */
export function completeFragment(question: string, fragment: string): string {
  const named = fragment.replace(ABOUT, '').replace(/[?？.!\s]+$/u, '');
  return (
    replaceYear(question, fragment) ?? replaceAlike(question, named) ?? `${carryOver(question, fragment)} ${fragment}`
  );
}

/** "How many in 2019?", "and in 2021?": how many in 2021. */
function replaceYear(question: string, fragment: string): string | undefined {
  const year = YEAR.exec(fragment)?.[0];
  const years = question.match(new RegExp(YEAR, 'g')) ?? [];
  if (year === undefined || years.length !== 1) return undefined;
  const further = extractTerms(fragment.replace(CONTINUING, '').replace(/\b(?:19|20)\d{2}年?/, ''));
  return further.length > 0 ? undefined : question.replace(YEAR, year);
}

/** Puts what the fragment names where the question named one thing of its kind. */
function replaceAlike(question: string, named: string): string | undefined {
  if (ORDINAL.test(named)) return replaceOrdinal(question, named);
  const preposition = /^(?:in|for|by|on|at|from|to|with|of|during|since) /i.exec(named)?.[0] ?? '';
  const name = named.slice(preposition.length);
  if (!/^(?:the )?\p{Lu}/u.test(name) || YEAR.test(name)) return undefined;
  const found = [...question.matchAll(NAME)];
  const [only] = found;
  if (!only || found.length !== 1) return undefined;
  return question.slice(0, only.index) + name + question.slice(only.index + only[0].length);
}

/** "Where was the first meeting?", "and the second one?": the second meeting. */
function replaceOrdinal(question: string, named: string): string | undefined {
  const wanted = ORDINAL.exec(named)?.[0];
  const onlyOrdinal = /^(?:the )?\S+(?: ones?)?$/i.test(named);
  if (wanted === undefined || !onlyOrdinal || !ORDINAL.test(question)) return undefined;
  return question.replace(ORDINAL, wanted);
}

/** The last question, without the year when the new one names another. */
function carryOver(question: string, text: string): string {
  return YEAR.test(text) ? question.replaceAll(YEARS, '').replaceAll(/\s+/g, ' ').trim() : question;
}
