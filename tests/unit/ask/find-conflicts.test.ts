import { expect, test } from 'vitest';
import { ask } from '../../../src/ask/ask.ts';
import { createExtractiveModel } from '../../../src/chat-model/extractive.ts';
import { passagesFrom } from '../../support/passages.ts';
import { storeWith } from '../../support/documents.ts';
import { evenVocabulary } from '../../support/vocabulary.ts';

const document = (day: string, authority: string, date: string): string =>
  `---\ntitle: Harbour office (${authority})\nauthority: ${authority}\ndate: "${date}"\n---\nThe harbour office in Kobe opens on ${day} with a public fair.`;

async function answerFrom(...texts: string[]) {
  const { conversations } = await storeWith();
  const passages = passagesFrom(...texts);
  const chatModel = createExtractiveModel(evenVocabulary);
  const retriever = { retrieve: async () => [...passages] };
  const describeIndex = async () => ({ indexDigest: 'i', embeddings: 'e' });
  const question = { text: 'When does the harbour office in Kobe open?', language: 'en', filters: {} } as const;
  const options = { publicUrl: 'http://127.0.0.1:1', signal: new AbortController().signal };
  const deps = { conversations, vocabulary: evenVocabulary, chatModel, retriever, describeIndex };
  return (await ask(question, deps, options)).answer;
}

test('two documents that differ are both quoted, and the later and the more official are named', async () => {
  const answer = await answerFrom(
    document('3 May 2027', 'official', '2026-01-10'),
    document('9 June 2027', 'news', '2026-08-01'),
  );
  expect(answer.outcome).toBe('answered');
  expect(answer.conflicts).toMatchObject([{ sides: [{ marker: 1 }, { marker: 2 }] }]);
  expect(answer.answer).toContain('3 May 2027');
  expect(answer.answer).toContain('9 June 2027');
  expect(answer.answer).toContain('The later one is “Harbour office (news)”.');
  expect(answer.answer).toContain('The more official one is “Harbour office (official)”.');
});

test('documents that agree are no conflict', async () => {
  const answer = await answerFrom(
    document('3 May 2027', 'official', '2026-01-10'),
    document('3 May 2027', 'news', '2026-08-01'),
  );
  expect(answer.conflicts).toEqual([]);
});
