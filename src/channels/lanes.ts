/** Runs tasks side by side: so many at once, and those of one lane one after another. */
export interface Lanes {
  /** Whether a place is free at all, and the lane is. */
  isFree(lane?: string): boolean;
  run(lane: string, task: () => Promise<void>): Promise<void>;
}

export function createLanes(places: number): Lanes {
  const busy = new Set<string>();
  return {
    isFree: (lane) => busy.size < places && (lane === undefined || !busy.has(lane)),
    async run(lane, task) {
      busy.add(lane);
      try {
        await task();
      } finally {
        busy.delete(lane);
      }
    },
  };
}
