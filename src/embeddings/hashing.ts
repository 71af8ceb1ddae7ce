import type { Embeddings } from './embeddings.ts';

const DIMENSIONS = 1024;
const SHORTEST_GRAM = 3;
const LONGEST_GRAM = 4;

/**
 * Deterministic vectors without weights: character n-grams of each word, hashed with a sign into 1,024 buckets.
 * Every script is covered; what is matched is spelling, not meaning.
 */
export function createHashingEmbeddings(): Embeddings {
  return {
    id: 'hashing:char-3-4@1',
    dimensions: DIMENSIONS,
    covers: () => true,
    embedQuery: async (text) => embed(text),
    embedDocuments: async (texts) => texts.map(embed),
    close: async () => {},
  };
}

function embed(text: string): number[] {
  const counts = new Map<string, number>();
  for (const gram of grams(text)) counts.set(gram, (counts.get(gram) ?? 0) + 1);
  const vector = Array.from({ length: DIMENSIONS }, () => 0);
  for (const [gram, count] of counts) {
    const hash = fnv1a(gram);
    const bucket = hash % DIMENSIONS;
    const sign = hash & 0x8000_0000 ? -1 : 1;
    vector[bucket] = (vector[bucket] ?? 0) + sign * (1 + Math.log(count));
  }
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((value) => value / length);
}

function* grams(text: string): Generator<string> {
  const normalised = text.normalize('NFKC').toLowerCase();
  for (const [word] of normalised.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    const letters = Array.from(`_${word}_`);
    for (let size = SHORTEST_GRAM; size <= LONGEST_GRAM; size++) {
      for (let i = 0; i + size <= letters.length; i++) yield letters.slice(i, i + size).join('');
    }
  }
}

/** FNV-1a over UTF-16 code units with a final avalanche, so that low bits are as mixed as high ones. */
function fnv1a(text: string): number {
  let hash = 0x811c_9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x0100_0193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
