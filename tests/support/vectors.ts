/** Vectors around a few centres, the same for the same seed: closer to real embeddings than uniform noise. */
export function randomVectors(count: number, dimensions: number, seed = 1): number[][] {
  const random = randomNumbers(seed);
  const centres = Array.from({ length: 20 }, (_, i) => {
    const own = randomNumbers(1000 + i);
    return Array.from({ length: dimensions }, () => own() - 0.5);
  });
  return Array.from({ length: count }, () => {
    const centre = centres[Math.floor(random() * centres.length)] ?? [];
    return centre.map((value) => value + (random() - 0.5) * 0.6);
  });
}

/** Mulberry32: uniform in [0, 1). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
