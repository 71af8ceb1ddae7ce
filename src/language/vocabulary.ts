import { LRUCache } from 'lru-cache';
import type { LexicalIndex } from '../corpus-store/corpus-store.ts';
import { isMostlyLatin } from './is-mostly-latin.ts';
import { letterRuns } from './sounding-words.ts';
import { extractTerms, isEverywhere } from './terms.ts';
import type { Translator } from './translate.ts';

/** One thing that a question names, in the forms it may take in a text of another language. */
export interface Equivalent {
  /** Each form is the terms that all have to occur. */
  readonly forms: readonly (readonly string[])[];
  /** Whether it may as well be about something else. */
  readonly loose?: boolean;
  /** The term of the question that is taken to be misspelt for it. */
  readonly misspelt?: string | undefined;
}

/** What is known of words: how much each tells, and what stands for it elsewhere. */
export interface Vocabulary {
  /** Weight > 0 of each distinct term; rare terms weigh more. */
  weighTerms(terms: readonly string[]): Promise<ReadonlyMap<string, number>>;
  findEquivalents(text: string): Promise<readonly Equivalent[]>;
  /** What is known of a text in English, word by word, with what it has in Latin letters; empty when nothing is. */
  inEnglish(text: string): string;
}

/** How long, and of how many texts, equivalents are remembered: an answer asks for those of its question again and again. */
const REMEMBERED = { max: 16, ttl: 2000 };

/** Equivalents by the glossary, and by sound from the index's own terms in other scripts. */
export function createVocabulary(lexicalIndex: LexicalIndex, translate: Translator): Vocabulary {
  const known = new LRUCache<string, Promise<readonly Equivalent[]>>(REMEMBERED);
  const findEquivalents = async (text: string): Promise<readonly Equivalent[]> => {
    const alike = await lexicalIndex.findSoundAlikes([...letterRuns(text)]);
    const heard = [...alike].map(([word, found]) => readHeard(word, found));
    const own = new Set(extractTerms(text));
    const isNew = (terms: readonly string[]): boolean => terms.some((term) => !own.has(term));
    const named = translate(text).map(({ forms, loose }) => ({ forms: forms.map(extractTerms).filter(isNew), loose }));
    return [...named, ...heard].filter(({ forms }) => forms.length > 0);
  };
  return {
    weighTerms: (terms) => lexicalIndex.weighTerms(terms),
    inEnglish: (text) => glossInEnglish(text, translate),
    findEquivalents(text) {
      const remembered = known.get(text);
      if (remembered) return remembered;
      const finding = findEquivalents(text);
      known.set(text, finding);
      finding.catch(() => known.delete(text));
      return finding;
    },
  };
}

/** Words and numbers as every language may write them. */
const LATIN = /[\p{Script=Latin}\d][\p{Script=Latin}\d.,-]*/gu;

function glossInEnglish(text: string, translate: Translator): string {
  const known = translate(text).flatMap(({ forms }) => forms.find((form) => isMostlyLatin(form)) ?? []);
  return [...(text.normalize('NFKC').match(LATIN) ?? []), ...known].join(' ');
}

/** Latin terms for a Latin word are how it should have been spelt. */
function readHeard(word: string, found: readonly { readonly term: string }[]): Equivalent {
  const forms = found.map(({ term }) => [term]);
  const [own = ''] = extractTerms(word);
  const isMisspelt = isEverywhere(own) && found.some(({ term }) => isEverywhere(term) && term !== own);
  return { forms, misspelt: isMisspelt ? own : undefined };
}
