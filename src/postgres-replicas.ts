import { AppError } from './errors.ts';
import type { Postgres } from './postgres.ts';

/** Between two looks at standbys that could not be read from. */
const LOOK_MS = 250;
/** How long one that cannot be asked is not asked again. */
const DOWN_MS = 5000;
/** How long one is behind before the operator is told. */
const LONG_BEHIND_MS = 30_000;

/** What searches, and reads documents. */
export type PostgresReader = Pick<Postgres, 'query' | 'transaction'>;

/** A standby, under a name that can be told. */
export interface Standby {
  readonly name: string;
  readonly postgres: Postgres;
}

export interface ReplicatedReader extends PostgresReader {
  /** From now on, nothing older than what the primary has is read: to be called after each write, and at the start. */
  noticeWrite(): Promise<void>;
}

interface Source extends Standby {
  /** The revision that it is known to have, at the least. */
  reached: number;
  downUntil: number;
  behindSince: number | undefined;
  told: string | undefined;
}

/**
 * Reads from one standby; from another, or the primary, when it is away or behind. Readings never go back in time: one
 * source is kept as long as it can be, and the next is taken once it has all that the one before may have shown.
 */
export function createReplicatedReader(
  primary: Postgres,
  standbys: readonly Standby[],
  onNotice: OnNotice,
): ReplicatedReader {
  const sources = createSources(primary, standbys, onNotice);
  const read = async <T>(work: (postgres: Postgres) => Promise<T>): Promise<T> => {
    let source = await sources.choose();
    const result = await work(source.postgres).catch((error: unknown) => {
      if (source === sources.home) throw error;
      giveUp(source, error, onNotice);
      source = sources.home;
      return work(primary);
    });
    if (!sources.isCurrent(source)) await sources.settle(source);
    return result;
  };
  return {
    query: (sql, values) => read((postgres) => postgres.query(sql, values)),
    transaction: (work, settings) => read((postgres) => postgres.transaction(work, settings)),
    // Before a standby is read from again, the primary has to say how far it is.
    noticeWrite: () => sources.settle(sources.home).catch(() => sources.goHome()),
  };
}

interface Sources {
  /** The primary. */
  readonly home: Source;
  isCurrent(source: Source): boolean;
  choose(): Promise<Source>;
  /** Whatever `source` has shown is seen. */
  settle(source: Source): Promise<void>;
  goHome(): void;
}

function createSources(primary: Postgres, standbys: readonly Standby[], onNotice: OnNotice): Sources {
  const begin = { downUntil: 0, behindSince: undefined, told: undefined };
  const home: Source = { ...begin, name: 'primary', postgres: primary, reached: Number.POSITIVE_INFINITY };
  const others = standbys.map((standby): Source => ({ ...begin, ...standby, reached: -1 }));
  const state = { seen: 0, current: home, lookAt: 0 };
  let switching: Promise<Source> | undefined;
  const settle = async (source: Source): Promise<void> => {
    // A standby that cannot say it has nothing that the primary has not.
    const revision = await readRevision(source.postgres).catch(() => readRevision(primary));
    state.seen = Math.max(state.seen, revision);
  };
  const isGood = ({ reached, downUntil }: Source): boolean => downUntil <= Date.now() && reached >= state.seen;
  const look = async (): Promise<Source> => {
    state.lookAt = Date.now() + LOOK_MS;
    await settle(state.current);
    for (const source of others.filter(({ downUntil }) => downUntil <= Date.now())) {
      source.reached = await readRevision(source.postgres).catch((error: unknown) => giveUp(source, error, onNotice));
      noteLag(source, { isBehind: source.reached < state.seen, onNotice });
      if (isGood(source)) return (state.current = source);
    }
    return (state.current = home);
  };
  return {
    home,
    settle,
    isCurrent: (source) => source === state.current,
    async choose() {
      const { current, lookAt } = state;
      if (current === home ? Date.now() < lookAt : isGood(current)) return current;
      switching ??= look().finally(() => (switching = undefined));
      return switching;
    },
    goHome: () => void (state.current = home),
  };
}

type OnNotice = (notice: string) => void;

/** For a while, where it cannot be asked at all; what it has not got yet may be there in a moment. */
function giveUp(source: Source, error: unknown, onNotice: OnNotice): number {
  if (error instanceof AppError && error.status === 503) {
    source.downUntil = Date.now() + DOWN_MS;
    tell(source, `is left out (${error.message})`, onNotice);
  }
  return -1;
}

function noteLag(source: Source, { isBehind, onNotice }: { isBehind: boolean; onNotice: OnNotice }): void {
  if (!isBehind) {
    source.behindSince = undefined;
    tell(source, undefined, onNotice);
    return;
  }
  source.behindSince ??= Date.now();
  if (Date.now() - source.behindSince > LONG_BEHIND_MS) tell(source, 'is left out: it is far behind', onNotice);
}

/** Once, until it changes. */
function tell(source: Source, fault: string | undefined, onNotice: OnNotice): void {
  if (source.told === fault) return;
  source.told = fault;
  onNotice(`The standby ${source.name} ${fault ?? 'is read from again'}.`);
}

async function readRevision(postgres: Postgres): Promise<number> {
  const [row] = await postgres.query<{ revision: number }>('SELECT revision FROM corpus');
  return row?.revision ?? 0;
}
