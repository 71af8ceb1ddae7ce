import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { sha256 } from '../../src/digest.ts';
import { readFormat } from '../../src/ingest/formats/read-format.ts';
import { ingestByCommand } from './measure-ingest.ts';
import { unpackTreaties } from './treaties.ts';

/** Sentences and rows picked from the printed pages by eye, kept as digests: the filings are not ours to copy. */
const sentenceSchema = z.array(z.object({ file: z.string(), page: z.number(), words: z.number(), sha256: z.string() }));
type Sentence = z.infer<typeof sentenceSchema>[number];

/** What is lost and what is left over when web pages and PDFs are read. */
export async function benchFormats(args: readonly string[]): Promise<void> {
  const { data } = parseArgs({ args: [...args], options: { data: { type: 'string' } } }).values;
  if (data === undefined) throw new Error('--data DIR is missing.');
  await comparePages(resolve(data));
  await findSentences(join(resolve(data), 'pdf-financebench'));
  await ingestTinyFiles(10_000);
}

async function ingestTinyFiles(count: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-bench-tiny-'));
  const files = Array.from({ length: count }, (_, i) => `note-${i}.md`);
  for (const [i, file] of files.entries()) writeFileSync(join(folder, file), `Note ${i} tells of port ${i % 97}.`);
  try {
    const { chunks, seconds, cpuSeconds, peakMegabytes } = await ingestByCommand({ folder, files, megabytes: 0 });
    process.stdout.write(
      `${count} tiny files: ${chunks} chunks in ${seconds.toFixed(0)} s (processor ${cpuSeconds.toFixed(0)} s), peak ${peakMegabytes.toFixed(0)} MB\n`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Pages with navigation, banners and footers, beside the same agreements in Markdown. */
async function comparePages(data: string): Promise<void> {
  const treaties = unpackTreaties(data);
  const pages = join(data, 'treaties-html');
  const sum = { kept: 0, wanted: 0, extra: 0, got: 0 };
  try {
    for (const name of readdirSync(pages)) {
      const twin = treaties.files.find((file) => file.endsWith(name.replace(/html$/, 'md')));
      if (twin === undefined) throw new Error(`${name} has no twin.`);
      const { text } = await readFormat({ name, bytes: readFileSync(join(pages, name)) });
      const [got, wanted] = [countRuns(text), countRuns(readFileSync(join(treaties.folder, twin), 'utf8'))];
      sum.kept += shared(wanted, got);
      sum.wanted += total(wanted);
      sum.extra += total(got) - shared(got, wanted);
      sum.got += total(got);
    }
  } finally {
    rmSync(treaties.folder, { recursive: true, force: true });
  }
  const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(2)} %`;
  process.stdout.write(
    `web pages: ${percent(sum.kept, sum.wanted)} of ${sum.wanted} runs of three words kept (at least 99 %), ` +
      `${percent(sum.extra, sum.got)} of what was read is not in the twins (at most 1 %)\n`,
  );
}

/** Runs of three words, with how often each occurs. */
function countRuns(text: string): Map<string, number> {
  const words = wordsOf(text);
  const counts = new Map<string, number>();
  for (let i = 0; i + 3 <= words.length; i++) {
    const run = words.slice(i, i + 3).join(' ');
    counts.set(run, (counts.get(run) ?? 0) + 1);
  }
  return counts;
}

function shared(counts: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): number {
  return [...counts].reduce((sum, [run, count]) => sum + Math.min(count, other.get(run) ?? 0), 0);
}

function total(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

async function findSentences(folder: string): Promise<void> {
  const sentences = sentenceSchema.parse(
    JSON.parse(readFileSync(new URL('filing-sentences.json', import.meta.url), 'utf8')),
  );
  const files = readdirSync(folder);
  let [found, onPage] = [0, 0];
  for (const file of files) {
    const { text, pageStarts = [] } = await readFormat({ name: file, bytes: readFileSync(join(folder, file)) });
    const pages = pageStarts.map((start, i) => wordsOf(text.slice(start, pageStarts[i + 1])));
    for (const sentence of sentences.filter((one) => one.file === file)) {
      const at = pages.findIndex((words) => holds(words, sentence));
      if (at >= 0) found++;
      if (at + 1 === sentence.page) onPage++;
      else
        process.stdout.write(`  ${file}: sentence of page ${sentence.page} is ${at < 0 ? 'lost' : `on ${at + 1}`}\n`);
    }
  }
  process.stdout.write(
    `${files.length} filings: of ${sentences.length} sentences and rows, ${found} are read whole, ${onPage} on their page\n`,
  );
}

function holds(words: readonly string[], { words: length, sha256: digest }: Sentence): boolean {
  return words.some((_, i) => sha256(words.slice(i, i + length).join(' ')) === digest);
}
