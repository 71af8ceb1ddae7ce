import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startNativePostgres, whyNoPostgres } from '../support/native-postgres.ts';
import { readArticles } from './vectors.ts';
import { measureEngines, prepareMaterial, type EngineResult } from './scale-engines.ts';
import { measureReplicas, type FailoverResult, type LoadResult } from './scale-replicas.ts';

const QUESTIONS = 200;

/** Both engines side by side at several sizes, and several processes on one database. */
export async function benchScale(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      sizes: { type: 'string', default: '5000,20000,41000' },
      seconds: { type: 'string', default: '15' },
      json: { type: 'string', default: 'tests/bench/out/scale.json' },
    },
  });
  const absent = whyNoPostgres();
  if (absent !== undefined) throw new Error(absent);
  const engines = values.data === undefined ? [] : await compareEngines(resolve(values.data), values.sizes);
  const replicas = Number(values.seconds) > 0 ? await measureReplicas(Number(values.seconds)) : undefined;
  process.stdout.write(renderEngines(engines));
  if (replicas) process.stdout.write(renderReplicas(replicas));
  mkdirSync(dirname(resolve(values.json)), { recursive: true });
  writeFileSync(values.json, `${JSON.stringify({ engines, replicas }, null, 2)}\n`);
}

async function compareEngines(data: string, sizes: string): Promise<EngineResult[]> {
  const results: EngineResult[] = [];
  const server = await startNativePostgres({
    settings: ['shared_buffers=1GB', 'maintenance_work_mem=1GB', 'max_wal_size=4GB'],
  });
  try {
    for (const size of sizes.split(',').map(Number)) {
      const { texts, questions } = readArticles(data, size);
      const material = await prepareMaterial(texts, questions.slice(0, QUESTIONS));
      results.push(...(await measureEngines(material, server, `scale_${size}`)));
    }
  } finally {
    await server.stop();
  }
  return results;
}

const number = (value: number, digits = 1): string => value.toFixed(digits);

function renderEngines(results: readonly EngineResult[]): string {
  if (results.length === 0) return '';
  const head =
    '| engine | chunks | text s | vectors s | index s | MB | words p50 / p95 ms | meaning p50 / p95 ms | filtered p50 / p95 ms | recall@10 |\n' +
    '|---|---|---|---|---|---|---|---|---|---|\n';
  const rows = results.map(({ engine, chunks, seconds, megabytes, words, meaning, filtered, recall }) =>
    [
      '',
      engine,
      chunks,
      number(seconds.text),
      number(seconds.vectors),
      number(seconds.index),
      number(megabytes, 0),
      ...[words, meaning, filtered].map(({ p50, p95 }) => `${number(p50)} / ${number(p95)}`),
      number(recall, 3),
      '',
    ].join(' | '),
  );
  return `${head}${rows.map((row) => row.trim()).join('\n')}\n${renderGrowth(results)}\n`;
}

/** The exponent of the growth of each median with the size, by least squares on logarithms. */
function renderGrowth(results: readonly EngineResult[]): string {
  const lines = [...new Set(results.map(({ engine }) => engine))].map((engine) => {
    const own = results.filter((result) => result.engine === engine);
    const fit = (of: (result: EngineResult) => number): string =>
      number(slopeOf(own.map((result) => [Math.log(result.chunks), Math.log(of(result))])), 2);
    return `${engine}: words grow as n^${fit(({ words }) => words.p50)}, meaning as n^${fit(({ meaning }) => meaning.p50)}, build as n^${fit(
      ({ seconds }) => seconds.text + seconds.vectors + seconds.index,
    )}`;
  });
  return lines.join('\n');
}

function slopeOf(points: readonly (readonly [number, number])[]): number {
  const mean = (of: (point: readonly [number, number]) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [mean(([at]) => at), mean(([, value]) => value)];
  const spread = points.reduce((sum, [at]) => sum + (at - x) ** 2, 0);
  return points.reduce((sum, [at, value]) => sum + (at - x) * (value - y), 0) / spread;
}

function renderReplicas({ loads, failover }: { loads: readonly LoadResult[]; failover: FailoverResult }): string {
  const head = '| load | answered | failed | a second | p50 / p95 ms |\n|---|---|---|---|---|\n';
  const rows = loads.map(
    ({ what, answered, failed, perSecond, latency }) =>
      `| ${what} | ${answered} | ${failed} | ${number(perSecond)} | ${number(latency.p50)} / ${number(latency.p95)} |`,
  );
  const { seconds, failed, wrong, lostConversations } = failover;
  return `${head}${rows.join('\n')}\nPrimary lost: answers again after ${number(seconds)} s; ${failed} failed meanwhile; ${wrong} of 20 answers differ; ${lostConversations} of 10 conversations lost.\n`;
}
