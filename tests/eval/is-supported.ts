/** At least this share of a sentence's words stands in its evidence. */
const LEAST_SHARE = 0.5;
const NUMBER = /\d+(?:[.,]\d+)*/g;
/** Words long enough to carry meaning; inflected forms agree in their first letters. */
const WORD = /[\p{L}\p{M}]{4,}/gu;
const STEM = 5;
const JAPANESE_RUN = /[\p{Script=Katakana}\p{Script=Han}ー]{2,}/gu;

/**
 * Whether every number and most words of a sentence stand in the evidence. Written apart from the product's own check
 * on purpose: a measure that shares the code it measures repeats its mistakes.
 */
export function isSupported(sentence: string, evidence: string): boolean {
  const numbers = new Set(numbersOf(evidence));
  if (numbersOf(sentence).some((number) => !numbers.has(number))) return false;
  const held = new Set(wordsOf(evidence));
  const words = wordsOf(sentence);
  return words.filter((word) => held.has(word)).length >= words.length * LEAST_SHARE;
}

/** Numbers in plain ASCII, without separators of thousands and leading zeros. */
export function numbersOf(text: string): string[] {
  const ascii = text
    .normalize('NFKC')
    .replaceAll(/[०-९௦-௯]/g, (digit) => String(((digit.codePointAt(0) ?? 0) & 0xf) - 6))
    .replaceAll(/(?<=\d),(?=\d{2,3}(?!\d))/g, '');
  return [...ascii.matchAll(NUMBER)].map(([number]) => number.replace(/^0+(?=\d)/, ''));
}

function wordsOf(text: string): string[] {
  const lower = text.normalize('NFKC').toLowerCase();
  const japanese = [...lower.matchAll(JAPANESE_RUN)].flatMap(([run]) => bigramsOf(run));
  const words = [
    ...lower.replaceAll(/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー]+/gu, ' ').matchAll(WORD),
  ];
  return [...words.map(([word]) => word.slice(0, STEM)), ...japanese];
}

function bigramsOf(run: string): string[] {
  const letters = Array.from(run);
  return letters.slice(1).map((letter, index) => `${letters[index]}${letter}`);
}
