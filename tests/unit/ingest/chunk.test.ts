import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chunkDocument } from '../../../src/ingest/chunk.ts';
import { outline } from '../../../src/ingest/outline.ts';
import { documentFrom } from '../../support/documents.ts';

const block = fc.oneof(
  fc.lorem({ mode: 'sentences', maxCount: 12 }),
  fc
    .array(fc.lorem({ maxCount: 8 }), { minLength: 1, maxLength: 6 })
    .map((items) => items.map((i) => `- ${i}`).join('\n')),
  fc
    .array(fc.lorem({ maxCount: 6 }), { minLength: 1, maxLength: 5 })
    .map((rows) => ['| a | b |', '| --- | --- |', ...rows.map((row) => `| ${row} | x |`)].join('\n')),
  fc.tuple(fc.integer({ min: 1, max: 4 }), fc.lorem({ maxCount: 4 })).map(([n, title]) => `${'#'.repeat(n)} ${title}`),
  fc.constantFrom('両国は協力する。次の文。', 'यह समझौता है। यह लागू है।', '> a quoted line. Another.', '```\ncode\n```'),
);
const markdown = fc.array(block, { minLength: 1, maxLength: 12 }).map((blocks) => blocks.join('\n\n'));

test('chunks are exact substrings that hold every unit once, in order, and cut none', () => {
  fc.assert(
    fc.property(markdown, (text) => {
      const document = documentFrom(text);
      const chunks = chunkDocument(document);
      for (const chunk of chunks) {
        expect(document.text.slice(chunk.start, chunk.end)).toBe(chunk.text);
        for (const unit of chunk.units) {
          expect(unit.start).toBeGreaterThanOrEqual(chunk.start);
          expect(unit.end).toBeLessThanOrEqual(chunk.end);
        }
      }
      expect(chunks.flatMap(({ units }) => units)).toEqual(
        outline(document.text, document.language).flatMap(({ units }) => units),
      );
      for (const [i, chunk] of chunks.entries()) expect(chunk.start).toBeGreaterThanOrEqual(chunks[i - 1]?.end ?? 0);
      expect(new Set(chunks.map(({ id }) => id)).size).toBe(chunks.length);
    }),
  );
});

test('a chunk knows its title, date and headings, and its text holds none of them', () => {
  const document = documentFrom(
    '---\ntitle: Accord\ndate: 2026-07-02\n---\n# Accord\n\n## Goals\n### Talent\nInvite 500 experts.\n',
  );
  const [chunk] = chunkDocument(document);
  expect(chunk?.headings).toEqual(['Accord', 'Goals', 'Talent']);
  expect(chunk?.context).toBe('Accord (2026-07-02) › Goals › Talent');
  expect(chunk?.text).toBe('Invite 500 experts.');
});

test('a sentence longer than the target stays whole', () => {
  const sentence = `The parties ${'agree and '.repeat(300)}sign.`;
  const chunks = chunkDocument(documentFrom(`First.\n\n${sentence}\n\nLast.`));
  expect(chunks.map(({ text }) => text.trim())).toContain(sentence);
});

test('chunks of one section touch, those of another do not', () => {
  const long = Array.from({ length: 40 }, (_, i) => `- Item ${i} is a sentence of some length, about one thing.`).join(
    '\n',
  );
  const chunks = chunkDocument(documentFrom(`## One\n${long}\n\n## Two\nOther text.`));
  const [last] = chunks.slice(-1);
  expect(chunks.length).toBeGreaterThan(2);
  for (const [i, chunk] of chunks.slice(0, -1).entries()) {
    const next = chunks[i + 1];
    expect(chunk.end === next?.start).toBe(next !== last);
  }
});

test('the same words under another title have another digest', () => {
  const [a] = chunkDocument(documentFrom('---\ntitle: A\n---\nThe parties agree.'));
  const [b] = chunkDocument(documentFrom('---\ntitle: B\n---\nThe parties agree.'));
  expect(a?.text).toBe(b?.text);
  expect(a?.digest).not.toBe(b?.digest);
});
