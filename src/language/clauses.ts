/** A sentence of a question, or the part of it behind a colon. */
export interface Clause {
  readonly text: string;
  /** Whether it asks, rather than tell why the question is put. */
  readonly asks: boolean;
}

const BREAK = /(?<=[.!?;:।])\s+|(?<=[。！？；：?])|\s+[–—]\s+|\n+/u;

/** Question words, in Latin letters (English, and Hindi typed so) and in the other scripts answered in. */
const LATIN_WORDS =
  'who|whom|whose|when|where|why|what|whats|which|how|hows|kab|kaun|kahan?|kyu[n]?|kaise|kitn[aei]|kisne';
const OTHER_WORDS =
  'कब|कौन|किस|किन|कहाँ|कहां|क्यों|कैसे|कितन|何|誰|いつ|どこ|どの|どれ|どん|なぜ|いくつ|யார்|என்ன|எப்போது|எங்கே|எந்த|எத்தனை|எவ்வளவு|ஏன்|எப்படி|யாவை|எது';
const OTHER_WORD = new RegExp(OTHER_WORDS, 'u');
const INTERROGATIVE = new RegExp(String.raw`\b(?:${LATIN_WORDS})\b|${OTHER_WORDS}`, 'iu');

/** Words by which a clause asks or bids. */
const BIDDING = 'tell|list|name|explain|describe|summari[sz]e|sum up|compare|give|show|kya|kis';
const AUXILIARY = 'is|are|was|were|do|does|did|has|have|had|can|could|will|would|may|must|should';
const ASKING = new RegExp(
  [
    '[?？]',
    String.raw`\b(?:${LATIN_WORDS}|${BIDDING})\b`,
    String.raw`^(?:so |and |but |then |pls |please )?(?:${AUXILIARY})\b`,
    OTHER_WORDS,
    'क्या|बताइ|ますか|ですか|でしたか|教え',
  ].join('|'),
  'iu',
);

const MARK = /[?？]/u;
const BIDS = new RegExp(String.raw`^(?:\p{L}+,?\s+)?(?:${LATIN_WORDS}|${BIDDING})\b`, 'iu');

/** What may join two questions in one sentence, or part two sentences that ask. */
const JOINT = /\s*\n+(?:(?:and|so|but)\s+)?|,?\s+(?:and|n|&|or|और|तथा|aur|மற்றும்)\s+|\s*[,、，]\s*/giu;
/** A question is a verb and a subject at least; "who and when" share theirs. UTF-16 code units; CJK says as much in a third. */
const SHORTEST_PART = { spaced: 9, cjk: 5 };
/** How a part in Latin letters begins: "by whom", "since when", "did it". */
const BEGINS_PART = new RegExp(
  String.raw`^(?:(?:and|also)\s+)?(?:(?:\p{L}+\s+){0,2}(?:${LATIN_WORDS})|(?:${AUXILIARY}))\b`,
  'iu',
);
/** "Who or what", "at which meeting and when" ask once; a statement does not ask. */
const ASKS_ON = new RegExp(String.raw`(?:^|\s)(?:${LATIN_WORDS})(?:\s+\p{L}+)?$|\.\s*$`, 'iu');

/** The questions that are put together, each with a question word of its own: "when was X signed / and who signed it". */
export function splitParts(asking: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const { 0: joint, index } of asking.matchAll(JOINT)) {
    const [before, after] = [asking.slice(from, index), asking.slice(index + joint.length)];
    if (!isPart(before) || !isPart(after) || ASKS_ON.test(before) || !beginsPart(after)) continue;
    parts.push(before.trim());
    from = index + joint.length;
  }
  return [...parts, asking.slice(from).trim()];
}

function isPart(text: string): boolean {
  const shortest = /[\p{Script=Han}\p{Script=Hiragana}]/u.test(text) ? SHORTEST_PART.cjk : SHORTEST_PART.spaced;
  return text.trim().length >= shortest && (INTERROGATIVE.test(text) || BEGINS_PART.test(text));
}

/** The other languages ask at the end. */
function beginsPart(text: string): boolean {
  return OTHER_WORD.test(text) || BEGINS_PART.test(text);
}

/** Points at what was named before it in the same question. */
const POINTING =
  /\b(?:it|its|they|their|theirs|them|he|him|his|she|her|hers|this|these|those)\b|(?:^|\s)(?:इस|इन|उस|उन|यह|वह|ये|वे)\S*(?:\s|$)|それ|その|これ|この|(?:^|\s)(?:அது|அத|அவ|இது|இத|அந்த|இந்த)\S*/iu;

/** Whether a part of a question leaves its subject to another part. */
export function pointsBack(part: string): boolean {
  return POINTING.test(part);
}

/** A question's sentences in order; where none asks, the last one is taken to. */
export function splitClauses(question: string): Clause[] {
  const texts = question
    .split(BREAK)
    .flatMap(splitOpening)
    .map((text) => text.trim())
    .filter((text) => /[\p{L}\p{N}]/u.test(text));
  const isMarked = texts.some((text) => MARK.test(text));
  const clauses = texts.map((text, i) => {
    const names = /[:：]$/.test(text) && i < texts.length - 1;
    return { text, asks: ASKING.test(text) && !names && !(isMarked && tells(text)) };
  });
  if (clauses.some(({ asks }) => asks)) return clauses;
  return clauses.map(({ text }, i) => ({ text, asks: i === clauses.length - 1 }));
}

/** "In 2025", "if so": what belongs to the question behind it. */
const BELONGS =
  /^(?:(?:and|so|but|also|then|well)[\s,]+)?(?:in|on|at|by|for|of|from|to|with|without|within|under|during|before|after|since|until|between|among|besides?|according|if|when|as|apart|compared|considering|given|this|that|these|those|the|among|out)\b/iu;
/** What tells why the question is put ends before the comma that its question word follows. */
const OPENING = new RegExp(String.raw`^([^,?？]{9,}),\s+((?:and\s+)?(?:${LATIN_WORDS})\b.+)$`, 'isu');

/** "Writing a note on X, who leads it?": what tells, and what asks. */
function splitOpening(text: string): string[] {
  const [, opening = '', asking = ''] = OPENING.exec(text) ?? [];
  const isApart = opening !== '' && !ASKING.test(opening) && !BELONGS.test(opening.trim());
  return isApart ? [opening, asking] : [text];
}

/** Beside a question with its mark: a statement that has a question word somewhere. */
function tells(text: string): boolean {
  return /[.।]$/.test(text) && /^\p{Script=Latin}/u.test(text) && !BIDS.test(text);
}
