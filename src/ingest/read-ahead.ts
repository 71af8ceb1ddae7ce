import { availableParallelism } from 'node:os';

/** Works on a few items ahead and gives the results in the order of the items. */
export async function* readAhead<T, R>(items: readonly T[], work: (item: T) => Promise<R>): AsyncGenerator<R> {
  const width = availableParallelism() + 1;
  const under: Promise<R>[] = [];
  try {
    for (const item of items) {
      const begun = work(item);
      // Its failure is seen when its turn comes; until then it is not unhandled.
      begun.catch(() => {});
      under.push(begun);
      const next = under.length >= width ? under.shift() : undefined;
      if (next) yield await next;
    }
    while (under.length > 0) {
      const next = under.shift();
      if (next) yield await next;
    }
  } finally {
    await Promise.allSettled(under);
  }
}
