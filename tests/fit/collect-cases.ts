import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { PassageFilters } from '../../src/domain.ts';
import { readDataSet } from '../bench/data-set.ts';
import { readQuestions } from '../eval/question-set.ts';
import { openCorpus, type OpenCorpus, type Prepared } from './open-corpus.ts';

/** A question with what the extractive model sees of it, and what tells right from wrong. */
export interface FitCase extends Prepared {
  readonly id: string;
  /** The set it is from; what is reported is reported by set. */
  readonly set: string;
  /** `removed`: asked of a corpus without its gold documents; `outside`: of another corpus. */
  readonly kind: 'answerable' | 'unanswerable' | 'adversarial' | 'removed' | 'outside';
  readonly gold: readonly string[];
  /** Any string of a group satisfies it; a unit answers as far as it satisfies groups. */
  readonly groups: readonly (readonly string[])[];
}

interface Asked {
  readonly id: string;
  readonly text: string;
  readonly kind: FitCase['kind'];
  readonly gold: readonly string[];
  readonly groups: readonly (readonly string[])[];
  readonly filters?: PassageFilters;
}

interface PublicQuery {
  readonly _id: string;
  readonly text: string;
  readonly answers?: readonly string[];
  readonly answerable?: boolean;
}

/** How many questions of each public set are put to the shipped corpus, as ones it cannot answer. */
const OUTSIDE_EVERY = { 'squad2-dev': 20, 'xquad-hi': 4, 'xquad-en': 6, jaquad: 26 } as const;

export interface CollectOptions {
  readonly data: string;
  readonly out: string;
  /** Keep every n-th question. */
  readonly every: number;
}

/** The cases of a public set, asked of its own paragraphs. */
export async function collectPublic(set: string, { data, out, every }: CollectOptions): Promise<FitCase[]> {
  const { documents, judged } = readDataSet(data, set);
  const folder = mkdtempSync(join(tmpdir(), 'concordat-fit-'));
  for (const [i, { id, title, text, lang }] of documents.entries()) {
    const header = `---\nid: ${JSON.stringify(id)}\ntitle: ${JSON.stringify(title)}\nlanguage: ${lang}\n---\n`;
    writeFileSync(join(folder, `${i}.md`), `${header}${text}\n`);
  }
  const corpus = await openCorpus(folder, join(out, `index-${set}`));
  rmSync(folder, { recursive: true });
  const queries = readQueries(data, set).filter((_, i) => i % every === 0);
  const asked = queries.map((query) => toAsked(query, [...(judged.get(query._id)?.keys() ?? [])]));
  const removed = asked.filter(({ kind }, i) => kind === 'answerable' && i % 2 === 0);
  const without = removed.map((query): Asked => ({
    ...query,
    kind: 'removed',
    filters: { documentIds: corpus.documentIds.filter((id) => !query.gold.includes(id)) },
  }));
  const cases = await askAll([...asked, ...without, ...readOutside(data, set)], set, corpus);
  await corpus.close();
  return cases;
}

function toAsked({ _id: id, text, answers = [], answerable = true }: PublicQuery, gold: readonly string[]): Asked {
  return { id, text, kind: answerable ? 'answerable' : 'adversarial', gold, groups: [answers] };
}

/** Only one set brings questions of another corpus. */
function readOutside(data: string, set: string): Asked[] {
  if (set !== 'squad2-dev') return [];
  const queries = readLines(join(data, set, 'queries.out-of-corpus.jsonl'));
  return queries.map(({ _id: id, text }) => ({ id, text, kind: 'outside', gold: [], groups: [] }));
}

/** The questions of evaluation files, and public ones that they cannot answer, asked of the shipped corpus. */
export async function collectOwn(data: string, files: readonly string[], out: string): Promise<FitCase[]> {
  const corpus = await openCorpus('corpus', join(out, 'index-own'));
  const cases: FitCase[] = [];
  for (const file of files) {
    const asked = readQuestions(file)
      .filter(({ history, type }) => history.length === 0 && !['injection', 'out-of-scope', 'smalltalk'].includes(type))
      .map((question): Asked => ({
        id: question.id,
        text: question.question,
        kind: question.type === 'unanswerable' ? 'unanswerable' : 'answerable',
        gold: question.gold_docs,
        groups: question.must_include,
        filters: question.asOf === undefined ? {} : { asOf: question.asOf },
      }));
    cases.push(...(await askAll(asked, basename(file, '.jsonl'), corpus)));
  }
  for (const [set, every] of Object.entries(OUTSIDE_EVERY)) {
    const outside = readQueries(data, set).filter((_, i) => i % every === 0);
    const asked = outside.map(({ _id: id, text }): Asked => ({ id, text, kind: 'outside', gold: [], groups: [] }));
    cases.push(...(await askAll(asked, `${set}-asked-of-own`, corpus)));
  }
  await corpus.close();
  return cases;
}

async function askAll(asked: readonly Asked[], set: string, corpus: OpenCorpus): Promise<FitCase[]> {
  const cases: FitCase[] = [];
  for (const { text, filters, ...rest } of asked) {
    const prepared = await corpus.prepare(text, filters ?? {});
    if (prepared) cases.push({ set, ...rest, ...prepared });
  }
  return cases;
}

export function saveCases(cases: readonly FitCase[], file: string): void {
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, cases.map((one) => `${JSON.stringify(one)}\n`).join(''));
}

export function loadCases(file: string): FitCase[] {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as FitCase);
}

function readQueries(data: string, set: string): PublicQuery[] {
  return readLines(join(data, set, 'queries.jsonl'));
}

function readLines(path: string): PublicQuery[] {
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as PublicQuery);
}
