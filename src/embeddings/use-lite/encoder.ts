import { createMatrices, type Factor, type Grid, type Matrices } from './matrices.ts';

/** What the model was trained to read; further tokens are not seen. */
export const MOST_TOKENS = 128;
export const WIDTH = 512;

const HEADS = 4;
const HIDDEN = 1536;
const EPSILON = 1e-6;
/** Floats: the weights at 16 bits, and room for one text. */
const MEMORY = 4_700_000;

/** Finds the one weight whose name holds all these parts. */
export type FindWeight = (...parts: readonly string[]) => Float32Array;

interface Norm {
  readonly scale: Float32Array;
  readonly bias: Float32Array;
}

interface Layer {
  /** Of what comes in; what goes out is `WIDTH` wide. */
  readonly width: number;
  readonly beforeAttention: Norm;
  readonly heads: Factor;
  readonly attended: Factor;
  /** Takes what came in to the width of what goes out. */
  readonly residual: Factor | undefined;
  readonly beforeHidden: Norm;
  readonly hidden: Factor;
  readonly output: Factor;
}

/**
 * Universal Sentence Encoder lite: a transformer of two layers, the mean of its tokens, one layer of tanh.
 * Token ids → a vector of length 1 (of zeros for no tokens), the same to six digits as that of the published graph.
 */
export function createEncoder(find: FindWeight, kernel: WebAssembly.Module): (ids: readonly number[]) => Float32Array {
  const matrices = createMatrices({ kernel, length: MEMORY, mostRows: MOST_TOKENS, longestRow: HIDDEN });
  const { floats, multiply } = matrices;
  const readFactor = createFactorReader(matrices);
  const readLayer = createLayerReader(find, readFactor);
  const layers = [readLayer('Layer_0/', WIDTH / 2), readLayer('Layer_1/', WIDTH)];
  const last = readFactor(find('tanh_layer_0/weights'), find('tanh_layer_0/bias'));
  const embed = createTokenEmbedding(find);
  const rooms = reserveRooms(matrices);
  const attend = createAttention(matrices, rooms);

  function runLayer(layer: Layer, rows: number): void {
    const { width } = layer;
    const { states, normed, wide, mixed, added } = rooms;
    normalise(floats, table(states, rows, width), { to: normed, ...layer.beforeAttention });
    multiply({ rows: table(normed, rows, width), by: layer.heads, to: wide, stride: 3 * width });
    attend(rows, width);
    multiply({ rows: table(mixed, rows, width), by: layer.attended, to: added, stride: WIDTH });
    if (layer.residual) multiply({ rows: table(states, rows, width), by: layer.residual, to: states, stride: WIDTH });
    add(floats, { to: states, from: added, length: rows * WIDTH });
    normalise(floats, table(states, rows, WIDTH), { to: normed, ...layer.beforeHidden });
    multiply({ rows: table(normed, rows, WIDTH), by: layer.hidden, to: wide, stride: HIDDEN, least: 0 });
    multiply({ rows: table(wide, rows, HIDDEN), by: layer.output, to: added, stride: WIDTH });
    add(floats, { to: states, from: added, length: rows * WIDTH });
  }

  return (ids) => {
    const known = ids.slice(0, MOST_TOKENS);
    if (known.length === 0) return new Float32Array(WIDTH);
    floats.set(embed(known), rooms.states);
    for (const layer of layers) runLayer(layer, known.length);
    averageRows(floats, table(rooms.states, known.length, WIDTH), rooms.normed);
    multiply({ rows: table(rooms.normed, 1, WIDTH), by: last, to: rooms.added, stride: WIDTH });
    return unit(floats.slice(rooms.added, rooms.added + WIDTH).map(Math.tanh));
  };
}

function table(start: number, rows: number, columns: number): Grid {
  return { start, rows, columns, rowStride: columns, columnStride: 1 };
}

function createLayerReader(find: FindWeight, readFactor: ReadFactor): (name: string, width: number) => Layer {
  return (name, width) => {
    const norm = (part: string): Norm => ({
      scale: find(name, part, 'layer_norm_scale'),
      bias: find(name, part, 'layer_norm_bias'),
    });
    const factor = (weights: readonly string[], biases: readonly string[]): Factor =>
      readFactor(find(name, ...weights), find(name, ...biases));
    return {
      width,
      beforeAttention: norm('TransformerLayer/layer_prepostprocess'),
      heads: factor(['qkv_transform', 'kernel'], ['qkv_transform', 'bias']),
      attended: factor(['output_transform', 'kernel'], ['output_transform', 'bias']),
      residual: width === WIDTH ? undefined : factor(['dense/kernel'], ['dense/bias']),
      beforeHidden: norm('FFN/layer_prepostprocess'),
      hidden: factor(['FFN/conv1/Tensordot'], ['FFN/conv1/bias']),
      output: factor(['FFN/conv2/Tensordot'], ['FFN/conv2/bias']),
    };
  };
}

type ReadFactor = (weights: Float32Array, biases: Float32Array) => Factor;

