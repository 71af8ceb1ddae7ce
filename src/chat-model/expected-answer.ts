/** The kind of thing a question asks for, read from how it is put. */
export interface ExpectedAnswer {
  /** Several things: a list rather than a sentence. */
  readonly list: boolean;
  /** Whether a text holds such a thing that the question does not already name. */
  readonly found: (text: string, question: string) => boolean;
}

const MONTHS =
  'january|february|march|april|may|june|july|august|september|october|november|december|जनवरी|फरवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|सितंबर|अक्टूबर|नवंबर|दिसंबर';
const DATE = new RegExp(`(?:${MONTHS})|\\d{4}年|\\b(?:19|20)\\d{2}\\b`, 'giu');
const NUMBER = /\p{Nd}[\p{Nd}.,]*/gu;
const NAME = /(?<=\S\s+|["“「(])\p{Lu}\p{L}+(?:\s+\p{Lu}\p{L}+)*|[\p{Script=Katakana}ー・]{3,}|\p{Script=Han}{3,}/gu;

const KINDS: readonly { readonly asked: RegExp; readonly pattern: RegExp }[] = [
  {
    asked: /\bwhen\b|\bwhat date\b|\bwhich (?:day|date|year|month)\b|कब|किस (?:तिथि|तारीख)|いつ|எப்போது/iu,
    pattern: DATE,
  },
  {
    asked:
      /\bhow (?:many|much|large|big|long)\b|\bnumber of\b|कितन|いくつ|何(?:人|基|年|件|社|か国)|どれくらい|எத்தனை|எவ்வளவு/iu,
    pattern: NUMBER,
  },
  { asked: /\bwho\b|\bwhom\b|\bwhose\b|किस(?:ने|के)|किन्होंने|कौन|誰|யார்/iu, pattern: NAME },
];

const LIST =
  /\b(?:list|name|which (?:two|three|four|five|six|seven|eight|\w+s\b)|what are)\b|कौन-?(?:से|सी|कौन)|किन-?किन|何ですか|யாவை/iu;

export function expectedAnswer(question: string): ExpectedAnswer {
  const kinds = KINDS.filter(({ asked }) => asked.test(question));
  return {
    list: LIST.test(question),
    found: (text, asked) =>
      kinds.some(({ pattern }) => {
        const known = new Set(asked.match(pattern));
        return (text.match(pattern) ?? []).some((found) => !known.has(found));
      }),
  };
}
