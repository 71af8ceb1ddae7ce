import { expect, test } from 'vitest';
import { ask, type AskDependencies } from '../../../src/ask/ask.ts';
import type { DraftEvent } from '../../../src/chat-model/chat-model.ts';
import type { Passage, Question } from '../../../src/domain.ts';
import { NotFoundError } from '../../../src/errors.ts';
import { passagesFrom } from '../../support/passages.ts';
import { createScriptedModel } from '../../support/scripted-model.ts';
import { storeWith } from '../../support/documents.ts';
import { evenVocabulary } from '../../support/vocabulary.ts';

const QUESTION: Question = { text: 'How many experts come to Japan?', language: 'en', filters: {} };
const PASSAGES = passagesFrom(
  '---\nauthority: official\nstatus: signed\n---\nThe leaders invite 500 experts to Japan by 2030.',
);
const FULL: DraftEvent = { type: 'completeness', completeness: 'full' };
const claim = (text: string, quote: string): DraftEvent => ({
  type: 'claim',
  claim: { text, quotes: [{ passage: 1, quote }] },
});
const GOOD = claim('The leaders invite 500 experts.', 'The leaders invite 500 experts to Japan by 2030.');
const OPTIONS = { publicUrl: 'http://127.0.0.1:1', signal: new AbortController().signal };

async function setUp(events: readonly DraftEvent[], passages: readonly Passage[] = PASSAGES) {
  const { conversations } = await storeWith();
  const chatModel = createScriptedModel(() => events);
  const deps: AskDependencies = {
    conversations,
    vocabulary: evenVocabulary,
    chatModel,
    retriever: { retrieve: async () => [...passages] },
    describeIndex: async () => ({ indexDigest: 'i', embeddings: 'e' }),
  };
  return { deps, chatModel, conversations };
}

test('a verified claim is answered with its citation and a receipt', async () => {
  const { deps } = await setUp([GOOD, FULL]);
  const { answer } = await ask(QUESTION, deps, OPTIONS);
  expect(answer).toMatchObject({
    outcome: 'answered',
    completeness: 'full',
    sentences: [{ text: 'The leaders invite 500 experts.', markers: [1] }],
    citations: [{ marker: 1, documentId: 'doc-1', uri: 'http://127.0.0.1:1/documents/doc-1#0-48' }],
    receipt: { chatModel: 'scripted', indexDigest: 'i', passages: [{ chunkId: 'doc-1#1' }] },
  });
  expect(answer.answer).toBe('The leaders invite 500 experts. [1]');
});

test('a claim that its quote does not support is dropped, and the trace says why', async () => {
  const { deps } = await setUp([
    claim('The leaders invite 900 experts.', 'The leaders invite 500 experts'),
    GOOD,
    FULL,
  ]);
  const { answer, trace } = await ask(QUESTION, deps, OPTIONS);
  expect(answer.sentences).toHaveLength(1);
  expect(trace.rejected).toContainEqual(expect.objectContaining({ text: 'The leaders invite 900 experts.' }));
});

test.each([
  ['no-passages', [GOOD, FULL], []],
  ['model-declined', [{ type: 'completeness', completeness: 'none' }], PASSAGES],
  ['ungrounded', [claim('Invented.', 'never written'), FULL], PASSAGES],
  ['weak-evidence', [GOOD, FULL], PASSAGES.map((passage) => ({ ...passage, similarity: 0 }))],
] as const)('abstains with %s, says so, and cites nothing', async (reason, events, passages) => {
  const { deps } = await setUp(events, passages);
  const question = { ...QUESTION, text: reason === 'weak-evidence' ? 'pizza toppings' : QUESTION.text };
  const { answer } = await ask(question, deps, OPTIONS);
  expect(answer).toMatchObject({ outcome: 'abstained', reason, completeness: 'none', sentences: [], citations: [] });
  expect(answer.answer.length).toBeGreaterThan(20);
  expect(answer.receipt.digest).toMatch(/^[0-9a-f]{64}$/);
});

