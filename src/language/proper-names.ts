import type { Language } from '../domain.ts';
import { comparableText } from './comparable-text.ts';
import { detectLanguage } from './detect-language.ts';
import { loadGlossary, type GlossaryEntry } from './glossary.ts';
import { createLexicon, type Forms, type Lexicon } from './lexicon.ts';
import { findForms } from './translate.ts';

let known: Lexicon | undefined;

/**
 * The names of people, places, bodies and instruments that a text holds, as the glossary writes them in a language: whole
 * where the text has the whole name, else in the shortest form, so that a namesake is not given another's first name.
 */
export function namesIn(text: string, language: Language): string[] {
  known ??= createLexicon(
    loadGlossary()
      .entries.filter(isName)
      .map((entry) => Object.values(entry).flat()),
  );
  const plain = comparableText(text);
  const shown = findForms(text, known).flatMap((forms) => showIn(language, forms, plain) ?? []);
  return [...new Set(shown)];
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
