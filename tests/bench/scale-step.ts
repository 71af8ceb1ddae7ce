import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CorpusStore } from '../../src/corpus-store/corpus-store.ts';
import { createExactIndex } from '../../src/vector-index/exact.ts';
import type { NearestChunks } from '../../src/vector-index/nearest-chunks.ts';
import { timeEach, type Latency } from './measure-serving.ts';
import { forgetPeak, peakMegabytes } from './process-cost.ts';
import { MODEL, openEngine, type Engine, type EngineName } from './scale-engines.ts';
import {
  DIMENSIONS,
  embed,
  prepareMaterial,
  prepareQuestions,
  type AskedQuestion,
  type Material,
} from './scale-material.ts';

const BATCH = 100;
const VECTORS = 1000;
const FOUND = 10;
const LIMIT = 60;
const RECALL_QUESTIONS = 50;
/** What is asked before it is timed, so that what is read from disk has been read. */
const WARMING = 20;

/** One engine at one size. */
export interface StepOptions {
  readonly data: string;
  /** Where its store stays between runs. */
  readonly folder: string;
  readonly engine: EngineName;
  readonly size: number;
  /** When to stop, to be gone on with. Milliseconds since the epoch. */
  readonly until: number;
}

export interface StepState {
  readonly published: number;
  /** Text and words, vectors, and the index over them. */
  readonly seconds: { readonly text: number; readonly vectors: number; readonly index: number };
  readonly isBuilt: boolean;
  readonly result?: EngineResult;
}

export interface EngineResult {
  readonly engine: EngineName;
  readonly chunks: number;
  readonly seconds: StepState['seconds'];
  /** On disk. */
  readonly megabytes: number;
  /** The most that this process had while it searched, once it was warm, and what its server had at the end. */
  readonly memory: number;
  readonly words: Latency;
  readonly meaning: Latency;
  readonly filtered: Latency;
  readonly recall: number;
}

const EMPTY: StepState = { published: 0, seconds: { text: 0, vectors: 0, index: 0 }, isBuilt: false };

export const stateFile = (folder: string): string => join(folder, 'state.json');

export function readState(folder: string): StepState {
  return existsSync(stateFile(folder)) ? (JSON.parse(readFileSync(stateFile(folder), 'utf8')) as StepState) : EMPTY;
}

export function saveState(folder: string, state: StepState): void {
  mkdirSync(dirname(stateFile(folder)), { recursive: true });
  writeFileSync(stateFile(folder), `${JSON.stringify(state, null, 2)}\n`);
}

/** Builds until all is there or the time is over; where all is there, searches. */
export async function runStep({ data, folder, engine: name, size, until }: StepOptions): Promise<void> {
  const questions = await prepareQuestions(data);
  const engine = await openEngine(name, folder);
  try {
    let state = readState(folder);
    const keep = (change: Partial<StepState>): void => saveState(folder, (state = { ...state, ...change }));
    const add = async (phase: keyof StepState['seconds'], work: () => Promise<unknown>): Promise<void> => {
      const start = performance.now();
      await work();
      const spent = (performance.now() - start) / 1000;
      state = { ...state, seconds: { ...state.seconds, [phase]: state.seconds[phase] + spent } };
    };
    const isOver = (): boolean => Date.now() > until;
    // Searched in another process, whose memory has not held what building takes.
    if (!state.isBuilt)
      await build(engine, prepareMaterial(data, size), { at: () => state.published, add, keep, isOver });
    else keep({ result: await measure(engine, questions, { name, seconds: state.seconds }) });
  } finally {
    await engine.close();
  }
}

interface Progress {
  readonly at: () => number;
  readonly add: (phase: keyof StepState['seconds'], work: () => Promise<unknown>) => Promise<void>;
  readonly keep: (change: Partial<StepState>) => void;
  readonly isOver: () => boolean;
}

async function build(engine: Engine, material: Material, progress: Progress): Promise<void> {
  const { at, add, keep, isOver } = progress;
  const { store } = engine;
  while (at() < material.size) {
    if (isOver()) return;
    const write = material.take(at(), BATCH);
    await add('text', () => store.publish({ write, relocate: [], remove: [] }));
    keep({ published: at() + write.length });
  }
  for (;;) {
    if (isOver()) return;
    const pending = await store.listPending(MODEL, VECTORS);
    if (pending.length === 0) break;
    await add('vectors', async () => {
      const made = await Promise.all(pending.map(async ({ digest, text }) => ({ digest, vector: await embed(text) })));
      await store.saveVectors(MODEL, made);
    });
    keep({});
  }
  await add('index', () => engine.buildIndex());
  keep({ isBuilt: true });
}

async function measure(
  { store, lexicalIndex, nearest, ...engine }: Engine,
  questions: readonly AskedQuestion[],
  { name, seconds }: { name: EngineName; seconds: StepState['seconds'] },
): Promise<EngineResult> {
  const filters = { kind: ['news'] };
  const byWords = ({ terms }: AskedQuestion) => lexicalIndex.search(terms, { limit: LIMIT, filters: {} });
  const byMeaning = ({ vector }: AskedQuestion) => nearest.find(vector, { limit: LIMIT, filters: {} });
  const among = ({ vector }: AskedQuestion) => nearest.find(vector, { limit: LIMIT, filters });
  for (const search of [byWords, byMeaning, among]) await timeEach(questions.slice(0, WARMING), search);
  // What opening has left behind is not what searching takes.
  globalThis.gc?.();
  forgetPeak();
  const time = (search: (question: AskedQuestion) => Promise<unknown>): Promise<Latency> => timeEach(questions, search);
  const [words, meaning, filtered] = [await time(byWords), await time(byMeaning), await time(among)];
  const memory = peakMegabytes() + engine.serverMegabytes();
  return {
    engine: name,
    chunks: (await store.countChunks(MODEL)).chunks,
    seconds,
    megabytes: await engine.megabytes(),
    memory,
    words,
    meaning,
    filtered,
    recall: await recallOf(store, nearest, questions.slice(0, RECALL_QUESTIONS)),
  };
}

/** The share of the ten nearest by exact search that is among the first ten. */
async function recallOf(
  store: CorpusStore,
  nearest: NearestChunks,
  questions: readonly AskedQuestion[],
): Promise<number> {
  const exact = createExactIndex(DIMENSIONS);
  const labels = await store.listEmbedded(MODEL);
  for (let i = 0; i < labels.length; i += VECTORS)
    exact.add(await store.findVectors(MODEL, labels.slice(i, i + VECTORS)));
  let found = 0;
  for (const { vector } of questions) {
    const least = ((await exact.search(vector, FOUND)).at(-1)?.similarity ?? 1) - 1e-5;
    const hits = await nearest.find(vector, { limit: FOUND, filters: {} });
    found += hits.slice(0, FOUND).filter(({ similarity }) => similarity >= least).length;
  }
  return found / (FOUND * questions.length);
}

const [, , given] = process.argv;
if (given !== undefined && process.argv[1]?.endsWith('scale-step.ts')) await runStep(JSON.parse(given) as StepOptions);
