import type { Authority } from './answer-view.ts';
import { element } from './element.ts';

/** Authority is told by shape and words; its colour only repeats them. */
const AUTHORITIES: Readonly<Record<Authority, { readonly shape: string; readonly words: string }>> = {
  primary: { shape: '◆', words: 'Primary source' },
  official: { shape: '●', words: 'Official source' },
  news: { shape: '▲', words: 'News source' },
  commentary: { shape: '○', words: 'Commentary' },
};

export function authorityBadge(authority: Authority): HTMLElement {
  const { shape, words } = AUTHORITIES[authority];
  return element('span', { class: `badge ${authority}` }, [
    element('span', { 'aria-hidden': 'true', class: 'shape' }, [shape]),
    ` ${words}`,
  ]);
}

/** `in-force` as “In force”. */
export function inWords(term: string): string {
  const words = term.replaceAll(/[-_]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `2026-07-02` as “2 July 2026”; less exact dates as exactly as they are known. */
export function dateInWords(date: string | null): HTMLElement {
  if (date === null) return element('span', {}, ['Date unknown']);
  const [year = '', month, day] = date.split('-');
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'UTC',
    year: 'numeric',
    ...(month !== undefined && { month: 'long' }),
    ...(day !== undefined && { day: 'numeric' }),
  });
  const moment = new Date(`${year}-${month ?? '01'}-${day ?? '01'}T00:00:00Z`);
  return element('time', { datetime: date }, [Number.isNaN(moment.valueOf()) ? date : format.format(moment)]);
}

/** `ja` as “Japanese”; a tag that is none stays as it is. */
export function languageInWords(tag: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u],
  ['hi', /\p{Script=Devanagari}/u],
  ['ta', /\p{Script=Tamil}/u],
];

/** The language to read a text in, by its first letters; undefined: that of the page. */
export function languageOf(text: string): string | undefined {
  const beginning = text.slice(0, 40);
  return SCRIPTS.find(([, script]) => script.test(beginning))?.[0];
}
