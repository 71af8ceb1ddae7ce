/** The parts of an answer that one reply holds; where some must be left out, the words that say so come last. */
export function fitReply<T>(parts: readonly T[], fits: (parts: readonly T[]) => boolean, words: T): readonly T[] {
  for (let count = parts.length; count > 0; count--) {
    const kept = count === parts.length ? parts : [...parts.slice(0, count), words];
    if (fits(kept)) return kept;
  }
  return [words];
}
