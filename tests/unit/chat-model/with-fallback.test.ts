import { expect, test } from 'vitest';
import type { ChatModel, DraftEvent } from '../../../src/chat-model/chat-model.ts';
import { withFallback } from '../../../src/chat-model/with-fallback.ts';
import { AppError } from '../../../src/errors.ts';
import { createScriptedModel } from '../../support/scripted-model.ts';

const CLAIM: DraftEvent = { type: 'claim', claim: { text: 'A claim.', quotes: [] } };
const DOWN = new AppError('The chat model did not give an answer.', { status: 502, retryable: true });
const other = createScriptedModel(() => [{ type: 'completeness', completeness: 'full' }]);

function failing(error: unknown, ...events: DraftEvent[]): ChatModel {
  return createScriptedModel(function* () {
    yield* events;
    throw error;
  });
}

async function draft(model: ChatModel, signal = new AbortController().signal): Promise<DraftEvent[]> {
  const events: DraftEvent[] = [];
  const request = { question: 'What?', language: 'en', passages: [] } as const;
  for await (const event of withFallback(model, other).draft(request, signal)) events.push(event);
  return events;
}

test('when the model fails before it claims anything, the other answers, and it is said', async () => {
  expect(await draft(failing(DOWN))).toEqual([
    { type: 'fallback', reason: DOWN.message },
    { type: 'completeness', completeness: 'full' },
  ]);
});

test('a model that answers is not doubted', async () => {
  expect(await draft(createScriptedModel(() => [CLAIM]))).toEqual([CLAIM]);
});

test('answers are not mixed', async () => {
  await expect(draft(failing(DOWN, CLAIM))).rejects.toBe(DOWN);
});

test('a bug stays a bug', async () => {
  await expect(draft(failing(new TypeError('bug')))).rejects.toThrow(TypeError);
});

test('nobody answers someone who has gone', async () => {
  await expect(draft(failing(DOWN), AbortSignal.abort())).rejects.toThrow();
});
