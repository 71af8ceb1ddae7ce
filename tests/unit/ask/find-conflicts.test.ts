import { expect, test } from 'vitest';
import { ask } from '../../../src/ask/ask.ts';
import { createExtractiveModel } from '../../../src/chat-model/extractive.ts';
import type { DraftEvent } from '../../../src/chat-model/chat-model.ts';
import type { Language } from '../../../src/domain.ts';
import { detectLanguage } from '../../../src/language/detect-language.ts';
import { passagesFrom } from '../../support/passages.ts';
import { createScriptedModel } from '../../support/scripted-model.ts';
import { storeWith } from '../../support/documents.ts';
import { evenVocabulary } from '../../support/vocabulary.ts';

interface Written {
  readonly title?: string;
  readonly authority?: string;
  readonly date?: string;
  readonly supersedes?: string;
  readonly text: string;
}

function write({
  title = 'Harbour office',
  authority = 'news',
  date = '2026-01-10',
  supersedes,
  text,
}: Written): string {
  const replaced = supersedes === undefined ? '' : `supersedes: [${supersedes}]\n`;
  return `---\ntitle: ${title}\nauthority: ${authority}\ndate: "${date}"\nlanguage: ${detectLanguage(text)}\n${replaced}---\n${text}`;
}

const document = (day: string, authority: string, date: string): string =>
  write({
    title: `Harbour office (${authority})`,
    authority,
    date,
    text: `The harbour office in Kobe opens on ${day} with a public fair.`,
  });

const OPENS = 'When does the harbour office in Kobe open?';

async function answerTo(question: string, texts: readonly string[], events?: readonly DraftEvent[]) {
  const { conversations } = await storeWith();
  const passages = passagesFrom(...texts);
  const chatModel = events ? createScriptedModel(() => events) : createExtractiveModel(evenVocabulary);
  const retriever = { retrieve: async () => [...passages] };
  const describeIndex = async () => ({ indexDigest: 'i', embeddings: 'e' });
  const options = { publicUrl: 'http://127.0.0.1:1', signal: new AbortController().signal };
  const deps = { conversations, vocabulary: evenVocabulary, chatModel, retriever, describeIndex };
  const language: Language = detectLanguage(question);
  return (await ask({ text: question, language, filters: {} }, deps, options)).answer;
}

test('two documents that differ are both quoted, and the later and the more official are named', async () => {
  const texts = [document('3 May 2027', 'official', '2026-01-10'), document('9 June 2027', 'news', '2026-08-01')];
  const answer = await answerTo(OPENS, texts);
  expect(answer.outcome).toBe('answered');
  expect(answer.conflicts).toMatchObject([{ sides: [{ marker: 1 }, { marker: 2 }] }]);
  expect(answer.answer).toContain('3 May 2027');
  expect(answer.answer).toContain('9 June 2027');
  expect(answer.answer).toContain('“Harbour office (official)” (official, 2026-01-10)');
  expect(answer.answer).toContain('The later one is “Harbour office (news)”.');
  expect(answer.answer).toContain('The more official one is “Harbour office (official)”.');
});

test.each([
  [
    'sums',
    'How much does the ferry accord provide for new piers?',
    'The ferry accord provides 40 million yen for new piers.',
    'The ferry accord provides 55 million yen for new piers.',
  ],
  [
    'counts',
    'How many companies joined the harbour council in Kobe?',
    'Some 120 companies joined the harbour council in Kobe.',
    'A total of 180 companies joined the harbour council in Kobe.',
  ],
  [
    'names',
    'Who signed the ferry accord for the port?',
    'The ferry accord was signed for the port by Taro Aoki in a short ceremony.',
    'The ferry accord was signed for the port by Hanako Sato in a short ceremony.',
  ],
  [
    'places',
    'Where was the founding conference of the council held?',
    'The founding conference of the council was held in Kobe in spring.',
    'The founding conference of the council was held in Nagoya in spring.',
  ],
  [
    'days in Japanese',
    '神戸の港湾事務所はいつ開所しますか。',
    '神戸の港湾事務所は2027年5月3日に開所する。',
    '神戸の港湾事務所は2027年6月9日に開所する。',
  ],
  [
    'sums in Hindi',
    'कोष में बंदरगाहों के लिए कितने रुपये हैं?',
    'कोष में बंदरगाहों के लिए 40 करोड़ रुपये हैं।',
    'कोष में बंदरगाहों के लिए 55 करोड़ रुपये हैं।',
  ],
])('%s that differ are told, with both sides', async (_name, question, ...[first, second]) => {
  const texts = [
    write({ title: 'Port report', text: first }),
    write({ title: 'Ferry notes', authority: 'official', text: second }),
  ];
  const { conflicts, answer } = await answerTo(question, texts);
  expect(conflicts).toHaveLength(1);
  expect(answer).toContain(first);
  expect(answer).toContain(second);
});

test('a model that tells one side only is given the other', async () => {
  const texts = [document('3 May 2027', 'official', '2026-01-10'), document('9 June 2027', 'news', '2026-08-01')];
  const quote = 'The harbour office in Kobe opens on 3 May 2027 with a public fair.';
  const { conflicts, citations } = await answerTo(OPENS, texts, [
    { type: 'claim', claim: { text: quote, quotes: [{ passage: 1, quote }] } },
    { type: 'completeness', completeness: 'full' },
  ]);
  expect(citations.map(({ documentId }) => documentId)).toEqual(['doc-1', 'doc-2']);
  expect(conflicts).toHaveLength(1);
});

test.each([
  ['the same value', '3 May 2027', '3 May 2027'],
  ['a month and its day', '3 May 2027', 'May 2027'],
])('%s is no conflict', async (_name, first, second) => {
  const texts = [
    document(first, 'official', '2026-01-10'),
    document(second.replace(/^May/, '3 May'), 'news', '2026-08-01'),
  ];
  expect((await answerTo(OPENS, texts)).conflicts).toEqual([]);
});

test.each([
  ['the later one replaces the earlier', { supersedes: 'doc-1', title: 'New plan' }, {}],
  [
    'they are of one series',
    { title: 'Harbour report 2026', authority: 'news' },
    { title: 'Harbour report 2025', authority: 'news' },
  ],
])('where %s, it is an update and no conflict', async (_name, newer, older) => {
  const said = (sum: number): string => `The harbour fund of Kobe pays ${sum} million yen for the new piers.`;
  const texts = [
    write({ date: '2025-02-01', text: said(40), ...older }),
    write({ date: '2026-02-01', text: said(55), ...newer }),
  ];
  const { conflicts, answer } = await answerTo('How much does the harbour fund of Kobe pay for the new piers?', texts);
  expect(conflicts).toEqual([]);
  expect(answer).toContain(said(40));
  expect(answer).toContain(said(55));
  expect(answer).toMatch(new RegExp(`Updated: “${newer.title}” .*newer`));
});

test('what changes over time is told in order of dates, and is no conflict', async () => {
  const said = (year: number, sum: number): string => `In ${year} the harbour fund of Kobe grew to ${sum} million yen.`;
  const texts = [said(2024, 55), said(2020, 20), said(2022, 40)].map((text, i) => write({ title: `Note ${i}`, text }));
  const { conflicts, answer } = await answerTo('How did the harbour fund of Kobe change over time?', texts);
  expect(conflicts).toEqual([]);
  expect([...answer.matchAll(/In (\d{4})/g)].map(([, year]) => year)).toEqual(['2020', '2022', '2024']);
});
