import { describe, expect, test } from 'vitest';
import { MAX_TURNS } from '../../src/conversations/conversations.ts';
import { listEngines } from '../support/stores.ts';

const turn = (question: string) => ({ question, standaloneQuestion: question, answer: 'A.', documentIds: ['d'] });

for (const { name: engine, absent, open } of listEngines())
  describe.skipIf(absent)(`the ${engine} conversations`, () => {
    const start = async () => (await open()).conversations;

    test('remember turns in order, the newest only', async () => {
      const conversations = await start();
      const { id } = await conversations.start();
      for (let i = 0; i < MAX_TURNS + 3; i++) await conversations.remember(id, turn(`q${i}`));
      const turns = (await conversations.find(id))?.turns ?? [];
      expect(turns).toHaveLength(MAX_TURNS);
      expect(turns.at(-1)).toEqual(turn(`q${MAX_TURNS + 2}`));
    });

    test('ids and tokens are unguessable: 128 bits at the least, never twice', async () => {
      const conversations = await start();
      const made = await Promise.all(Array.from({ length: 50 }, () => conversations.start()));
      expect(new Set(made.flatMap(({ id, token }) => [id, token])).size).toBe(100);
      for (const { id, token } of made) {
        for (const text of [id, token]) expect(Buffer.from(text, 'base64url').length).toBeGreaterThanOrEqual(16);
      }
    });

    test('only the own token opens a conversation', async () => {
      const conversations = await start();
      const [mine, other] = [await conversations.start(), await conversations.start()];
      expect(await conversations.authorise(mine.id, mine.token)).toBe(true);
      expect(await conversations.authorise(mine.id, other.token)).toBe(false);
      expect(await conversations.authorise('unknown', mine.token)).toBe(false);
    });

    test('a forgotten conversation is gone, and remembering into it brings nothing back', async () => {
      const conversations = await start();
      const { id } = await conversations.start();
      await conversations.forget(id);
      await conversations.remember(id, turn('q'));
      expect(await conversations.find(id)).toBeUndefined();
    });
  });
