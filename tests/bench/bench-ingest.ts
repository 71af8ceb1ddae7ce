import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readDataSet } from './data-set.ts';
import { drawLines } from './draw-lines.ts';
import { ingestByCommand, ingestByLangchain, type IngestCost } from './measure-ingest.ts';
import type { Latency } from './measure-serving.ts';
import { serveWithEncoder, type EncoderResult } from './serve-encoder.ts';
import { serveTreaties, type ServingResult } from './serve-treaties.ts';
import { takeShare, unpackTreaties, type TreatyFolder } from './treaties.ts';

const OPTIONS = {
  data: { type: 'string' },
  share: { type: 'string', default: '1' },
  /** Parts of the corpus that are compared with LangChain's pipeline beside the whole; `none`: nothing is compared. */
  shares: { type: 'string', default: '0.25,0.5' },
  'encoder-seconds': { type: 'string', default: '60' },
  'encoder-index': { type: 'string' },
  plot: { type: 'string' },
  json: { type: 'string', default: 'tests/bench/out/ingest.json' },
} as const;

interface IngestResult {
  readonly serving: ServingResult;
  readonly encoder?: EncoderResult;
  readonly costs: readonly IngestCost[];
}

/** 450 agreements of 46.6 million characters: time, memory, room and answers, beside LangChain's stock pipeline. */
export async function benchIngest(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  if (values.data === undefined) throw new Error('--data DIR is missing.');
  const all = unpackTreaties(resolve(values.data));
  const index = mkdtempSync(join(tmpdir(), 'concordat-bench-index-'));
  const corpus = Number(values.share) < 1 ? takeShare(all, Number(values.share)) : all;
  const questions = readDataSet(resolve(values.data, '..'), 'treaty-articles').queries.map(({ text }) => text);
  try {
    const serving = await serveTreaties(corpus, { index, questions });
    process.stdout.write(renderServing(serving));
    const forSeconds = Number(values['encoder-seconds']);
    const encoding = { corpus, questions, forSeconds, encoderIndex: values['encoder-index'] };
    const encoder = forSeconds > 0 ? await serveWithEncoder(join(index, 'concordat.db'), encoding) : undefined;
    if (encoder) process.stdout.write(renderEncoder(encoder));
    const parts = values.shares.split(',').map(Number).filter(Boolean);
    const costs = values.shares === 'none' ? [] : await compareCosts(corpus, { parts, whole: serving.cost });
    const result: IngestResult = { serving, ...(encoder && { encoder }), costs };
    mkdirSync(dirname(resolve(values.json)), { recursive: true });
    writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);
    if (values.plot !== undefined) writeFileSync(values.plot, await plotCosts(costs));
  } finally {
    for (const folder of [all.folder, corpus.folder, index]) rmSync(folder, { recursive: true, force: true });
  }
}

async function compareCosts(
  corpus: TreatyFolder,
  { parts, whole }: { parts: readonly number[]; whole: IngestCost },
): Promise<IngestCost[]> {
  const costs: IngestCost[] = [];
  const tell = (cost: IngestCost): void => {
    costs.push(cost);
    process.stdout.write(row(cost));
  };
  process.stdout.write(
    `${['system', 'corpus MB', 'chunks', 'text s', 'vectors s', 'cpu s', 'peak MB', 'index MB'].map((name) => name.padEnd(11)).join('')}\n`,
  );
  for (const part of parts) {
    const share = takeShare(corpus, part);
    tell(await ingestByCommand(share));
    tell(await ingestByLangchain(share));
    rmSync(share.folder, { recursive: true, force: true });
  }
  tell(whole);
  const theirs = await ingestByLangchain(corpus);
  tell(theirs);
  const ratio = (of: (cost: IngestCost) => number): string => (of(whole) / of(theirs)).toFixed(2);
  process.stdout.write(
    `ours / LangChain's, whole corpus: time ${ratio((cost) => cost.seconds)}, processor ${ratio((cost) => cost.cpuSeconds)}, ` +
      `memory ${ratio((cost) => cost.peakMegabytes)}, index ${ratio((cost) => cost.indexMegabytes)}\n`,
  );
  return costs;
}

function row({ system, textSeconds, ...cost }: IngestCost): string {
  const numbers = [cost.corpusMegabytes, cost.chunks, textSeconds, cost.seconds, cost.cpuSeconds, cost.peakMegabytes];
  const cells = [...numbers, cost.indexMegabytes].map((value) => (value === null ? '–' : value.toFixed(0)).padEnd(11));
  return `${system.padEnd(11)}${cells.join('')}\n`;
}

function renderServing({ cost, meanwhile, search, ask, unchangedSeconds, changedSeconds }: ServingResult): string {
  return [
    `${cost.chunks} chunks of ${cost.corpusMegabytes.toFixed(1)} MB, hashing (limits in brackets)`,
    `  answerable by words after ${cost.textSeconds?.toFixed(0)} s (300), all vectors after ${cost.seconds.toFixed(0)} s (300), ` +
      `processor ${cost.cpuSeconds.toFixed(0)} s, peak ${cost.peakMegabytes.toFixed(0)} MB (2000)`,
    `  search while vectors are made: ${latency(meanwhile)}`,
    `  search: ${latency(search)} (45 / 120)`,
    `  ask: ${latency(ask)} (p95 300)`,
    `  ingest again, unchanged: ${unchangedSeconds.toFixed(1)} s (5); one changed agreement answerable after ${changedSeconds.toFixed(1)} s (3)`,
    '',
  ].join('\n');
}

function renderEncoder({ chunks, rate, meanwhile, resumed, complete }: EncoderResult): string {
  return [
    `sentence encoder: ${rate.toFixed(0)} chunks a second in the background, ${chunks} in ${(chunks / rate / 60).toFixed(0)} min`,
    `  search meanwhile: ${latency(meanwhile)}`,
    `  vectors before kill -9: ${resumed.before}, after a new start: ${resumed.after}`,
    `  with all vectors (${complete.standIns} of them stand-ins): search ${latency(complete.search)} (90 / 200)`,
    `  ask: ${latency(complete.ask)} (p95 300)`,
    '',
  ].join('\n');
}

function latency({ n, p50, p95, most }: Latency): string {
  return `p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, most ${most.toFixed(0)} ms, n ${n}`;
}

function plotCosts(costs: readonly IngestCost[]): Promise<Buffer> {
  const panel = (title: string, of: (cost: IngestCost) => number) => ({
    title,
    lines: (['concordat', 'langchain'] as const).map((system) => ({
      name: system === 'concordat' ? 'Concordat' : 'LangChain, stock',
      colour: system === 'concordat' ? '#0b5fa5' : '#b3541e',
      points: costs.filter((cost) => cost.system === system).map((cost) => [cost.corpusMegabytes, of(cost)] as const),
    })),
  });
  const panels = [
    panel('Seconds until all vectors are on disk', ({ seconds }) => seconds),
    panel('Processor seconds', ({ cpuSeconds }) => cpuSeconds),
    panel('Peak memory, MB', ({ peakMegabytes }) => peakMegabytes),
    panel('Index on disk, MB', ({ indexMegabytes }) => indexMegabytes),
  ];
  return drawLines(panels, 'corpus, MB');
}
