import type { Language } from '../domain.ts';
import { comparableText } from './comparable-text.ts';
import { detectLanguage } from './detect-language.ts';
import { keyOf } from './form-key.ts';
import { loadGlossary, type GlossaryEntry } from './glossary.ts';
import { createLexicon, type Forms, type Lexicon } from './lexicon.ts';
import { findForms } from './translate.ts';

let known: Lexicon | undefined;

/**
 * The names of people, places, bodies and instruments that a text holds, as the glossary writes them in a language: whole
 * where the text has the whole name, else in the shortest form, so that a namesake is not given another's first name.
 * `written`: the text with its capitals, where it has lost them.
 */
export function namesIn(text: string, language: Language, written = text): string[] {
  known ??= createLexicon(
    loadGlossary()
      .entries.filter(isName)
      .map((entry) => Object.values(entry).flat()),
  );
  const plain = comparableText(text);
  const capitals = capitalsOf(written);
  const named = findForms(text, known).filter((forms) => forms.some((form) => stands(form, { plain, capitals })));
  return [...new Set(named.flatMap((forms) => showIn(language, forms, plain) ?? []))];
}

const CAPITAL = /(?<![\p{L}\p{N}])\p{Lu}[\p{L}\p{N}]*/gu;
const ACRONYM = /^\p{Lu}[\p{Lu}\p{N}]+$/u;

/** The words with a capital, as they stand and as they are looked up. */
function capitalsOf(text: string): ReadonlySet<string> {
  return new Set((text.match(CAPITAL) ?? []).flatMap((word) => [word, keyOf(word)]));
}

/** Whether a name stands in a text as a name: "used" and "us" are not the US, nor is "may" a month. */
function stands(
  form: string,
  { plain, capitals }: { readonly plain: string; readonly capitals: ReadonlySet<string> },
): boolean {
  const words = form.match(CAPITAL) ?? [];
  if (words.length === 0) return plain.includes(comparableText(form));
  return words.every((word) => capitals.has(ACRONYM.test(word) ? word : keyOf(word)));
}

function showIn(language: Language, forms: Forms, plain: string): string | undefined {
  const candidates = forms.filter((form) => detectLanguage(form) === language);
  const held = forms.filter((form) => plain.includes(comparableText(form)));
  const isWhole = held.some((form) => isWholeName(form, forms));
  return isWhole ? candidates[0] : candidates.toSorted((a, b) => a.length - b.length)[0];
}

/** As long as the longest in its language, give or take a spelling. */
function isWholeName(form: string, forms: Forms): boolean {
  const peers = forms.filter((other) => detectLanguage(other) === detectLanguage(form));
  const words = (text: string): number => text.split(' ').length;
  return form === peers[0] || words(form) > 1 || peers.every((peer) => words(peer) === 1 && peer.length <= form.length);
}

/** Names have a capital letter in every English form. */
function isName({ en }: GlossaryEntry): boolean {
  return en.every((form) => /^\p{Lu}/u.test(form));
}
