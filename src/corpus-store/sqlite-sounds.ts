import { bucketOf, compareSounds, soundOf } from '../language/sound.ts';
import { soundingWords, letterRuns } from '../language/sounding-words.ts';
import type { Sqlite } from '../sqlite.ts';
import type { SoundAlike } from './corpus-store.ts';

/** Chosen on questions with known passages: below the first, and further behind the best, most pairs are chance. */
const MIN_SIMILARITY = 0.8;
const MAX_BEHIND_BEST = 0.03;
const MAX_ALIKE = 3;

/** Adds what can be heard of texts to the sounding terms. */
export function soundWriter(sqlite: Sqlite): (texts: Iterable<string>) => void {
  const insert = sqlite.prepare(
    'INSERT OR IGNORE INTO sounding_terms (bucket, script, sound, term) VALUES (@bucket, @script, @sound, @term)',
  );
  return (texts) => {
    const seen = new Set<string>();
    for (const text of texts) {
      for (const word of letterRuns(text)) {
        if (seen.has(word)) continue;
        seen.add(word);
        for (const { term, script, roman } of soundingWords(word)) {
          const sound = soundOf(roman);
          insert.run({ bucket: bucketOf(sound), script, sound, term });
        }
      }
    }
  };
}

/** Compares a word with the terms of its bucket in other scripts. Terms that left the index are passed over. */
export function soundFinder(sqlite: Sqlite): (word: string) => SoundAlike[] {
  const others = sqlite.prepare<[string, string], { term: string; sound: string }>(
    'SELECT term, sound FROM sounding_terms WHERE bucket = ? AND script <> ?',
  );
  const held = sqlite.prepare<[string], number>('SELECT 1 FROM chunk_vocabulary WHERE term = ?').pluck();
  return (word) => {
    const best = new Map<string, number>();
    for (const { script, roman } of [...letterRuns(word)].flatMap(soundingWords)) {
      const sound = soundOf(roman);
      for (const other of others.iterate(bucketOf(sound), script)) {
        const similarity = compareSounds(sound, other.sound, best.get(other.term) ?? MIN_SIMILARITY);
        if (similarity > 0) best.set(other.term, similarity);
      }
    }
    return selectBest(best, (term) => held.get(term) !== undefined);
  };
}

function selectBest(similarities: ReadonlyMap<string, number>, isHeld: (term: string) => boolean): SoundAlike[] {
  const alike: SoundAlike[] = [];
  for (const [term, similarity] of [...similarities].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))) {
    if (alike.length === MAX_ALIKE || similarity < (alike[0]?.similarity ?? 0) - MAX_BEHIND_BEST) break;
    if (isHeld(term)) alike.push({ term, similarity });
  }
  return alike;
}