/** Weights as they are saved, a row for each number that comes in. */
function createFactorReader({ floats, reserve, reserveFactor, pack }: Matrices): ReadFactor {
  const staging = reserve(WIDTH * HIDDEN);
  return (weights, biases) => {
    const columns = biases.length;
    const depth = weights.length / columns;
    floats.set(weights, staging);
    return pack(table(staging, depth, columns), reserveFactor(columns, depth, biases));
  };
}

type Rooms = Readonly<Record<'states' | 'normed' | 'wide' | 'mixed' | 'added', number>>;

function reserveRooms({ reserve }: Matrices): Rooms {
  const room = (width: number): number => reserve(MOST_TOKENS * width);
  return { states: room(WIDTH), normed: room(WIDTH), wide: room(HIDDEN), mixed: room(WIDTH), added: room(WIDTH) };
}

/** Twice the vector of each token, and where it stands in sines and cosines. */
function createTokenEmbedding(find: FindWeight): (ids: readonly number[]) => Float32Array {
  const vectors = find('Embeddings_en');
  const rates = find('TimingSignal');
  const width = rates.length * 2;
  return (ids) => {
    const embedded = new Float32Array(ids.length * width);
    for (const [position, id] of ids.entries()) {
      for (let i = 0; i < width; i++) {
        const angle = position * (rates[i % rates.length] ?? 0);
        const signal = i < rates.length ? Math.sin(angle) : Math.cos(angle);
        embedded[position * width + i] = 2 * (vectors[id * width + i] ?? 0) + signal;
      }
    }
    return embedded;
  };
}

/** From queries, keys and values, side by side in `wide`, to what each token takes from the others, in `mixed`. */
function createAttention(matrices: Matrices, { wide, mixed }: Rooms): (rows: number, width: number) => void {
  const { floats, reserve, reserveFactor, pack, multiply } = matrices;
  const weights = reserve(MOST_TOKENS * MOST_TOKENS);
  const keys = reserveFactor(MOST_TOKENS, WIDTH / HEADS);
  const values = reserveFactor(WIDTH / HEADS, MOST_TOKENS);
  return (rows, width) => {
    const columns = width / HEADS;
    const part = (which: number, head: number): Grid => ({
      ...table(wide + which * width + head * columns, rows, columns),
      rowStride: 3 * width,
    });
    for (let head = 0; head < HEADS; head++) {
      const by = pack(transpose(part(1, head)), keys);
      const grid = { ...table(weights, rows, rows), rowStride: by.columns };
      multiply({ rows: part(0, head), by, to: weights, stride: by.columns, scale: 1 / Math.sqrt(columns) });
      softmax(floats, grid);
      multiply({ rows: grid, by: pack(part(2, head), values), to: mixed + head * columns, stride: width });
    }
  };
}

function transpose({ start, rows, columns, rowStride, columnStride }: Grid): Grid {
  return { start, rows: columns, columns: rows, rowStride: columnStride, columnStride: rowStride };
}

function add(floats: Float32Array, { to, from, length }: { to: number; from: number; length: number }): void {
  for (let i = 0; i < length; i++) floats[to + i] = (floats[to + i] ?? 0) + (floats[from + i] ?? 0);
}

function averageRows(floats: Float32Array, { start, rows, columns }: Grid, to: number): void {
  for (let column = 0; column < columns; column++) {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += floats[start + row * columns + column] ?? 0;
    floats[to + column] = sum / rows;
  }
}

/** Each row at mean 0 and variance 1, then scaled and shifted. */
function normalise(
  floats: Float32Array,
  { start, rows, columns }: Grid,
  { to, scale, bias }: Norm & { to: number },
): void {
  for (let row = 0; row < rows; row++) {
    const values = floats.subarray(start + row * columns, start + (row + 1) * columns);
    const { mean, variance } = describe(values);
    const factor = 1 / Math.sqrt(variance + EPSILON);
    const target = to + row * columns;
    for (let i = 0; i < columns; i++) {
      floats[target + i] = ((values[i] ?? 0) - mean) * factor * (scale[i] ?? 0) + (bias[i] ?? 0);
    }
  }
}

function describe(values: Float32Array): { mean: number; variance: number } {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] ?? 0;
  const mean = sum / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += ((values[i] ?? 0) - mean) ** 2;
  return { mean, variance: squares / values.length };
}

/** Each row becomes shares of one; what is behind its columns becomes 0. */
function softmax(floats: Float32Array, { start, rows, columns, rowStride }: Grid): void {
  for (let row = 0; row < rows; row++) {
    const weights = floats.subarray(start + row * rowStride, start + (row + 1) * rowStride);
    let most = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < columns; i++) most = Math.max(most, weights[i] ?? 0);
    let sum = 0;
    for (let i = 0; i < columns; i++) {
      const weight = Math.exp((weights[i] ?? 0) - most);
      weights[i] = weight;
      sum += weight;
    }
    for (let i = 0; i < columns; i++) weights[i] = (weights[i] ?? 0) / sum;
    weights.fill(0, columns);
  }
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return length > 0 ? vector.map((value) => value / length) : vector;
}
