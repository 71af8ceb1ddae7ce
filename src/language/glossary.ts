import { readFileSync } from 'node:fs';
import { LANGUAGES, type Language } from '../domain.ts';

/** One concept, and the forms it takes in each language: synonyms, spellings, inflections, acronyms. */
export type GlossaryEntry = Readonly<Record<Language, readonly string[]>>;

/** A line that could not be used, counted from one. */
interface GlossaryFault {
  readonly line: number;
  readonly reason: string;
}

interface Glossary {
  readonly entries: readonly GlossaryEntry[];
  readonly faults: readonly GlossaryFault[];
}

const HEADER = LANGUAGES.join('\t');

/** What a form of each column is made of: letters of the language, among which Latin ones may stand. */
const SCRIPT: Readonly<Record<Language, RegExp>> = {
  en: /^[\p{Script=Latin}\P{L}]+$/u,
  hi: /^(?=.*\p{Script=Devanagari})[\p{Script=Devanagari}A-Za-z\P{L}]+$/u,
  ja: /^(?=.*[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}])[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ーA-Za-z\P{L}]+$/u,
  ta: /^(?=.*\p{Script=Tamil})[\p{Script=Tamil}A-Za-z\P{L}]+$/u,
};

/** Acronyms and names that every language writes in Latin letters. */
const ACRONYM = /^[A-Z\d][A-Za-z\d+.-]*$/;

/**
 * Reads a glossary: a header, then a concept a line, a cell a language, forms separated by ` | `; lines that begin
 * with `#` are headings. A broken line is reported with its number, and the rest is used.
 */
export function parseGlossary(text: string): Glossary {
  const entries: GlossaryEntry[] = [];
  const faults: GlossaryFault[] = [];
  const taken = new Map<string, number>();
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  for (const [index, content] of lines.entries()) {
    if (isSkipped(content, index)) continue;
    const line = index + 1;
    const entry = toEntry(content);
    const reason = typeof entry === 'string' ? entry : repeated(entry, taken);
    if (reason !== undefined) faults.push({ line, reason });
    if (reason !== undefined || typeof entry === 'string') continue;
    for (const form of entry.en) taken.set(form.toLowerCase(), line);
    entries.push(entry);
  }
  return { entries, faults };
}

/** The names and terms of agreements, and the words of any text, beside this file. */
export function loadGlossary(name: 'glossary' | 'general-words' = 'glossary'): Glossary {
  return parseGlossary(readFileSync(new URL(`./${name}.tsv`, import.meta.url), 'utf8'));
}

function isSkipped(content: string, index: number): boolean {
  return content.trim() === '' || content.startsWith('#') || (index === 0 && content === HEADER);
}

/** The entry of a line, or what is wrong with it. */
function toEntry(content: string): GlossaryEntry | string {
  const cells = content.split('\t');
  if (cells.length !== LANGUAGES.length) return `${cells.length} cells instead of ${LANGUAGES.length}`;
  const entry: GlossaryEntry = {
    en: formsOf(cells[0]),
    hi: formsOf(cells[1]),
    ja: formsOf(cells[2]),
    ta: formsOf(cells[3]),
  };
  if (entry.en.length === 0) return 'the English cell is empty';
  if (LANGUAGES.every((language) => language === 'en' || entry[language].length === 0)) {
    return 'every cell but the English one is empty';
  }
  return wrongScript(entry) ?? entry;
}

function formsOf(cell = ''): string[] {
  const forms = cell.split('|').map((form) => form.normalize('NFC').trim());
  return [...new Set(forms.filter((form) => form !== ''))];
}

function wrongScript(entry: GlossaryEntry): string | undefined {
  for (const language of LANGUAGES) {
    const stray = entry[language].find((form) => !SCRIPT[language].test(form) && !ACRONYM.test(form));
    if (stray !== undefined) return `"${stray}" is not in the script of the column ${language}`;
  }
  return undefined;
}

function repeated(entry: GlossaryEntry, taken: ReadonlyMap<string, number>): string | undefined {
  for (const form of entry.en) {
    const line = taken.get(form.toLowerCase());
    if (line !== undefined) return `"${form}" already stands on line ${line}`;
  }
  return undefined;
}
