import type { DocumentSketch } from '../corpus-store/corpus-store.ts';
import type { Duplicate } from '../domain.ts';

/** Words in a row that are compared. */
const RUN_LENGTH = 5;
/** Hashes kept of a document: the smallest, which are a fair sample of all. */
const SKETCH_SIZE = 128;
/** From this share of common runs on, documents are reported. */
const NEAR = 0.8;
/** What so many documents share is a form of words, and tells nothing. */
const COMMONPLACE = 50;

/**
 * A sample of a text's runs of five words: the smallest of their hashes, ascending. Two texts share as large a part of
 * their samples as of their runs, give or take 5 %.
 */
export function sketchText(text: string): Uint32Array {
  const hashes = new Set<number>();
  const run: number[] = [];
  for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    run.push(hashWord(word));
    if (run.length < RUN_LENGTH) continue;
    hashes.add(run.reduce((hash, part) => scramble(Math.imul(hash, 31) ^ part), 7));
    run.shift();
  }
  return Uint32Array.from(hashes).toSorted().slice(0, SKETCH_SIZE);
}

/** The share of runs that two texts have in common, as far as their sketches tell. 0–1. */
export function compareSketches(a: Uint32Array, b: Uint32Array): number {
  const union = [...new Set([...a, ...b])].toSorted((x, y) => x - y).slice(0, Math.max(a.length, b.length));
  const [inA, inB] = [new Set(a), new Set(b)];
  const common = union.filter((hash) => inA.has(hash) && inB.has(hash)).length;
  return union.length === 0 ? 0 : common / union.length;
}

/** For each document that was written the one that it resembles most, if any; a pair written together is told once. */
export function findNearDuplicates(written: ReadonlySet<string>, sketches: readonly DocumentSketch[]): Duplicate[] {
  const byHash = new Map<number, DocumentSketch[]>();
  for (const sketch of sketches) for (const hash of sketch.hashes) add(byHash, hash, sketch);
  return sketches
    .filter(({ id }) => written.has(id))
    .flatMap((sketch) => nearestOf(sketch, byHash) ?? [])
    .filter(({ id, of }) => !written.has(of) || of < id)
    .toSorted((a, b) => b.similarity - a.similarity || (a.id < b.id ? -1 : 1));
}

function add(byHash: Map<number, DocumentSketch[]>, hash: number, sketch: DocumentSketch): void {
  const known = byHash.get(hash);
  if (known) known.push(sketch);
  else byHash.set(hash, [sketch]);
}

function nearestOf(
  sketch: DocumentSketch,
  byHash: ReadonlyMap<number, readonly DocumentSketch[]>,
): Duplicate | undefined {
  const shared = new Map<DocumentSketch, number>();
  for (const hash of sketch.hashes) {
    const holders = byHash.get(hash) ?? [];
    if (holders.length > COMMONPLACE) continue;
    for (const other of holders) shared.set(other, (shared.get(other) ?? 0) + 1);
  }
  return [...shared]
    .filter(([{ id }, count]) => id !== sketch.id && count >= sketch.hashes.length / 2)
    .map(([{ id, hashes }]) => ({ id: sketch.id, of: id, similarity: compareSketches(sketch.hashes, hashes) }))
    .filter(({ similarity }) => similarity >= NEAR)
    .toSorted((a, b) => b.similarity - a.similarity || (a.of < b.of ? -1 : 1))[0];
}

/** FNV-1a. */
function hashWord(word: string): number {
  let hash = 0x811c_9dc5;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x0100_0193);
  return hash;
}

/** Mixes all bits into all, so that the smallest hashes are a sample. */
function scramble(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  const again = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
  return (again ^ (again >>> 16)) >>> 0;
}
