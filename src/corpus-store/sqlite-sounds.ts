import { bucketOf, compareSounds, soundOf } from '../language/sound.ts';
import { soundingWords, letterRuns } from '../language/sounding-words.ts';
import type { Sqlite } from '../sqlite.ts';
import type { SoundAlike, SoundingTerm } from './corpus-store.ts';

/** Chosen on questions with known passages: below the first, and further behind the best, most pairs are chance. */
const MIN_SIMILARITY = 0.8;
const MAX_BEHIND_BEST = 0.03;
const MAX_ALIKE = 3;

/** Rows known to be stored, so that frequent words are not written again with every document. */
const MOST_REMEMBERED = 200_000;

/** Adds to the sounding terms. `committed` is to be called once they are certain to stay. */
export function soundWriter(sqlite: Sqlite): { write(terms: readonly SoundingTerm[]): void; committed(): void } {
  const insert = sqlite.prepare(
    'INSERT OR IGNORE INTO sounding_terms (bucket, script, sound, term) VALUES (@bucket, @script, @sound, @term)',
  );
  const stored = new Set<string>();
  let fresh = new Set<string>();
  return {
    write(terms) {
      for (const row of terms) {
        const key = `${row.script} ${row.sound} ${row.term}`;
        if (stored.has(key) || fresh.has(key)) continue;
        fresh.add(key);
        insert.run(row);
      }
    },
    committed() {
      if (stored.size + fresh.size > MOST_REMEMBERED) stored.clear();
      for (const key of fresh) stored.add(key);
      fresh = new Set();
    },
  };
}

interface Candidate extends SoundAlike {
  readonly script: string;
}

/** Compares a word with the terms of its bucket in other scripts. Terms that left the index are passed over. */
export function soundFinder(sqlite: Sqlite): (word: string) => SoundAlike[] {
  const others = sqlite.prepare<[string, string], { term: string; script: string; sound: string }>(
    'SELECT term, script, sound FROM sounding_terms WHERE bucket = ? AND script <> ?',
  );
  const held = sqlite.prepare<[string], number>('SELECT 1 FROM chunk_vocabulary WHERE term = ?').pluck();
  return (word) => {
    const found = new Map<string, Candidate>();
    const heard = new Set<string>();
    for (const { term: asked, script: from, roman } of [...letterRuns(word)].flatMap(soundingWords)) {
      // Where all of a word is found, its parts would only add chance.
      if ([...heard].some((whole) => whole !== asked && whole.includes(asked))) continue;
      const sound = soundOf(roman);
      for (const { term, script, sound: other } of others.iterate(bucketOf(sound), from)) {
        const similarity = compareSounds(sound, other, found.get(term)?.similarity ?? MIN_SIMILARITY);
        if (similarity === 0) continue;
        found.set(term, { term, script, similarity });
        heard.add(asked);
      }
    }
    return selectBest([...found.values()], (term) => held.get(term) !== undefined);
  };
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
