import type { Chunk, SourceDocument } from '../domain.ts';
import { bucketOf, soundOf } from '../language/sound.ts';
import { letterRuns, soundingWords } from '../language/sounding-words.ts';
import { extractTerms } from '../language/terms.ts';
import type { IndexTerms, SoundingTerm } from './corpus-store.ts';

/** Longer runs of letters are no names. */
const LONGEST_WORD = 60;

type TermSource = Pick<SourceDocument, 'title' | 'date'>;
type ChunkSource = Pick<Chunk, 'headings' | 'text'>;

/** Raised when a text gives other terms or sounds than before: the index is then written anew from the stored texts. */
export const TERMS_VERSION = '4';

/** What the lexical index keeps of a document. Depends on nothing but its arguments: any thread can work it out. */
export function indexTerms(document: TermSource, chunks: readonly ChunkSource[]): IndexTerms {
  return {
    title: joinTerms(`${document.title} ${document.date ?? ''}`),
    chunks: chunks.map(({ headings, text }) => ({ headings: joinTerms(headings.join('\n')), body: joinTerms(text) })),
    sounds: [...listSounds(textsOf(document, chunks))],
  };
}

function joinTerms(text: string): string {
  return extractTerms(text).join(' ');
}

function* textsOf({ title }: TermSource, chunks: readonly ChunkSource[]): Generator<string> {
  yield title;
  for (const { headings, text } of chunks) yield* [...headings, text];
}

/** What can be heard of texts, each word once. */
function* listSounds(texts: Iterable<string>): Generator<SoundingTerm> {
  const seen = new Set<string>();
  for (const text of texts) {
    for (const word of letterRuns(text)) {
      if (word.length > LONGEST_WORD || seen.has(word)) continue;
      seen.add(word);
      for (const { term, script, roman } of soundingWords(word)) {
        const sound = soundOf(roman);
        yield { bucket: bucketOf(sound), script, sound, term };
      }
    }
  }
}
