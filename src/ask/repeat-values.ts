import type { Language } from '../domain.ts';
import { comparableText } from '../language/comparable-text.ts';
import { detectLanguage } from '../language/detect-language.ts';
import { findValues } from '../language/find-values.ts';
import { formatValue } from '../language/format-value.ts';
import { namesIn } from '../language/proper-names.ts';
import { isAmount, type Value } from '../language/values.ts';

/** Beside one sentence, so that it stays shorter than the sentence. */
const MOST_REPEATED = 4;

/**
 * For one answer, what to put beside each of its sentences that is in another language than the reader's: its dates,
 * amounts and names as the reader writes them, each once, and no name that the subject tells already (the question and
 * the titles cited); empty where there are none. All of them stand in the sentence: nothing is added to it.
 */
export function createRepeater(subject: string, language: Language): (sentence: string) => string {
  const repeated = new Set(namesIn(subject, language));
  return (sentence) => {
    if (detectLanguage(sentence) === language) return '';
    const plain = comparableText(sentence);
    const found = findValues(plain);
    const values = found
      .filter(({ value }) => isWorthRepeating(value))
      .map(({ value }) => formatValue(value, language));
    const withoutValues = found.reduceRight(
      (text, { start, end }) => `${text.slice(0, start)} ${text.slice(end)}`,
      plain,
    );
    const fresh = [...values, ...namesIn(withoutValues, language, sentence)]
      .filter((form) => !repeated.has(form) && !plain.includes(comparableText(form)))
      .slice(0, MOST_REPEATED);
    for (const form of fresh) repeated.add(form);
    const shown = [...new Set(fresh)];
    if (shown.length === 0) return '';
    return language === 'ja' ? `（${shown.join('、')}）` : ` (${shown.join('; ')})`;
  };
}

/** A year and a share are written with the same figures everywhere. */
function isWorthRepeating(value: Value): boolean {
  return isAmount(value) ? value.unit !== 'percent' : value.month !== undefined;
}
