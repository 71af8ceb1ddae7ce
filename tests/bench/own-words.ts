import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { readQuestions } from '../eval/question-set.ts';
import type { DataSet } from './data-set.ts';

const QUESTIONS = 'tests/eval/questions.jsonl';
const frontMatter = z.object({ title: z.string(), language: z.string().default('en') });

/** The shipped corpus, and the questions of the evaluation that are put the way people ask. */
export function readOwnWords(corpusFolder: string): DataSet {
  const documents = readdirSync(corpusFolder)
    .filter((name) => name.endsWith('.md') && name !== 'SOURCES.md')
    .map((name) => readBrief(join(corpusFolder, name), name.replace(/\.md$/, '')));
  const known = new Set(documents.map(({ id }) => id));
  const asked = readQuestions(QUESTIONS).filter(
    ({ wording, gold_docs: gold, history, asOf }) =>
      wording === 'own' && gold.length > 0 && history.length === 0 && asOf === undefined,
  );
  return {
    name: 'own-words',
    documents,
    queries: asked.map(({ id, question, lang }) => ({ id, text: question, lang: lang.slice(0, 2) })),
    judged: new Map(
      asked.map(({ id, gold_docs: gold }) => [
        id,
        new Map(gold.flatMap((document) => siblingsOf(document, known)).map((document) => [document, 1])),
      ]),
    ),
  };
}

/** The document, and the same in other languages. */
function siblingsOf(document: string, known: ReadonlySet<string>): string[] {
  const stem = document.replace(/-(?:hi|ja|ta)$/, '');
  return [stem, `${stem}-hi`, `${stem}-ja`, `${stem}-ta`].filter((id) => known.has(id));
}

function readBrief(path: string, id: string): DataSet['documents'][number] {
  const [, head = '', text = ''] = /^---\n(.*?)\n---\n(.*)$/s.exec(readFileSync(path, 'utf8')) ?? [];
  const { title, language } = frontMatter.parse(parse(head));
  return { id, title, text, lang: language };
}
