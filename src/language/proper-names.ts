import type { Language } from '../domain.ts';
import { detectLanguage } from './detect-language.ts';
import { loadGlossary, type GlossaryEntry } from './glossary.ts';
import { createLexicon, type Lexicon } from './lexicon.ts';
import { findForms } from './translate.ts';

let known: Lexicon | undefined;

/** The names of people, places, bodies and instruments that a text holds, as the glossary writes them in a language. */
export function namesIn(text: string, language: Language): string[] {
  known ??= createLexicon(
    loadGlossary()
      .entries.filter(isName)
      .map((entry) => Object.values(entry).flat()),
  );
  const shown = findForms(text, known).map((forms) => forms.find((form) => detectLanguage(form) === language));
  return [...new Set(shown.filter((form) => form !== undefined))];
}

/** Names have a capital letter in every English form. */
function isName({ en }: GlossaryEntry): boolean {
  return en.every((form) => /^\p{Lu}/u.test(form));
}
