import { bucketOf, compareSounds, soundOf } from '../language/sound.ts';
import { letterRuns, soundingWords, type SoundingWord } from '../language/sounding-words.ts';
import type { SoundAlike, SoundingTerm } from './corpus-store.ts';

/** Chosen on questions with known passages: below the first, and further behind the best, most pairs are chance. */
const MIN_SIMILARITY = 0.8;
const MAX_BEHIND_BEST = 0.03;
const MAX_ALIKE = 3;
/** A Latin word that the index does not have is taken to be misspelt; shorter ones are as near to many others. */
const MISSPELT = { similarity: 0.82, letters: 5 };
/** No script: terms of all. */
const NONE = '';

interface Candidate extends SoundAlike {
  readonly script: string;
}

/** The buckets that hold what a word may sound like. */
export function bucketsOf(word: string): string[] {
  return [...letterRuns(word)].flatMap(soundingWords).map(({ roman }) => bucketOf(soundOf(roman)));
}

/**
 * Compares a word with the terms of its buckets in other scripts, and chooses; a Latin word that the index does not have
 * also with those of its own, as it may be misspelt. `listOthers` gives the terms of a bucket in other scripts than the
 * given, `isHeld` whether the index still has a term.
 */
export function compareSounding(
  word: string,
  listOthers: (bucket: string, script: string) => Iterable<Omit<SoundingTerm, 'bucket'>>,
  isHeld: (term: string) => boolean,
): SoundAlike[] {
  const found = new Map<string, Candidate>();
  const heard = new Set<string>();
  for (const { term: asked, script: from, roman } of [...letterRuns(word)].flatMap(soundingWords)) {
    // Where all of a word is found, its parts would only add chance.
    if ([...heard].some((whole) => whole !== asked && whole.includes(asked))) continue;
    const sound = soundOf(roman);
    const passedOver = mayBeMisspelt({ term: asked, script: from, roman }, isHeld) ? NONE : from;
    for (const { term, script, sound: other } of listOthers(bucketOf(sound), passedOver)) {
      const similarity = compareSounds(sound, other, found.get(term)?.similarity ?? leastOf(script === from));
      if (similarity === 0) continue;
      found.set(term, { term, script, similarity });
      heard.add(asked);
    }
  }
  return selectBest([...found.values()], isHeld);
}

function mayBeMisspelt({ term, script, roman }: SoundingWord, isHeld: (term: string) => boolean): boolean {
  return script === 'latin' && roman.length >= MISSPELT.letters && !isHeld(term);
}

function leastOf(isOwnScript: boolean): number {
  return isOwnScript ? MISSPELT.similarity : MIN_SIMILARITY;
}

/** The best of each script and what is close behind. */
function selectBest(candidates: readonly Candidate[], isHeld: (term: string) => boolean): SoundAlike[] {
  const best = new Map<string, number>();
  const alike: SoundAlike[] = [];
  for (const { term, script, similarity } of candidates.toSorted(compareCandidates)) {
    if (alike.length === MAX_ALIKE) break;
    if (similarity < (best.get(script) ?? 0) - MAX_BEHIND_BEST || !isHeld(term)) continue;
    if (!best.has(script)) best.set(script, similarity);
    alike.push({ term, similarity });
  }
  return alike;
}

function compareCandidates(a: Candidate, b: Candidate): number {
  return b.similarity - a.similarity || (a.term < b.term ? -1 : 1);
}
