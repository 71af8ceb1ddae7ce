import { expect, test } from 'vitest';
import { parseDocument } from '../../../src/ingest/parse.ts';
import { documentFrom } from '../../support/documents.ts';

const parse = (text: string) => parseDocument({ path: '/corpus/a.md', name: 'a.md', text }, 'corpus');

test('a document needs nothing but its text', () => {
  expect(documentFrom('Only words.', 'treaties/My Treaty.txt')).toMatchObject({
    id: 'treaties/My-Treaty',
    title: 'treaties/My-Treaty',
    kind: 'document',
    authority: 'news',
    textKind: 'source',
    status: 'reported',
    date: null,
    language: 'en',
    sources: [],
    origin: 'folder',
    text: 'Only words.',
  });
});

test('the first heading is the title when the front matter has none', () => {
  expect(documentFrom('---\ntitle: ""\n---\n## The *Accord*\ntext')).toMatchObject({ title: 'The Accord' });
});

test('dates and ids that YAML reads as numbers are texts', () => {
  expect(documentFrom('---\nid: 2026\ndate: 2011\n---\ntext')).toMatchObject({ id: '2026', date: '2011' });
});

test('unknown fields and any language are accepted', () => {
  expect(documentFrom('---\nlanguage: pt-BR\nmood: fine\n---\ntexto')).toMatchObject({ language: 'pt-BR' });
});

test('the language follows the script when it is not given', () => {
  expect(documentFrom('यह समझौता लागू है।')).toMatchObject({ language: 'hi' });
});

test('front matter is not part of the text', () => {
  expect(documentFrom('---\ntitle: A\n---\n\n# A\nBody.').text).toBe('\n# A\nBody.');
});

test.each([
  ['---\ntitle: "open\n---\ntext', /not valid YAML/],
  ['---\nauthority: rumour\n---\ntext', /authority/],
  ['---\ndate: soon\n---\ntext', /date: must be YYYY/],
  ['---\nsources:\n  - url: "javascript:alert(1)"\n---\ntext', /sources\.0\.url: must be an http/],
  ['---\nid: "a b"\n---\ntext', /id: must be without spaces/],
  ['---\ntitle: A\n---\n \n', /no text/],
])('%j is left out with a reason', (text, reason) => {
  const parsed = parse(text);
  expect(parsed).toHaveProperty('reason', expect.stringMatching(reason));
  expect(parsed).toHaveProperty('uri', '/corpus/a.md');
});

test('the digest changes with the text and with the metadata, and with nothing else', () => {
  const base = documentFrom('---\ntitle: A\n---\ntext').digest;
  expect(documentFrom('---\ntitle: A\n---\ntext').digest).toBe(base);
  expect(documentFrom('---\ntitle: A\n---\ntexts').digest).not.toBe(base);
  expect(documentFrom('---\ntitle: A\nstatus: signed\n---\ntext').digest).not.toBe(base);
});
