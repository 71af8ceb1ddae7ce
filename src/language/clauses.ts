/** A sentence of a question, or the part of it behind a colon. */
export interface Clause {
  readonly text: string;
  /** Whether it asks, rather than tell why the question is put. */
  readonly asks: boolean;
}

const BREAK = /(?<=[.!?;:।])\s+|(?<=[。！？；：?])|\s+[–—]\s+|\n+/u;

/** Words by which a clause asks or bids, in the languages answered in and in Hindi typed in Latin letters. */
const ASKING =
  /[?？]|\b(?:who|whom|whose|when|where|why|what|whats|which|how|hows|tell|list|name|explain|describe|summari[sz]e|sum up|compare|give|show|kya|kab|kaun|kahan?|kyu[n]?|kaise|kitn[aei]|kisne|kis)\b|^(?:so |and |but |then |pls |please )?(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|may|must|should)\b|क्या|कब|कौन|किस|किन|कहाँ|कहां|क्यों|कैसे|कितन|बताइ|何|誰|いつ|どこ|どの|どれ|どん|なぜ|いくつ|ますか|ですか|でしたか|教え|யார்|என்ன|எப்போது|எங்கே|எந்த|எத்தனை|எவ்வளவு|ஏன்|எப்படி|யாவை|எது/iu;

/** A question's sentences in order; where none asks, the last one is taken to. */
export function splitClauses(question: string): Clause[] {
  const texts = question
    .split(BREAK)
    .map((text) => text.trim())
    .filter((text) => /[\p{L}\p{N}]/u.test(text));
  const clauses = texts.map((text) => ({ text, asks: ASKING.test(text) }));
  if (clauses.some(({ asks }) => asks)) return clauses;
  return clauses.map(({ text }, i) => ({ text, asks: i === clauses.length - 1 }));
}
