import { setImmediate } from 'node:timers/promises';
import type { Embeddings } from './embeddings.ts';

const DIMENSIONS = 1024;
const SHORTEST_GRAM = 3;
const LONGEST_GRAM = 4;
/** Texts embedded between two looks at the event loop: a few milliseconds. */
const SLICE = 16;

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
    async embedDocuments(texts) {
      const vectors: number[][] = [];
      for (const [i, text] of texts.entries()) {
        if (i > 0 && i % SLICE === 0) await setImmediate();
        vectors.push(embed(text));
      }
      return vectors;
    },
    close: async () => {},
  };
}

function embed(text: string): number[] {
  const vector = Array.from({ length: DIMENSIONS }, () => 0);
  for (const [gram, count] of countGrams(text)) {
    const hash = avalanche(gram);
    const bucket = hash % DIMENSIONS;
    const sign = hash & 0x8000_0000 ? -1 : 1;
    vector[bucket] = (vector[bucket] ?? 0) + sign * (1 + Math.log(count));
  }
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return length === 0 ? vector : vector.map((value) => value / length);
}

/** How often each n-gram occurs, by its hash. */
function countGrams(text: string): Map<number, number> {
  const counts = new Map<number, number>();
  const normalised = text.normalize('NFKC').toLowerCase();
  for (const [word] of normalised.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    const letters = Array.from(`_${word}_`);
    for (let start = 0; start + SHORTEST_GRAM <= letters.length; start++) {
      let hash = FNV_START;
      const last = Math.min(letters.length, start + LONGEST_GRAM);
      for (let end = start + 1; end <= last; end++) {
        hash = fnv1a(hash, letters[end - 1] ?? '');
        if (end - start >= SHORTEST_GRAM) counts.set(hash, (counts.get(hash) ?? 0) + 1);
      }
    }
  }
  return counts;
}

const FNV_START = 0x811c_9dc5;

/** FNV-1a over UTF-16 code units, continued. */
function fnv1a(hash: number, text: string): number {
  let next = hash;
  for (let i = 0; i < text.length; i++) next = Math.imul(next ^ text.charCodeAt(i), 0x0100_0193);
  return next;
}

/** So that low bits are as mixed as high ones. */
function avalanche(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  const again = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
  return (again ^ (again >>> 16)) >>> 0;
}
