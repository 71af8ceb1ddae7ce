import { existsSync } from 'node:fs';
import { ConfigurationError } from '../errors.ts';
import { readDictionary } from './dictionary-formats.ts';
import { loadGlossary } from './glossary.ts';
import { createLargeLexicon, createLexicon, type Lexicon } from './lexicon.ts';
import { listNames } from './names.ts';
import { createTranslator, type Translator } from './translate.ts';

export interface TranslatorOptions {
  /** Files of dictionaries, in the order in which they are asked. */
  readonly dictionaries?: readonly string[] | undefined;
  readonly onNotice: (notice: string) => void;
}

/** Faults of one file that are told one by one. */
const MOST_FAULTS = 5;

/**
 * The translator of the glossary that ships, the names that the runtime knows, and the dictionaries of the system.
 * @throws ConfigurationError when a dictionary is not there.
 */
export function openTranslator({ dictionaries = [], onNotice }: TranslatorOptions): Translator {
  const missing = dictionaries.find((path) => !existsSync(path));
  if (missing !== undefined) throw new ConfigurationError(`DICTIONARIES names ${missing}, which does not exist.`);
  const { entries, faults } = loadGlossary();
  for (const { line, reason } of faults) onNotice(`Line ${line} of the glossary is left out: ${reason}.`);
  const known = new Set(entries.flatMap(({ en }) => en.map((form) => form.toLowerCase())));
  const names = listNames().filter(({ en }) => en.every((form) => !known.has(form.toLowerCase())));
  const glossary = createLexicon([...entries, ...names].map((entry) => Object.values(entry).flat()));
  const words = createLexicon(loadGlossary('general-words').entries.map((entry) => Object.values(entry).flat()));
  return createTranslator({
    glossary,
    words,
    dictionaries: dictionaries.map((path) => openDictionary(path, onNotice)),
  });
}

/** Read when it is first asked: most questions need none. */
function openDictionary(path: string, onNotice: (notice: string) => void): Lexicon {
  let opened: Lexicon | undefined;
  const open = (): Lexicon => {
    const { entries, faults } = readDictionary(path);
    for (const { line, reason } of faults.slice(0, MOST_FAULTS))
      onNotice(`Line ${line} of ${path} is left out: ${reason}.`);
    if (faults.length > MOST_FAULTS) onNotice(`${faults.length - MOST_FAULTS} further lines of ${path} are left out.`);
    return createLargeLexicon(entries);
  };
  return { find: (key) => (opened ??= open()).find(key) };
}
