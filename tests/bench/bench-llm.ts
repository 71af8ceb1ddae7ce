import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type * as AssistantModule from '../../src/assistant.ts';
import { loadConfig } from '../../src/config.ts';
import { readQuestions } from '../eval/question-set.ts';
import { openRawCall, startFakeModel, timeOurs, type FakeModel, type OursTimes, type RawCall } from './llm.ts';

const OPTIONS = {
  every: { type: 'string', default: '4' },
  rounds: { type: 'string', default: '3' },
  pace: { type: 'string', default: '5' },
  json: { type: 'string', default: 'tests/bench/out/llm.json' },
} as const;

interface Pair {
  readonly ours: OursTimes;
  readonly raw: Awaited<ReturnType<RawCall>>;
}

type Assistant = Awaited<ReturnType<typeof AssistantModule.openAssistant>>;

/** What our pipeline adds to a call of LangChain to the same server, and how soon a verified sentence follows the first token. */
export async function benchLlm(args: readonly string[]): Promise<void> {
  const { every, rounds, pace, json } = parseArgs({ args: [...args], options: OPTIONS }).values;
  const questions = readQuestions('tests/eval/questions.jsonl')
    .filter(({ lang, history, asOf }) => lang === 'en' && history.length === 0 && asOf === undefined)
    .filter((_question, i) => i % Number(every) === 0)
    .map(({ question }) => question);
  const model = await startFakeModel();
  const { assistant, close } = await openBenchAssistant(model.url);
  try {
    const raw = await openRawCall(model.url);
    await runPairs(questions.slice(0, 5), { assistant, model, raw }, 1);
    const instant = await runPairs(questions, { assistant, model, raw }, Number(rounds));
    await model.setPause(Number(pace));
    const paced = await runPairs(questions.slice(0, 20), { assistant, model, raw }, 1);
    const result = { overhead: describeOverhead(instant), firstSentence: describeFirst(paced, Number(pace)) };
    process.stdout.write(render(result));
    mkdirSync(dirname(resolve(json)), { recursive: true });
    writeFileSync(json, `${JSON.stringify(result, null, 2)}\n`);
  } finally {
    model.stop();
    await close();
  }
}

/** The built assistant in this process, on the shipped corpus, its vectors made. */
async function openBenchAssistant(url: string): Promise<{ assistant: Assistant; close: () => Promise<void> }> {
  const built = new URL('../../dist/assistant.js', import.meta.url).href;
  const { openAssistant } = (await import(built)) as typeof AssistantModule;
  const folder = await mkdtemp(join(tmpdir(), 'concordat-bench-'));
  const config = loadConfig({ INDEX_DIR: folder, LLM: 'openai:fake', LLM_BASE_URL: `${url}/v1`, LLM_RETRIES: '0' });
  const assistant = await openAssistant(config, (notice) => process.stderr.write(`${notice}\n`));
  await assistant.ingest(config.CORPUS_DIR);
  await assistant.embed();
  const close = async (): Promise<void> => {
    await assistant.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { assistant, close };
}

/** Each question both ways, who is first in turn. Answers that ask no model are left out. */
async function runPairs(
  questions: readonly string[],
  { assistant, model, raw }: { assistant: Assistant; model: FakeModel; raw: RawCall },
  rounds: number,
): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for (const [i, question] of questions.entries()) {
    const tried = await timeOurs(assistant, question);
    if (Number.isNaN(tried.firstTokenMs) || tried.sentences === 0) continue;
    const sent = await model.lastSent();
    for (let round = 0; round < rounds; round++) {
      const oursFirst = (i + round) % 2 === 0;
      const before = oursFirst ? await timeOurs(assistant, question) : undefined;
      const alone = await raw(sent);
      pairs.push({ ours: before ?? (await timeOurs(assistant, question)), raw: alone });
    }
  }
  return pairs;
}

function describeOverhead(pairs: readonly Pair[]) {
  return {
    pairs: pairs.length,
    raw: spread(pairs.map(({ raw }) => raw.totalMs)),
    modelStage: spread(pairs.map(({ ours, raw }) => ours.groundMs - raw.totalMs)),
    withoutSearch: spread(pairs.map(({ ours, raw }) => ours.totalMs - ours.searchMs - raw.totalMs)),
    search: spread(pairs.map(({ ours }) => ours.searchMs)),
    everything: spread(pairs.map(({ ours, raw }) => ours.totalMs - raw.totalMs)),
  };
}

function describeFirst(pairs: readonly Pair[], pauseMs: number) {
  return {
    pairs: pairs.length,
    pauseMs,
    rawFirstToken: spread(pairs.map(({ raw }) => raw.firstTokenMs)),
    firstToken: spread(pairs.map(({ ours }) => ours.firstTokenMs)),
    firstSentence: spread(pairs.map(({ ours }) => ours.firstSentenceMs)),
    wholeReply: spread(pairs.map(({ ours }) => ours.groundMs)),
  };
}

interface Spread {
  readonly p50: number;
  readonly p95: number;
}

function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN) * 100) / 100;
  return { p50: at(0.5), p95: at(0.95) };
}

function render({
  overhead,
  firstSentence,
}: {
  overhead: ReturnType<typeof describeOverhead>;
  firstSentence: ReturnType<typeof describeFirst>;
}): string {
  const row = (name: string, { p50, p95 }: Spread): string =>
    `${name.padEnd(72)}${p50.toFixed(2).padStart(10)}${p95.toFixed(2).padStart(10)}\n`;
  return [
    `${`milliseconds, ${overhead.pairs} pairs, a model that writes at once`.padEnd(72)}${'p50'.padStart(10)}${'p95'.padStart(10)}\n`,
    row('LangChain alone: the same request, read to its end', overhead.raw),
    row('what asking and checking adds (prompt, limits, claims, checks, citations)', overhead.modelStage),
    row('what everything but search adds', overhead.withoutSearch),
    row('search, for the question and for suggestions', overhead.search),
    row('what everything adds', overhead.everything),
    `\n${firstSentence.pairs} pairs, a model that writes 8 letters every ${firstSentence.pauseMs} ms; from the request to the model\n`,
    row('LangChain alone: first token', firstSentence.rawFirstToken),
    row('first token', firstSentence.firstToken),
    row('first verified sentence', firstSentence.firstSentence),
    row('whole reply, verified', firstSentence.wholeReply),
  ].join('');
}
