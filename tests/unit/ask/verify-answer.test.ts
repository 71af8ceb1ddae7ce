import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ask } from '../../../src/ask/ask.ts';
import { verifyAnswer } from '../../../src/ask/verify-answer.ts';
import { createExtractiveModel } from '../../../src/chat-model/extractive.ts';
import { sha256 } from '../../../src/digest.ts';
import { readSavedAnswer } from '../../../src/saved-answer.ts';
import { chunkDocument } from '../../../src/ingest/chunk.ts';
import { documentFrom, storeWith } from '../../support/documents.ts';
import { passagesFrom } from '../../support/passages.ts';
import { evenVocabulary } from '../../support/vocabulary.ts';

const ferry = (days: string, more = ''): string =>
  `---\ntitle: Ferry accord\nauthority: official\ndate: "2026-01-10"\n---\n${more}The ferry between Kobe and Mumbai sails on ${days} days. It carries rice.`;
const HARBOUR =
  '---\ntitle: Harbour notes\nauthority: news\ndate: "2026-02-01"\n---\nThe ferry between Kobe and Mumbai was named Asagao.';

/** Answers from these two documents, and verifies against others that took their place. */
async function setUp(...texts: string[]) {
  const documents = texts.map((text, i) => documentFrom(text, `doc-${i + 1}.md`));
  const { store, conversations } = await storeWith(...documents);
  const passages = passagesFrom(...texts);
  const chatModel = createExtractiveModel(evenVocabulary);
  const describeIndex = async () => ({ indexDigest: sha256(await store.corpusDigest()), embeddings: 'e' });
  const retriever = { retrieve: async () => [...passages] };
  const question = { text: 'On which days does the ferry between Kobe and Mumbai sail?', language: 'en', filters: {} };
  const { answer } = await ask(
    { ...question, language: 'en' },
    { conversations, vocabulary: evenVocabulary, chatModel, retriever, describeIndex },
    { publicUrl: 'http://127.0.0.1:1', signal: new AbortController().signal },
  );
  const describeProvenance = async () => ({ ...(await describeIndex()), chatModel: 'extractive', promptDigests: {} });
  return { answer, store, deps: { ...store, describeProvenance } };
}

const codes = ({ findings }: { findings: readonly { code: string }[] }): string[] =>
  [...new Set(findings.map(({ code }) => code))].toSorted();

test('an answer that was kept as it was given is intact, in whatever order its fields were written', async () => {
  const { answer, deps } = await setUp(ferry('10'), HARBOUR);
  expect(answer.outcome).toBe('answered');
  const saved = Object.fromEntries(Object.entries({ askId: 'ask_1', conversationId: 'c', ...answer }).toReversed());
  const verification = await verifyAnswer(readSavedAnswer(JSON.parse(JSON.stringify(saved))), deps);
  expect(verification).toMatchObject({ verdict: 'intact', verified: true, findings: [] });
  expect(verification.checked.quotes).toBe(answer.citations.length);
});

test.each([
  ['a document that is gone', [HARBOUR], ['outdated', 'document-gone']],
  ['a quote that is gone', [ferry('12'), HARBOUR], ['outdated', 'quote-gone']],
  ['a quote that moved', [ferry('10', 'Both sides agree. '), HARBOUR], ['outdated', 'quote-moved']],
  ['another standing', [ferry('10').replace('official', 'news'), HARBOUR], ['outdated', 'document-changed']],
  ['a further document', [ferry('10'), HARBOUR, 'Nothing of ferries.'], ['holds', 'index-changed']],
] as const)('%s is told', async (_name, texts, [verdict, code]) => {
  const { answer } = await setUp(ferry('10'), HARBOUR);
  const named = texts[0] === HARBOUR ? ['Something else.', HARBOUR] : texts;
  const { store, deps } = await setUp(...named);
  if (texts[0] === HARBOUR) await store.publish({ write: [], relocate: [], remove: ['doc-1'] });
  const verification = await verifyAnswer(readSavedAnswer(answer), deps);
  expect(verification.verdict).toBe(verdict);
  expect(codes(verification)).toContain(code);
  for (const { detail } of verification.findings) expect(detail).toMatch(/^.{10,}\.$/s);
});

test('a chunk of another digest is told, and the answer holds', async () => {
  const { answer, deps } = await setUp(ferry('10'), HARBOUR);
  const [chunk] = chunkDocument(documentFrom(ferry('10'), 'doc-1.md'));
  const findChunkDigests = async () => new Map([[chunk?.id ?? '', sha256('other')]]);
  const verification = await verifyAnswer(readSavedAnswer(answer), { ...deps, findChunkDigests });
  expect(verification.verdict).toBe('holds');
  expect(codes(verification)).toEqual(['passage-changed', 'passage-gone']);
});

test('a rewritten sentence is found even when the digest was made again', async () => {
  const { answer, deps } = await setUp(ferry('10'), HARBOUR);
  const forged = { ...answer, answer: answer.answer.replace('on 10 days', 'on 99 days') };
  const sentences = answer.sentences.map((sentence) => ({ ...sentence, text: sentence.text.replace('10', '99') }));
  const verification = await verifyAnswer(readSavedAnswer({ ...forged, sentences }), deps);
  expect(codes(verification)).toContain('sentence-unsupported');
});

/** Every place of a JSON value that holds something else than a list or an object. */
function leavesOf(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, held]) => leavesOf(held, [...path, key]));
}

function replaceAt(value: unknown, path: readonly (string | number)[], change: (leaf: unknown) => unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return change(value);
  const copy: unknown = Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) };
  (copy as Record<string | number, unknown>)[key] = replaceAt(
    (copy as Record<string | number, unknown>)[key],
    rest,
    change,
  );
  return copy;
}

function tamper(leaf: unknown, seed: number): unknown {
  if (typeof leaf === 'number') return leaf + 1 + seed;
  if (typeof leaf !== 'string' || leaf === '') return 'inserted';
  const at = seed % leaf.length;
  const other = leaf.charAt(at) === '7' ? '8' : '7';
  return leaf.slice(0, at) + other + leaf.slice(at + 1);
}

test('whatever is changed in a saved answer, it is found', async () => {
  const { answer, deps } = await setUp(ferry('10'), HARBOUR);
  const leaves = leavesOf(answer);
  await fc.assert(
    fc.asyncProperty(fc.nat(leaves.length - 1), fc.nat(500), async (which, seed) => {
      const tampered = replaceAt(answer, leaves[which] ?? [], (leaf) => tamper(leaf, seed));
      const verdict = await Promise.resolve()
        .then(() => verifyAnswer(readSavedAnswer(tampered), deps))
        .then(({ verified }) => (verified ? 'verified' : 'found'))
        .catch((error: unknown) => (error as Error).name);
      expect(['found', 'InvalidRequestError']).toContain(verdict);
    }),
    { numRuns: 400 },
  );
});

test('what is left out or put in is found', async () => {
  const { answer, deps } = await setUp(ferry('10'), HARBOUR);
  const { suggestions: _left, ...without } = answer;
  for (const saved of [without, { ...answer, verdict: 'checked by experts' }]) {
    expect((await verifyAnswer(readSavedAnswer(saved), deps)).verdict).toBe('altered');
  }
});
