/** Numbers in the memory of `Matrices`; places and strides count floats. */
export interface Grid {
  readonly start: number;
  readonly rows: number;
  readonly columns: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

/** What rows are multiplied by: 16-bit numbers in panels of eight columns, with a scale and a bias a column. */
export interface Factor {
  readonly columns: number;
  /** Half the numbers of a column. */
  readonly pairs: number;
  readonly panels: number;
  readonly scales: number;
  readonly biases: number;
}

export interface Product {
  /** Side by side (`columnStride` 1), and as wide as the factor is deep, to the next multiple of eight. */
  readonly rows: Grid;
  readonly by: Factor;
  /** Where the result goes, and how far its rows are apart. Up to three rows behind the last are overwritten. */
  readonly to: number;
  readonly stride: number;
  /** Multiplies every product before its bias is added. */
  readonly scale?: number;
  /** No result is less than this. */
  readonly least?: number;
}

/** Floats in one memory, and their products by a kernel in WebAssembly (`multiply.wat`). */
export interface Matrices {
  readonly floats: Float32Array;
  /** A place for so many floats. */
  readonly reserve: (length: number) => number;
  /** A factor of this size, still to be packed. */
  readonly reserveFactor: (columns: number, depth: number, biases?: Float32Array) => Factor;
  /** Packs a grid, whose columns become those of the factor, into one that is at least as large. */
  readonly pack: (grid: Grid, into: Factor) => Factor;
  readonly multiply: (product: Product) => void;
}

export interface MatricesOptions {
  readonly kernel: WebAssembly.Module;
  /** Floats of all that is reserved. */
  readonly length: number;
  /** The most rows of a product, and the most numbers of a row. */
  readonly mostRows: number;
  readonly longestRow: number;
}

/**
 * Vectors no longer than this have inner products that 32 bits hold (Cauchy–Schwarz), so that numbers may use the
 * whole range of 16 bits: the error is about a ten thousandth of the vectors' lengths.
 */
const LONGEST = 46_000;
const LARGEST = 32_767;
const PAGE_BYTES = 65_536;
/** The kernel multiplies rows in fours and columns in eights, and reads eight numbers at a time. */
const TILE_ROWS = 4;
const TILE_COLUMNS = 8;
const LANES = 8;

interface Kernel {
  readonly multiply: (...numbers: number[]) => void;
  readonly quantise: (...numbers: number[]) => void;
}

export function createMatrices({ kernel, length, mostRows, longestRow }: MatricesOptions): Matrices {
  const memory = new WebAssembly.Memory({ initial: Math.ceil((length * 4) / PAGE_BYTES) });
  const { multiply, quantise } = new WebAssembly.Instance(kernel, { env: { memory } }).exports as unknown as Kernel;
  const floats = new Float32Array(memory.buffer);
  const reserve = createReserve(floats.length);
  const packColumn = createColumnPacker(memory.buffer);
  const left = { values: reserve((mostRows * longestRow) / 2), scales: reserve(mostRows) };
  return {
    floats,
    reserve,
    reserveFactor(columns, depth, biases) {
      const width = roundUp(columns, TILE_COLUMNS);
      const pairs = roundUp(depth, LANES) / 2;
      const panels = reserve(width * pairs);
      const factor = { columns: width, pairs, panels, scales: reserve(width), biases: reserve(width) };
      if (biases) floats.set(biases, factor.biases);
      return factor;
    },
    pack({ start, rows, columns, rowStride, columnStride }, into) {
      const factor = { ...into, columns: roundUp(columns, TILE_COLUMNS), pairs: roundUp(rows, LANES) / 2 };
      floats.fill(0, factor.panels, factor.panels + factor.columns * factor.pairs);
      for (let column = 0; column < columns; column++) {
        const lane = column % TILE_COLUMNS;
        const to = factor.panels * 2 + (column - lane) * factor.pairs * 2 + lane * 2;
        const from = { start: start + column * columnStride, stride: rowStride, length: rows };
        floats[factor.scales + column] = packColumn(from, to);
      }
      return factor;
    },
    multiply({ rows: { start, rows, rowStride }, by, to, stride, scale = 1, least = Number.NEGATIVE_INFINITY }) {
      const places = [left.values, left.scales].map((at) => at * 4);
      quantise(start * 4, rows, by.pairs * 2, rowStride * 4, ...places, LONGEST, scale);
      const [values = 0, scales = 0] = places;
      const sizes = [roundUp(rows, TILE_ROWS), by.columns, by.pairs];
      multiply(...sizes, values, by.panels * 4, to * 4, stride * 4, scales, by.scales * 4, by.biases * 4, least);
    },
  };
}

function createReserve(length: number): Matrices['reserve'] {
  let used = 0;
  return (count) => {
    const start = used;
    used = roundUp(start + count, TILE_ROWS);
    if (used > length) throw new RangeError(`${used} floats do not fit into ${length}.`);
    return start;
  };
}

/** Writes a column at 16 bits into its lane of a panel, and gives what one unit of it is worth. */
function createColumnPacker(
  buffer: ArrayBuffer,
): (from: { start: number; stride: number; length: number }, to: number) => number {
  const floats = new Float32Array(buffer);
  const shorts = new Int16Array(buffer);
  return ({ start, stride, length }, to) => {
    let squares = 0;
    let largest = 0;
    for (let i = 0, at = start; i < length; i++, at += stride) {
      const value = floats[at] ?? 0;
      squares += value * value;
      largest = Math.max(largest, Math.abs(value));
    }
    if (largest === 0) return 0;
    const scale = Math.min(LONGEST / Math.sqrt(squares), LARGEST / largest);
    for (let i = 0, at = start; i < length; i++, at += stride) {
      shorts[to + (i >> 1) * 2 * TILE_COLUMNS + (i & 1)] = Math.round((floats[at] ?? 0) * scale);
    }
    return 1 / scale;
  };
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
