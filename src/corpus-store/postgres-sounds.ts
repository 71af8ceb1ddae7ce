import type { Queries } from '../postgres.ts';
import { bucketsOf, compareSounding } from './compare-sounding.ts';
import type { SoundAlike, SoundingTerm } from './corpus-store.ts';
import { encodeRows } from '../postgres-values.ts';

type Row = SoundingTerm & { readonly held: boolean };

/** Terms of the index that sound like words in another script, all words in one request. */
export async function findSoundAlikes(
  postgres: Queries,
  words: readonly string[],
): Promise<ReadonlyMap<string, readonly SoundAlike[]>> {
  const distinct = [...new Set(words)];
  const buckets = [...new Set(distinct.flatMap(bucketsOf))];
  const rows = buckets.length === 0 ? [] : await listBuckets(postgres, buckets);
  const byBucket = new Map(buckets.map((bucket) => [bucket, rows.filter((row) => row.bucket === bucket)]));
  const held = new Set(rows.filter((row) => row.held).map(({ term }) => term));
  const listOthers = (bucket: string, from: string): Row[] =>
    (byBucket.get(bucket) ?? []).filter(({ script }) => script !== from);
  return new Map(distinct.map((word) => [word, compareSounding(word, listOthers, (term) => held.has(term))]));
}

function listBuckets(postgres: Queries, buckets: readonly string[]): Promise<Row[]> {
  return postgres.query<Row>(
    `SELECT bucket, script, sound, term,
       EXISTS (SELECT 1 FROM terms WHERE terms.term = sounding_terms.term AND chunks > 0) AS held
     FROM sounding_terms WHERE bucket = ANY($1) ORDER BY bucket, script, sound, term`,
    [buckets],
  );
}

/** To be called within the transaction that writes the terms. */
export async function writeSounds(transaction: Queries, sounds: readonly SoundingTerm[]): Promise<void> {
  if (sounds.length === 0) return;
  await transaction.query(
    `INSERT INTO sounding_terms (bucket, script, sound, term)
     SELECT DISTINCT bucket, script, sound, term
     FROM json_to_recordset($1) AS heard (bucket text, script text, sound text, term text) ON CONFLICT DO NOTHING`,
    [encodeRows(sounds)],
  );
}
