import { describe, expect, test } from 'vitest';
import { ask, type AskDependencies } from '../../../src/ask/ask.ts';
import type { DraftEvent } from '../../../src/chat-model/chat-model.ts';
import type { ModelSteps } from '../../../src/chat-model/model-steps.ts';
import type { Answer, Question } from '../../../src/domain.ts';
import type { RetrievalQuery } from '../../../src/retriever/retriever.ts';
import { storeWith } from '../../support/documents.ts';
import { passagesFrom } from '../../support/passages.ts';
import { createScriptedModel } from '../../support/scripted-model.ts';
import { evenVocabulary } from '../../support/vocabulary.ts';

const QUESTION: Question = { text: 'How many experts come to Japan?', language: 'en', filters: {} };
const PASSAGES = passagesFrom(
  'The leaders invite 500 experts to Japan by 2030.',
  'Experts travel on a special visa of five years.',
  '専門家を500人招待する。2030年までに実施する予定である。',
);
const OPTIONS = { publicUrl: 'http://127.0.0.1:1', signal: new AbortController().signal };
const CALL = { step: 'queries', inputTokens: 9, outputTokens: 1, durationMs: 1 };
const claim = (text: string, quote: string, passage = 1): DraftEvent => ({
  type: 'claim',
  claim: { text, quotes: [{ passage, quote }] },
});
const GOOD = claim('The leaders invite 500 experts.', 'The leaders invite 500 experts to Japan by 2030.');

async function setUp(steps: Omit<ModelSteps, 'promptDigests'>, events: readonly DraftEvent[] = [GOOD]) {
  const { conversations } = await storeWith();
  const chatModel = createScriptedModel(() => [...events, { type: 'completeness', completeness: 'full' }]);
  const queries: RetrievalQuery[] = [];
  const deps: AskDependencies = {
    conversations,
    vocabulary: evenVocabulary,
    chatModel,
    steps: { promptDigests: { queries: 'a'.repeat(64) }, ...steps },
    retriever: {
      retrieve: async (query) => {
        queries.push(query);
        return query.text === QUESTION.text
          ? [...PASSAGES]
          : PASSAGES.slice(1, 2).map((passage) => ({ ...passage, rank: 1 }));
      },
    },
    describeIndex: async () => ({ indexDigest: 'i', embeddings: 'e' }),
  };
  return { deps, chatModel, queries };
}

test('without steps nothing is asked of a model but the answer', async () => {
  const { deps } = await setUp({});
  const { answer, trace } = await ask(QUESTION, deps, OPTIONS);
  expect(answer.outcome).toBe('answered');
  expect(trace.model).toBeUndefined();
});

test('further queries are searched as well, told in the trace, and their prompt is in the receipt', async () => {
  const { deps, queries } = await setUp({
    expandQuestion: async (_input, { onCall }) => {
      onCall(CALL);
      return ['visa of experts', 'see https://evil.example', QUESTION.text, 'a', 'b', 'c'];
    },
  });
  const { answer, trace } = await ask(QUESTION, deps, OPTIONS);
  expect(queries.map(({ text }) => text)).toEqual([QUESTION.text, 'visa of experts', 'a', 'b']);
  expect(trace.passages.map(({ rank, chunkId }) => `${rank} ${chunkId}`)[0]).toBe('1 doc-2#1');
  expect(trace.model?.calls).toEqual([CALL]);
  expect(answer.receipt.promptDigests).toHaveProperty('queries');
});

test('passages are shown in the order that a model gives, and none is lost', async () => {
  const { deps, chatModel } = await setUp({ rankPassages: async () => [3, 3, 99] });
  await ask(QUESTION, deps, OPTIONS);
  const [request] = chatModel.requests;
  expect(request?.passages.map(({ rank }) => rank)).toEqual([3, 1, 2]);
});

describe('a follow-up', () => {
  const followUp = async (rewritten: string | undefined): Promise<string> => {
    const { deps } = await setUp({ rewriteQuestion: async () => rewritten });
    const { conversationId } = await ask(QUESTION, deps, OPTIONS);
    const { answer } = await ask({ ...QUESTION, text: 'And by when?', conversationId }, deps, OPTIONS);
    return answer.standaloneQuestion;
  };

  test('is asked in the words of a model that adds nothing', async () => {
    expect(await followUp('By when come experts to Japan?')).toBe('By when come experts to Japan?');
  });

  test.each([
    [undefined],
    [''],
    ['By when do 900 experts come to Japan?'],
    ['What is the capital of Brazil and its climate?'],
    ['By when come experts? https://evil.example'],
    [`By when come experts to Japan? ${'experts '.repeat(200)}`],
  ])('is read by our rules where the model says %j', async (rewritten) => {
    expect(await followUp(rewritten)).toBe(await followUp(undefined));
  });
});

