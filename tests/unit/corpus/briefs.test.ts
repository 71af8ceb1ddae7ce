import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { chunkDocument } from '../../../src/ingest/chunk.ts';
import { findFiles } from '../../../src/ingest/load.ts';
import { parseDocument } from '../../../src/ingest/parse.ts';

const folder = fileURLToPath(new URL('../../../corpus', import.meta.url));
const { files, rejected } = await findFiles(folder);
const parsed = files.map((file) => parseDocument({ ...file, text: readFileSync(file.path, 'utf8') }, 'corpus'));
const briefs = parsed.filter((result) => 'text' in result);

test('all 49 briefs can be read', () => {
  expect(rejected).toEqual([]);
  expect(parsed.filter((result) => 'reason' in result)).toEqual([]);
  expect(briefs).toHaveLength(49);
});

test('every brief says that it is one, when it is from, and what it rests on', () => {
  for (const brief of briefs) {
    expect(brief, brief.id).toMatchObject({ textKind: 'brief', date: expect.stringMatching(/^\d{4}/) });
    expect(brief.sources.length, brief.id).toBeGreaterThan(0);
  }
});

test('what a brief is related to is in the corpus', () => {
  const ids = new Set(briefs.map(({ id }) => id));
  for (const { id, related } of briefs)
    expect(
      related.filter((other) => !ids.has(other)),
      id,
    ).toEqual([]);
});

test('SOURCES.md lists every source of every brief', () => {
  const listed = readFileSync(`${folder}/SOURCES.md`, 'utf8');
  const missing = briefs.flatMap(({ sources }) =>
    sources.filter(({ url }) => url !== undefined && !listed.includes(url)),
  );
  expect(missing).toEqual([]);
});

test('chunks of the briefs are sections, not fragments', () => {
  const lengths = briefs.flatMap(chunkDocument).map(({ text }) => text.length);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(1500);
  expect(lengths.filter((length) => length < 40)).toEqual([]);
});
