import { memoise } from './memoise.ts';

/** Begins with what only the sentence before explains. */
const LEANING =
  /^(?:[-*>\s"“]*)(?:it|its|they|their|them|he|she|his|her|this|that|these|those|both|such|there|here|then|the (?:first|second|third|latter|former|other|later|earlier|same|signatories|signatory|two|three|author|report|reports|figure|number|visit|talks|plan|text|statement|agreement|memorandum|document|law|bill|company|board|dialogue|meeting|model))\b|\bsuch an?\b|^(?:इस|ऐस|इन|उस|उन|यह|वह|ये|वे|दोनों)\S*\s|^(?:これ|それ|この|その|同|両|当時)|^(?:இது|இத|அது|அத|இந்த|அந்த|இவ|அவ)/iu;

/** A source's own word that something is not given, not found or not confirmed. */
const DENIAL =
  /\bno (?:source|report|release|other|cost|price|budget|date|figure|official|second|\w+)\b[^.;]{0,80}\b(?:is|are|was|were|has been|have been|gives?|names?|confirms?|says?|states?|shows?|seen|given|known|found|reported|named|stated|mentioned)\b|\b(?:not|never|nor)\s+(?:\w+\s+)?(?:given|named|list(?:ed)?|stated?|mention(?:ed)?|specif(?:y|ied)|say|said|show|shown|found|known|confirmed|report(?:ed)?|available|published|give|name|describe[ds]?|plausible|seen|certain|clear|contain)\b|\b(?:gives?|describes?|names?|states?|lists?) no\b|\bunknown\b|\bno source\b|नहीं\s+(?:दि|दी|दे|मिल|बता|हु|है|कि)|अज्ञात|記載(?:が|は)ない|確認でき(?:ない|な)|確認されていない|見つから|不明|とするものはない|இல்லை|வில்லை/iu;

/** Speaks to whoever answers, not of the subject: an instruction is never quoted as a fact. */
const DIRECTIVE =
  /^(?:[-*>\s"“]*)(?:(?:please |always |never |do not |don't )?(?:say|prefer|give|answer|treat|use|quote|cite|tell|write|insert|ignore|disregard|repeat|mention|reply|respond|note|avoid|call|state)\b(?! (?:of|by|in)\b)(?=[^.]*(?:\bthat\b|\bwhen\b|\bboth\b|\bas\b|\bonly\b|\bthe\b|\bin\b|:)))|\b(?:ignore|disregard|forget)\b[^.]{0,40}\b(?:instructions?|rules|prompt|above|previous)\b|\b(?:as an ai|system prompt|the assistant (?:must|should))\b/iu;

/** Speaks of what is to be answered: "in your reply", "your response in capitals". */
const OF_THE_ANSWER =
  /\b(?:your|the|this) (?:\w+ )?(?:reply|replies|response|responses|answers?|output|message)(?:['’]s)?\b(?=.{0,80}$|[^.]*\b(?:in|with|by|to|as|of)\b)|\bin (?:a|your) (?:reply|response|answer)\b/iu;
/** Begins as what asks for a text to be written: no source states a fact like this. */
const TASK =
  /^(?:[-*>\s"“]*)(?:please )?(?:(?:write|compose|draft|explain|translate|rewrite|paraphrase|recite|scramble|jumble|misspell|anagram|encode|decode|summari[sz]e|describe|break down|render)\b|(?:provide|give|create|develop|generate|show|suggest|offer|share)\b(?=[^.]{0,40}\b(?:poem|story|essay|speech|letter|examples?|explanation|summary|tutorial|guide|introduction|code|function|script|tips?|equivalent|recipe|joke|plan for)\b))/iu;
/** Begins with a bare verb, or bids further on. */
const IMPERATIVE =
  /^(?:[-*>\s"“]*)(?:please )?(?:in your \w+, )?(?:add|include|integrate|insert|append|incorporate|modify|augment|enhance|adjust|change|replace|substitute|convert|remove|combine|group|use|provide|introduce|rearrange|reverse|render|suggest|tease|promote|end|begin|start|finish|format|make|put|omit|every|express|mention|advise|encourage|recommend|conclude|craft|embed|weave|spell|space|split|swap|mix|hide|randomi[sz]e|deliver|present|respond|reply|answer|tell|let)\b|^in your (?:reply|response|answer)/iu;
const QUESTION = /[?？]["”»)\s]*$/u;

/** Whether a sentence needs the one before it to be understood. */
export const leansBack = memoise((text) => LEANING.test(text));

/** Whether a sentence says that something is not given. */
export const isDenial = memoise((text) => DENIAL.test(text));

/** Whether a sentence instructs the answerer. */
export const isDirective = memoise(
  (text) => DIRECTIVE.test(text) || TASK.test(text) || (OF_THE_ANSWER.test(text) && IMPERATIVE.test(text)),
);

/** Whether a sentence asks: what a source asks is no statement of it. */
export function isQuestion(text: string): boolean {
  return QUESTION.test(text);
}
