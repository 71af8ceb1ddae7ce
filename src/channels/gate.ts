import { setImmediate as nextTurn } from 'node:timers/promises';

/** Lets work begin one at a time, and only when nobody waits to be acknowledged. */
export interface Gate {
  /** A request has come. */
  notice(): void;
  /** Resolves when it is this one's turn. */
  pass(): Promise<void>;
}

/** Turns of the event loop in which a request that has reached the machine reaches us. */
const TURNS = 3;
/** Under a steady stream of requests work begins nevertheless. */
const LONGEST_WAIT_MS = 2_000;

/** Composing an answer keeps the process busy for a while; a tool that waits for its acknowledgement goes first. */
export function createGate(): Gate {
  let noticed = 0;
  let last: Promise<void> = Promise.resolve();
  const calm = async (): Promise<void> => {
    const untilMs = Date.now() + LONGEST_WAIT_MS;
    for (let before = -1; before !== noticed && Date.now() < untilMs;) {
      before = noticed;
      for (let turn = 0; turn < TURNS; turn++) await nextTurn();
    }
  };
  return {
    notice: () => void noticed++,
    pass() {
      last = last.then(calm);
      return last;
    },
  };
}
