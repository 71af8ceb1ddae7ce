import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMatrices, type Grid } from '../../../../src/embeddings/use-lite/matrices.ts';

const bytes = await readFile(new URL('../../../../dist/embeddings/use-lite/multiply.wasm', import.meta.url));
const kernel = await WebAssembly.compile(bytes);

const table = (start: number, rows: number, columns: number): Grid => ({
  start,
  rows,
  columns,
  rowStride: columns,
  columnStride: 1,
});

/** Row by row and column by column, as it is defined. */
function multiplyPlainly(a: readonly number[][], b: readonly number[][], biases: readonly number[]): number[][] {
  return a.map((row) =>
    biases.map((bias, column) => row.reduce((sum, value, i) => sum + value * (b[i]?.[column] ?? 0), bias)),
  );
}

test('a product is that of the definition, within a thousandth of the lengths of its vectors', () => {
  const sizes = fc.record({
    rows: fc.integer({ min: 1, max: 13 }),
    depth: fc.integer({ min: 1, max: 40 }),
    columns: fc.integer({ min: 1, max: 19 }),
    seed: fc.integer({ min: 1, max: 1e6 }),
    size: fc.constantFrom(1e-3, 1, 1e4),
  });
  fc.assert(
    fc.property(sizes, ({ rows, depth, columns, seed, size }) => {
      let state = seed;
      const next = (): number => ((state = (state * 48_271) % 2_147_483_647) / 2_147_483_647 - 0.5) * size;
      const matrix = (height: number, width: number): number[][] =>
        Array.from({ length: height }, () => Array.from({ length: width }, next));
      const [a, b, [biases = []]] = [matrix(rows, depth), matrix(depth, columns), matrix(1, columns)];
      const matrices = createMatrices({ kernel, length: 65_536, mostRows: 16, longestRow: 48 });
      const width = Math.ceil(depth / 8) * 8;
      const left = { ...table(matrices.reserve(rows * width), rows, depth), rowStride: width };
      for (const [row, values] of a.entries()) matrices.floats.set(values, left.start + row * width);
      const right = table(matrices.reserve(depth * columns), depth, columns);
      matrices.floats.set(b.flat(), right.start);
      const by = matrices.pack(right, matrices.reserveFactor(columns, depth, Float32Array.from(biases)));
      const to = matrices.reserve((rows + 3) * by.columns);
      matrices.multiply({ rows: left, by, to, stride: by.columns });
      const tolerance = 1e-3 * depth * size * size + 1e-6 * size;
      for (const [row, expected] of multiplyPlainly(a, b, biases).entries()) {
        for (const [column, value] of expected.entries()) {
          const got = matrices.floats[to + row * by.columns + column] ?? Number.NaN;
          expect(Math.abs(got - value)).toBeLessThanOrEqual(tolerance);
        }
      }
    }),
  );
});

test('a row or column of zeros gives its bias, and nothing is less than asked', () => {
  const matrices = createMatrices({ kernel, length: 65_536, mostRows: 4, longestRow: 8 });
  const rows = table(matrices.reserve(16), 2, 8);
  matrices.floats.set([0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1], rows.start);
  const grid = table(matrices.reserve(16), 8, 2);
  matrices.floats.set([0, -1, 0, -1, 0, -1, 0, -1, 0, -1, 0, -1, 0, -1, 0, -1], grid.start);
  const by = matrices.pack(grid, matrices.reserveFactor(2, 8, Float32Array.of(0.5, 0.25)));
  const to = matrices.reserve(64);
  matrices.multiply({ rows, by, to, stride: 8, least: 0 });
  expect(matrices.floats.slice(to, to + 2)).toEqual(Float32Array.of(0.5, 0.25));
  expect(matrices.floats.slice(to + 8, to + 10)).toEqual(Float32Array.of(0.5, 0));
});

test('what does not fit is refused', () => {
  const matrices = createMatrices({ kernel, length: 16_384, mostRows: 4, longestRow: 8 });
  expect(() => matrices.reserve(1e6)).toThrow(RangeError);
});