test('sentences are told one by one, each only after its check', async () => {
  const { deps } = await setUp([claim('Invented.', 'never written'), GOOD, FULL]);
  const told: string[] = [];
  const stages: string[] = [];
  await ask(QUESTION, deps, {
    ...OPTIONS,
    onStage: (name) => stages.push(name),
    onSentence: ({ sentence }) => told.push(sentence.text),
  });
  expect(told).toEqual(['The leaders invite 500 experts.']);
  expect(stages).toEqual(['recall', 'rewrite', 'retrieve', 'select', 'ground', 'suggest', 'compose', 'remember']);
});

test('the same quote keeps its marker, and markers are dense in order of first use', async () => {
  const other = claim('Experts to Japan by 2030.', 'experts to Japan by 2030');
  const { deps } = await setUp([GOOD, other, GOOD, FULL]);
  const { answer } = await ask(QUESTION, deps, OPTIONS);
  expect(answer.sentences.map(({ markers }) => markers)).toEqual([[1], [2], [1]]);
  expect(answer.citations.map(({ marker }) => marker)).toEqual([1, 2]);
});

test('a conversation begins with a token, goes on without one, and remembers its turns', async () => {
  const { deps, conversations } = await setUp([GOOD, FULL]);
  const first = await ask(QUESTION, deps, OPTIONS);
  expect(first.conversationToken).toBeDefined();
  const second = await ask({ ...QUESTION, conversationId: first.conversationId }, deps, OPTIONS);
  expect(second.conversationToken).toBeUndefined();
  expect((await conversations.find(first.conversationId))?.turns).toHaveLength(2);
});

test('an unknown conversation is not found', async () => {
  const { deps } = await setUp([GOOD, FULL]);
  await expect(ask({ ...QUESTION, conversationId: 'unknown' }, deps, OPTIONS)).rejects.toThrow(NotFoundError);
});

test('equal answers have equal receipts, another question has another', async () => {
  const { deps } = await setUp([GOOD, FULL]);
  const digest = async (question: Question) => (await ask(question, deps, OPTIONS)).answer.receipt.digest;
  expect(await digest(QUESTION)).toBe(await digest(QUESTION));
  expect(await digest({ ...QUESTION, text: 'How many experts?' })).not.toBe(await digest(QUESTION));
});

test('when the asker is gone, the model is not asked for more', async () => {
  const { deps } = await setUp([GOOD, FULL]);
  const gone = AbortSignal.abort();
  await expect(ask(QUESTION, deps, { ...OPTIONS, signal: gone })).rejects.toThrow();
});

test('small talk is answered without a search and cites nothing', async () => {
  const { deps } = await setUp([GOOD, FULL]);
  const { answer, trace } = await ask({ ...QUESTION, text: 'thank you!' }, deps, OPTIONS);
  expect(answer).toMatchObject({ outcome: 'abstained', reason: 'out-of-scope', citations: [], suggestions: [] });
  expect(trace.passages).toEqual([]);
});

test('a model that declines with quotes gives a near miss: abstained, and what the corpus does say', async () => {
  const { deps } = await setUp([GOOD, { type: 'completeness', completeness: 'none' }]);
  const { answer } = await ask(QUESTION, deps, OPTIONS);
  expect(answer).toMatchObject({ outcome: 'abstained', reason: 'model-declined', completeness: 'none' });
  expect(answer.citations).toHaveLength(1);
  expect(answer.answer).toMatch(/does not give this[^]*500 experts\. \[1\]/);
});

test('a follow-up is searched with what it leaves unsaid, and the turn keeps what was typed', async () => {
  const { deps, chatModel, conversations } = await setUp([GOOD, FULL]);
  const { conversationId } = await ask({ ...QUESTION, text: 'What is the expert plan?' }, deps, OPTIONS);
  const { answer } = await ask({ ...QUESTION, text: 'Who signed it?', conversationId }, deps, OPTIONS);
  expect(answer.standaloneQuestion).toBe('Who signed the expert plan?');
  expect(chatModel.requests.at(-1)?.question).toBe(answer.standaloneQuestion);
  expect((await conversations.find(conversationId))?.turns.at(-1)?.question).toBe('Who signed it?');
});
