import { drawLines, type Panel } from './draw-lines.ts';
import { ENGINES } from './scale-engines.ts';
import type { EngineResult } from './scale-step.ts';

const COLOURS = { embedded: '#0b5fa5', postgresql: '#b3541e' } as const;
/** What grows with the corpus. */
const GROWING: readonly { readonly title: string; readonly of: (result: EngineResult) => number }[] = [
  { title: 'By words, p50, ms', of: ({ words }) => words.p50 },
  { title: 'By words, p95, ms', of: ({ words }) => words.p95 },
  { title: 'By meaning, p50, ms', of: ({ meaning }) => meaning.p50 },
  { title: 'By meaning, p95, ms', of: ({ meaning }) => meaning.p95 },
  { title: 'By meaning of nine in ten, p50, ms', of: ({ filtered }) => filtered.p50 },
  { title: 'Built in, s', of: ({ seconds }) => seconds.text + seconds.vectors + seconds.index },
  { title: 'Memory, MB', of: ({ memory }) => memory },
  { title: 'Disk, MB', of: ({ megabytes }) => megabytes },
];
const HEAD =
  '| engine | chunks | text s | vectors s | index s | disk MB | memory MB | words p50 / p95 ms | meaning p50 / p95 ms | filtered p50 / p95 ms | recall@10 |\n' +
  '|---|---|---|---|---|---|---|---|---|---|---|\n';

const number = (value: number, digits = 1): string => value.toFixed(digits);

/** A table, and below it how each column grows. */
export function renderEngines(results: readonly EngineResult[]): string {
  if (results.length === 0) return '';
  const rows = results.map(({ engine, chunks, seconds, megabytes, memory, words, meaning, filtered, recall }) => {
    const times = [seconds.text, seconds.vectors, seconds.index].map((value) => number(value));
    const rooms = [megabytes, memory].map((value) => number(value, 0));
    const latencies = [words, meaning, filtered].map(({ p50, p95 }) => `${number(p50)} / ${number(p95)}`);
    return `| ${[engine, chunks, ...times, ...rooms, ...latencies, number(recall, 3)].join(' | ')} |\n`;
  });
  return `${HEAD}${rows.join('')}${renderGrowth(results)}`;
}

function renderGrowth(results: readonly EngineResult[]): string {
  const lines = ENGINES.map((engine) => {
    const fits = GROWING.map(({ title, of }) => `${title.replace(/, \w+$/, '')} n^${fitGrowth(results, engine, of)}`);
    return `${engine} grows: ${fits.join('; ')}\n`;
  });
  return lines.join('');
}

/** The exponent of the growth with the number of chunks, by least squares on logarithms. */
function fitGrowth(results: readonly EngineResult[], engine: string, of: (result: EngineResult) => number): string {
  const own = results.filter((result) => result.engine === engine);
  return number(slopeOf(own.map((result) => [Math.log(result.chunks), Math.log(of(result))])), 2);
}

function slopeOf(points: readonly (readonly [number, number])[]): number {
  const mean = (of: (point: readonly [number, number]) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [mean(([at]) => at), mean(([, value]) => value)];
  const spread = points.reduce((sum, [at]) => sum + (at - x) ** 2, 0);
  return points.reduce((sum, [at, value]) => sum + (at - x) * (value - y), 0) / spread;
}

export function plotEngines(results: readonly EngineResult[]): Promise<Buffer> {
  const panels = GROWING.map(({ title, of }): Panel => ({
    title,
    lines: ENGINES.map((engine) => ({
      name: `${engine}, n^${fitGrowth(results, engine, of)}`,
      colour: COLOURS[engine],
      points: results.filter((result) => result.engine === engine).map((result) => [result.chunks / 1000, of(result)]),
    })),
  }));
  return drawLines(panels, 'thousands of chunks');
}
