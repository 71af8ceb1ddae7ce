import { extractTerms } from '../language/terms.ts';

/** What a question asks a name or a number of: "which *sea*", "how many *members*", "何*坪*". */
export interface QuestionHead {
  /** Whether a text speaks of the kind of thing asked for. */
  readonly isHeld: (text: string) => boolean;
  /** Whether it does so beside a name that the question does not hold: "the North Sea". */
  readonly isNamed: (text: string) => boolean;
  /** Whether a number of the things to be counted stands in a text; undefined when nothing is to be counted. */
  readonly isCounted: ((text: string) => boolean) | undefined;
}

const ENDS =
  'is|are|was|were|do|does|did|has|have|had|can|could|will|would|may|must|should|of|in|on|at|to|for|from|with|by|the|a|an|that|who|which|and|or';
const ENGLISH_WORDS = `(?:(?!(?:${ENDS})\\b)[\\p{L}\\p{Nd}-]+\\s?){1,4}`;
const ENGLISH_HEAD = new RegExp(
  `\\b(?:what|which|whose|names?(?= of)|title(?= of))\\s+(?:(?:kind|type|sort|of|the)s?\\s+)*(?<head>${ENGLISH_WORDS})`,
  'iu',
);
const ENGLISH_COUNTED = new RegExp(`\\bhow many\\s+(?<head>${ENGLISH_WORDS})`, 'iu');
const JAPANESE_HEAD =
  /(?:どの|何の|なんの|どんな|どういう)(?<after>[\p{Script=Han}\p{Script=Katakana}ー]{2,12})|(?<before>[\p{Script=Han}\p{Script=Katakana}ー]{2,12}?)(?:の?名前|の?名称|の?名)?(?:は|とは|って)?(?:何|なに|なん|どこ|誰|だれ|どちら|どれ)(?!\p{Script=Han})/u;
const JAPANESE_COUNTED = /何(?<counter>\p{Script=Han}{1,2}|[\p{Script=Katakana}ー]{2,8}|%)/u;
const HINDI_COUNTED = /कितन[ेीा]\s+(?<counter>[\p{L}\p{M}]+)/u;

/** Units of measure are written out or as symbols. */
const SYMBOLS: Readonly<Record<string, string>> = {
  メートル: 'm',
  キロメートル: 'km',
  キロ: 'km|kg',
  センチ: 'cm',
  センチメートル: 'cm',
  パーセント: '%',
  トン: 't',
};
const NUMERAL =
  /^\p{Nd}|^(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?|billions?|several|half|एक|दो|तीन|चार|पाँच|पांच|छह|छः|सात|आठ|नौ|दस|लाख|करोड़|हज़ार|हजार|मिलियन|बिलियन)$/iu;
/** Words between a number and what it counts, and between a head and its name. */
const NEAR = 4;
/** Endings change a Hindi word; its beginning stays. */
const HINDI_STEM = 3;

/** Reads from a question what its "which" or "how many" is of, in English, Hindi and Japanese. */
export function readHead(question: string): QuestionHead {
  const isCounted = readCounted(question);
  const english = groupOf(ENGLISH_HEAD, question);
  if (english !== undefined) return { ...englishHead(english, question), isCounted };
  const japanese = groupOf(JAPANESE_HEAD, question);
  if (japanese !== undefined) return { ...japaneseHead(japanese, question), isCounted };
  return { isHeld: () => false, isNamed: () => false, isCounted };
}

/** What the named groups of a pattern hold, whichever matched. */
function groupOf(pattern: RegExp, question: string): string | undefined {
  return Object.values(pattern.exec(question)?.groups ?? {}).find((group) => group !== undefined);
}

function englishHead(head: string, question: string): Pick<QuestionHead, 'isHeld' | 'isNamed'> {
  const wanted = new Set(extractTerms(head));
  const asked = new Set(extractTerms(question));
  const isNewName = (word: string | undefined): boolean =>
    word !== undefined && /^\p{Lu}/u.test(word) && !extractTerms(word).some((term) => asked.has(term));
  return {
    isHeld: (text) => extractTerms(text).some((term) => wanted.has(term)),
    isNamed(text) {
      const words = splitWords(text);
      // The first word of a sentence has its capital anyway.
      return words.some(
        (word, at) =>
          extractTerms(word).some((term) => wanted.has(term)) &&
          words.slice(Math.max(1, at - NEAR), at + NEAR + 1).some(isNewName),
      );
    },
  };
}

function japaneseHead(head: string, question: string): Pick<QuestionHead, 'isHeld' | 'isNamed'> {
  const ending = head.slice(-3);
  return {
    isHeld: (text) => text.includes(head),
    isNamed(text) {
      for (let at = text.indexOf(ending); at >= 0; at = text.indexOf(ending, at + 1)) {
        const before = text.slice(Math.max(0, at - 2), at);
        if (/[\p{Script=Han}\p{Script=Katakana}ー]$/u.test(before) && !question.includes(before + ending.charAt(0)))
          return true;
      }
      return false;
    },
  };
}

function readCounted(question: string): ((text: string) => boolean) | undefined {
  const english = groupOf(ENGLISH_COUNTED, question);
  if (english !== undefined) {
    const terms = new Set(extractTerms(english));
    return countsNear((word) => extractTerms(word).some((term) => terms.has(term)));
  }
  const hindi = groupOf(HINDI_COUNTED, question)?.slice(0, HINDI_STEM);
  if (hindi !== undefined) return countsNear((word) => word.startsWith(hindi));
  const counter = groupOf(JAPANESE_COUNTED, question);
  return counter === undefined ? undefined : countsWith(counter, question);
}

function countsNear(isWanted: (word: string) => boolean): (text: string) => boolean {
  return (text) => {
    const words = splitWords(text);
    return words.some((word, at) => NUMERAL.test(word) && words.slice(at + 1, at + 1 + NEAR).some(isWanted));
  };
}

function countsWith(counter: string, question: string): (text: string) => boolean {
  const forms = [counter, SYMBOLS[counter]].filter(Boolean).join('|');
  const pattern = new RegExp(`[\\p{Nd}一二三四五六七八九十百千][\\p{Nd}.,万億千百十]*\\s?(?:${forms})`, 'gu');
  const asked = new Set(question.match(pattern));
  return (text) => (text.match(pattern) ?? []).some((match) => !asked.has(match));
}

function splitWords(text: string): readonly string[] {
  return text.match(/[\p{L}\p{M}\p{Nd}.,'’-]+/gu) ?? [];
}