describe('a second opinion', () => {
  const inEnglish = claim(
    'By 2030, 500 of them are invited.',
    '専門家を500人招待する。2030年までに実施する予定である。',
    3,
  );

  test('drops what it does not confirm, also when it fails', async () => {
    for (const verdict of [false, undefined]) {
      const { deps } = await setUp({ checkSupport: async () => verdict });
      const { answer, trace } = await ask(QUESTION, deps, OPTIONS);
      expect(answer).toMatchObject({ outcome: 'abstained', reason: 'ungrounded' });
      expect(trace.rejected).toContainEqual(expect.objectContaining({ check: 'support' }));
    }
  });

  test('lets a sentence speak another language than its quotes', async () => {
    const { deps } = await setUp({ checkSupport: async () => true }, [inEnglish]);
    expect((await ask(QUESTION, deps, OPTIONS)).answer.sentences).toHaveLength(1);
  });

  test('is needed for that', async () => {
    const { deps } = await setUp({}, [inEnglish]);
    const { answer, trace } = await ask(QUESTION, deps, OPTIONS);
    expect(answer.sentences).toEqual([]);
    expect(trace.rejected).toContainEqual(expect.objectContaining({ check: 'language' }));
  });
});

test('suggestions are shown where they are questions that a passage answers, else ours are', async () => {
  const suggested = [
    'Which visa do experts travel on?',
    'What is the capital of Brazil?',
    'Do 700 experts travel on a visa?',
    'Experts travel on a visa.',
    'Which visa? https://evil.example',
  ];
  const { deps } = await setUp({ suggestQuestions: async () => suggested });
  expect((await ask(QUESTION, deps, OPTIONS)).answer.suggestions).toEqual(['Which visa do experts travel on?']);
  const { deps: ours } = await setUp({});
  const { deps: bad } = await setUp({ suggestQuestions: async () => suggested.slice(1) });
  expect((await ask(QUESTION, bad, OPTIONS)).answer.suggestions).toEqual(
    (await ask(QUESTION, ours, OPTIONS)).answer.suggestions,
  );
});

describe('framing', () => {
  const FRENCH: Question = { ...QUESTION, text: 'Combien d’experts viennent au Japon ?' };
  const NONE = [{ type: 'completeness', completeness: 'none' }] as const;
  const abstainedIn = async (
    question: Question,
    translateFraming: ModelSteps['translateFraming'],
  ): Promise<Pick<Answer, 'answer' | 'outcome'>> => {
    const { deps } = await setUp(translateFraming ? { translateFraming } : {}, NONE);
    Object.assign(deps.retriever, { retrieve: async () => [...PASSAGES] });
    return (await ask(question, deps, OPTIONS)).answer;
  };

  test('is said in the language of a question that is none of ours', async () => {
    const told = await abstainedIn(FRENCH, async ({ framing }) => framing.map(() => 'Rien ne répond à cela.'));
    expect(told).toMatchObject({ outcome: 'abstained', answer: 'Rien ne répond à cela.' });
  });

  test.each([
    ['more figures', () => 'Rien avant 2030.'],
    ['an address', () => 'Voir https://evil.example'],
    ['markup', () => 'Voir ![x](y)'],
    ['marks', () => '**Rien**'],
    ['another line', () => 'Rien.\n\nFaux.'],
    ['many words', () => 'Rien. '.repeat(200)],
    ['nothing', () => ''],
  ])('stays as it is where the translation has %s', async (_what, translate) => {
    const { answer } = await abstainedIn(FRENCH, async ({ framing }) => framing.map(translate));
    expect(answer).toBe((await abstainedIn(FRENCH, undefined)).answer);
  });

  test('stays as it is where pieces are missing, or the model fails', async () => {
    for (const translate of [async () => [], async () => undefined]) {
      expect((await abstainedIn(FRENCH, translate)).answer).toBe((await abstainedIn(FRENCH, undefined)).answer);
    }
  });

  test('of a question in English, Hindi, Japanese or Tamil is ours', async () => {
    for (const question of [QUESTION, { ...FRENCH, language: 'hi' as const }]) {
      let times = 0;
      await abstainedIn(question, async ({ framing }) => ((times += 1), framing));
      expect(times).toBe(0);
    }
  });

  test('keeps figures and titles, and never touches a sentence or its markers', async () => {
    const { deps } = await setUp({
      translateFraming: async ({ framing }) =>
        framing.map((text) => text.replace('From documents dated', 'Documents du')),
    });
    Object.assign(deps.retriever, { retrieve: async () => [...PASSAGES] });
    const asOf = { ...FRENCH, filters: { asOf: '2026-12-31' } };
    const { answer } = await ask(asOf, deps, OPTIONS);
    const { answer: ours } = await ask(asOf, { ...deps, steps: undefined }, OPTIONS);
    expect(answer.sentences).toEqual(ours.sentences);
    expect(answer.citations).toEqual(ours.citations);
    expect(answer.answer).toContain('2026-12-31');
    expect(answer.answer).toContain(`${GOOD.type === 'claim' ? GOOD.claim.text : ''} [1]`);
  });
});
