/** Weights that bring a loss down: Adam, whole batches, from `start`, with a quadratic pull towards `prior`. */
export function descend(
  gradient: (weights: Float64Array) => Float64Array,
  { start, prior, pull, steps }: { start: Float64Array; prior: Float64Array; pull: Float64Array; steps: number },
): Float64Array {
  const weights = Float64Array.from(start);
  const mean = new Float64Array(weights.length);
  const square = new Float64Array(weights.length);
  for (let step = 1; step <= steps; step++) {
    const slope = gradient(weights);
    const rate = step > steps * 0.7 ? 0.02 : 0.1;
    for (let k = 0; k < weights.length; k++) {
      const g = at(slope, k) + at(pull, k) * (at(weights, k) - at(prior, k));
      mean[k] = 0.9 * at(mean, k) + 0.1 * g;
      square[k] = 0.99 * at(square, k) + 0.01 * g * g;
      const [m, v] = [at(mean, k) / (1 - 0.9 ** step), at(square, k) / (1 - 0.99 ** step)];
      weights[k] = at(weights, k) - (rate * m) / (Math.sqrt(v) + 1e-8);
    }
  }
  return weights;
}

export function at(values: ArrayLike<number>, i: number): number {
  return values[i] ?? 0;
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < b.length; k++) sum += at(a, k) * at(b, k);
  return sum;
}

/** FNV-1a with a finish: cases of one document fall on one side of a split. */
export function isHeldOut(key: string): boolean {
  let hash = 2166136261;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 16777619);
  hash = Math.imul(hash ^ (hash >>> 13), 0x5bd1e995);
  return ((hash ^ (hash >>> 15)) >>> 0) % 2 !== 0;
}
