import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeMarkdown, MARKDOWN_MARKUP, printable } from '../../../src/channels/markup.ts';
import { readAnswer } from '../../../src/channels/read-answer.ts';
import { renderMessages, type Renderable } from '../../../src/channels/render-messages.ts';
import { readRuns, STYLED_MARKUP, visibleLength } from '../../../src/channels/styled-text.ts';
import { chunkText } from '../../../src/channels/chunk-text.ts';
import { recoverCitations } from '../../support/channel-driver.ts';
import { findLiveMarkdown, readMarkdown } from '../../support/read-markdown.ts';

const URL_OF = 'http://concordat.test/documents/';
/** Words with what is markup somewhere among them. */
const phrase = fc
  .array(
    fc.constantFrom(
      'word',
      'Tokyo',
      '*',
      '_a_',
      '<b>',
      '[x](http://evil.test)',
      '`c`',
      '@all',
      '|',
      '#',
      '日本',
      'है',
      '\\',
      '~',
      '1.',
      '- ',
    ),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  .map((words) => words.join(' ').trim() || 'x');

const answer = fc
  .array(fc.record({ text: phrase, quote: phrase }), { minLength: 1, maxLength: 30 })
  .map((said): Renderable => {
    const citations = said.map(({ quote }, index) => ({
      marker: index + 1,
      documentId: `d${index}`,
      chunkId: 'c',
      title: 'A *title*',
      uri: `${URL_OF}d${index}#0-9`,
      authority: 'official' as const,
      textKind: 'brief' as const,
      status: 'signed' as const,
      date: '2020-01-01',
      quote,
      start: 0,
      end: 9,
      sources: [],
    }));
    const lines = said.map(({ text }, index) => `- ${text.replaceAll(/[[\]]/g, String.raw`\$&`)} [${index + 1}]`);
    return { answer: lines.join('\n'), citations, language: 'en' };
  });

describe('messages', () => {
  test('keep to the limit, and bring every quote to the letter', () => {
    fc.assert(
      fc.property(answer, fc.constantFrom(600, 2_000, 100_000), (response, limit) => {
        const messages = renderMessages(response, { markup: MARKDOWN_MARKUP, limit });
        for (const message of messages) expect(message.length).toBeLessThanOrEqual(limit);
        const found = recoverCitations(messages.map((message) => readMarkdown(message)));
        expect(found).toEqual(response.citations.map(({ documentId, quote }) => ({ documentId, quote })));
      }),
    );
  });

  test('measure what the tool measures: addresses beside the text cost nothing', () => {
    fc.assert(
      fc.property(answer, (response) => {
        const form = { markup: STYLED_MARKUP, limit: 500, measure: visibleLength };
        for (const message of renderMessages(response, form)) expect(visibleLength(message)).toBeLessThanOrEqual(500);
      }),
    );
  });
});

describe('text', () => {
  test('escaped for Markdown reads as it was, and is nothing but text', () => {
    fc.assert(
      fc.property(phrase, (text) => {
        const escaped = escapeMarkdown(text);
        expect(readMarkdown(escaped)).toBe(text);
        expect(findLiveMarkdown(escaped, URL_OF)).toEqual([]);
      }),
    );
  });

  test('in styled runs stays to the letter, and cannot make a run of its own', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const styled = STYLED_MARKUP.link(text, URL_OF) + STYLED_MARKUP.escape(text);
        const runs = readRuns(styled);
        expect(runs.filter(({ url }) => url !== undefined).length).toBeLessThanOrEqual(1);
        expect(runs.map((run) => run.text).join('')).toBe(printable(text) + printable(text));
      }),
    );
  });

  test('in chunks fits, and lacks nothing but spaces between them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.integer({ min: 4, max: 40 }), (text, limit) => {
        const chunks = chunkText(text, (chunk) => chunk.length <= limit);
        for (const chunk of chunks) expect(chunk.length).toBeLessThanOrEqual(limit);
        for (const chunk of chunks) expect(chunk.isWellFormed()).toBe(true);
        expect(chunks.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
      }),
    );
  });
});

test('an answer is read as paragraphs, items and a note, with brackets that are no markers', () => {
  const text = 'According to news:\n- One \\[7\\]. [1][2]\n- Two. [3]\n\n_A note._';
  expect(readAnswer(text)).toEqual([
    { kind: 'sentence', parts: ['According to news:'], opensParagraph: true },
    { kind: 'item', parts: ['One [7]. ', 1, 2], opensParagraph: false },
    { kind: 'item', parts: ['Two. ', 3], opensParagraph: false },
    { kind: 'note', parts: ['A note.'], opensParagraph: true },
  ]);
});
