import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCli } from '../support/run-cli.ts';
import { randomNumbers } from '../support/vectors.ts';
import { checkIndex, type FoundIndex } from './check-index.ts';

const DOCUMENTS = 30;
/** Of a round: documents that are written anew, added and removed. */
const CHANGED = 24;

export interface Lab {
  readonly corpus: string;
  readonly index: string;
  readonly random: () => number;
}

/** The texts of a corpus by document: what the folder holds. */
export type Texts = ReadonlyMap<string, string>;

/** An index as it was found after an ingest that did not come to its end, and the corpus before and after that. */
export interface Found extends FoundIndex {
  readonly before: Texts;
  readonly after: Texts;
}

/** A corpus and its whole index to spoil, looked at after each time; brought level at the end, and removed. */
export async function spoilIndex(
  seed: number,
  spoil: (lab: Lab, look: () => Promise<Found | undefined>) => Promise<void>,
): Promise<void> {
  const [corpus, index] = ['corpus', 'index'].map((name) => mkdtempSync(join(tmpdir(), `concordat-kill-${name}-`)));
  if (corpus === undefined || index === undefined) throw new Error('There is no room for temporary folders.');
  const lab: Lab = { corpus, index, random: randomNumbers(seed) };
  try {
    for (let i = 0; i < DOCUMENTS; i++) writeDocument(lab, `d${i}`, 0);
    await runToEnd(lab);
    const damage: Damage = { lost: [], unreadable: [], published: readCorpus(corpus) };
    await spoil(lab, () => lookAtRest(lab, damage));
    await runToEnd(lab);
    report(damage, compare(await checkIndex(index), { before: readCorpus(corpus), after: readCorpus(corpus) }));
  } finally {
    for (const folder of [corpus, index]) rmSync(folder, { recursive: true, force: true });
  }
}

/** What was lost or could not be read, in words. */
interface Damage {
  readonly lost: string[];
  readonly unreadable: string[];
  published: Texts;
}

/** The index, when it can be read. */
async function lookAtRest({ corpus, index }: Lab, damage: Damage): Promise<Found | undefined> {
  const [before, after] = [damage.published, readCorpus(corpus)];
  try {
    const found = await checkIndex(index);
    damage.unreadable.push(...found.faults);
    damage.lost.push(...compare(found, { before, after }));
    damage.published = found.texts;
    return { ...found, before, after };
  } catch (error) {
    damage.unreadable.push(String(error));
    return undefined;
  }
}

function report({ lost, unreadable }: Damage, last: readonly string[]): void {
  process.stdout.write(
    `lost documents: ${lost.length}, faults of the index: ${unreadable.length}, not level at the end: ${last.length}\n`,
  );
  for (const line of [...lost, ...unreadable, ...last].slice(0, 20)) process.stdout.write(`  ${line}\n`);
  if (lost.length + unreadable.length + last.length > 0) process.exitCode = 1;
}

/** Documents that are neither as they were nor as they are to be. */
export function compare(
  { texts }: Pick<FoundIndex, 'texts'>,
  { before, after }: { before: Texts; after: Texts },
): string[] {
  const ids = new Set([...before.keys(), ...after.keys(), ...texts.keys()]);
  return [...ids].filter((id) => texts.get(id) !== before.get(id) && texts.get(id) !== after.get(id));
}

/** Some documents have other texts, one is new, one is gone. */
export function changeCorpus(lab: Lab, round: number): void {
  const names = [...readCorpus(lab.corpus).keys()];
  const pick = (): string => names[Math.floor(lab.random() * names.length)] ?? '';
  for (let i = 0; i < CHANGED; i++) writeDocument(lab, pick(), round);
  writeDocument(lab, `new${round}`, round);
  const gone = join(lab.corpus, `${pick()}.md`);
  if (existsSync(gone)) rmSync(gone);
}

function writeDocument({ corpus }: Lab, name: string, round: number): void {
  const articles = Array.from({ length: 60 }, (_, i) => {
    // Most articles stay as they were, as in a real revision.
    const edition = i % 3 === round % 3 ? round : 0;
    return `## Article ${i}\n\n${`Under ${name} the parties grant ${i} licences in edition ${edition}. `.repeat(8)}`;
  });
  writeFileSync(join(corpus, `${name}.md`), `# Treaty ${name}\n\n${articles.join('\n\n').trim()}`);
}

function readCorpus(corpus: string): Texts {
  const files = readdirSync(corpus).filter((file) => file.endsWith('.md'));
  return new Map(files.map((file) => [file.replace(/\.md$/, ''), readFileSync(join(corpus, file), 'utf8')]));
}

async function runToEnd({ corpus, index }: Lab): Promise<void> {
  const child = startCli({ INDEX_DIR: index }, 'ingest', corpus);
  child.stdout?.resume();
  const [code] = (await once(child, 'exit')) as [number];
  if (code !== 0) throw new Error(`The ingest ended with ${code}.`);
}
