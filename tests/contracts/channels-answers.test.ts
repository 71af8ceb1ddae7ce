import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { WORDING } from '../../src/ask/wording.ts';
import { LANGUAGES } from '../../src/domain.ts';
import { openChannelBench, type ChannelBench } from '../support/channel-bench.ts';
import { makeHostileAnswer, makeLongAnswer, VISIBLE } from '../support/canned-answers.ts';
import { asking, atChannel, CHAIR } from '../support/channel-bench.ts';
import { CELLS, pairsOf, recoverCitations, type Cell, type ChannelDriver } from '../support/channel-driver.ts';
import { GROUPS } from '../support/channels/all-channels.ts';
import { readFiftyQuestions } from '../support/fifty-questions.ts';

const PREDICTION = 'Who will win the Indian general election?';
const QUESTIONS = readFiftyQuestions();

describe.each(GROUPS.map((drivers) => ({ drivers, names: drivers.map(({ name }) => name).join(', ') })))(
  'with $names on',
  ({ drivers }) => {
    let bench: ChannelBench;
    beforeAll(async () => {
      bench = await openChannelBench(drivers);
    });
    afterAll(() => bench.close());
    beforeEach(() => bench.reset());

    describe.each(drivers)('$name', (driver) => {
      const at = atChannel(driver, () => bench);
      // The last part of an answer may be a note without a quote: it is not to be found by the next test.
      afterEach(() => at.finish());

      test('long answer: parts a long answer at sentence ends, each part with its own references', async () => {
        const response = makeLongAnswer(await bench.lab.ask(CHAIR));
        bench.lab.answerWith(response);
        const reply = await bench.lab.send(await driver.ask(asking(CHAIR)));
        expect(reply.status).toBeLessThan(300);
        const replied = driver.repliesOf?.(reply);
        if (!replied)
          await bench.vendor.until(() => at.sent().some((message) => driver.read(message).includes('Sentence 80 ')));
        const messages = replied ?? at.sent();
        for (const message of messages) {
          const { length, limit } = driver.measure(message);
          expect(length).toBeLessThanOrEqual(limit);
        }
        const texts = messages.flatMap((message) => driver.partsOf?.(message) ?? driver.read(message));
        expect(messages.length > 1).toBe(driver.otherwise['long answer'] === undefined);
        const isCut = texts.at(-1)?.startsWith('This answer is longer') === true;
        if (isCut) texts.pop();
        for (const text of texts) {
          const body = text.split(/\n\n(?=\[\d+\] [^⟦⟧\n]*⟦)/)[0] ?? '';
          expect(body.replaceAll(/⟦[^⟧]*⟧/g, '').trimEnd()).toMatch(/\.(?: ?\[\d+\])*$/);
          const used = [...body.matchAll(/\[(\d+)\]/g)].map(([, marker]) => marker);
          for (const marker of used) expect(text).toMatch(new RegExp(String.raw`\[${marker}\] [^⟦⟧]*⟦[^⟧]*⟧ — `));
        }
        const numbers = [...texts.join('\n').matchAll(/Sentence (\d+) says/g)].map(([, number]) => Number(number));
        const count = isCut ? Math.max(...numbers) : 80;
        expect([...new Set(numbers)]).toEqual(Array.from({ length: count }, (_one, index) => index + 1));
        expect(count).toBeGreaterThan(20);
      });

      test('abstention: says in words that it does not answer', async () => {
        const { answer } = await bench.lab.ask(PREDICTION);
        const texts = (await at.receive(asking(PREDICTION))).map((message) => driver.read(message));
        expect(texts.map((text) => text.trim())).toEqual([answer]);
      });

      test.each(LANGUAGES)('an answer to a part of the question says so, in %s', async (language) => {
        const response = await bench.lab.ask(CHAIR);
        if (response.outcome !== 'answered') throw new Error('The question has an answer.');
        const answer = `${response.answer}\n\n_${WORDING[language].partial}_`;
        bench.lab.answerWith({ ...response, answer, language, completeness: 'partial' });
        const before = at.sent().length;
        const first = await at.receive(asking(CHAIR, { thread: String(8_000 + LANGUAGES.indexOf(language)) }));
        const texts = (): string =>
          (driver.repliesOf ? first : at.sent().slice(before)).map((message) => driver.read(message)).join('\n');
        if (!driver.repliesOf) await bench.vendor.until(() => texts().includes(WORDING[language].partial));
        expect(texts().split(WORDING[language].partial)).toHaveLength(2);
      });

      test(
        'citations intact: brings every quote of fifty answers, as the API gives them',
        { timeout: 120_000 },
        async () => {
          for (const [index, question] of QUESTIONS.entries()) {
            const expected = await bench.expect(question);
            bench.lab.answerWith(expected);
            const wanted = pairsOf(expected.citations);
            const before = at.sent().length;
            const first = await at.receive(asking(question, { thread: String(7_000 + index) }));
            const texts = (): string[] =>
              (driver.repliesOf ? first : at.sent().slice(before)).map((message) => driver.read(message));
            if (!driver.repliesOf)
              await bench.vendor.until(() => pairsOf(recoverCitations(texts())).length >= wanted.length);
            expect({ question, found: pairsOf(recoverCitations(texts())) }).toEqual({ question, found: wanted });
          }
        },
      );

      test('markup escaped: brings hostile text as it stands, without its markup coming to life', async () => {
        bench.lab.answerWith(makeHostileAnswer(await bench.lab.ask(CHAIR)));
        const [message = {}] = await at.receive(asking(CHAIR));
        expect(driver.findLiveMarkup(message)).toEqual([]);
        expect(driver.read(message)).toContain(VISIBLE);
        expect(recoverCitations([driver.read(message)])).toEqual([{ documentId: 'hostile/id', quote: VISIBLE }]);
      });
    });
  },
);

const ALL = GROUPS.flat();
test('the table in docs/channels/README.md is this one', () => {
  const mark = ({ otherwise }: ChannelDriver, name: Cell): string =>
    otherwise[name] === undefined ? '✓' : `✓ ${noteOf(otherwise[name])}`;
  const reasons = [...new Set(ALL.flatMap(({ otherwise }) => Object.values(otherwise)))];
  const noteOf = (reason: string): string => String.fromCodePoint(0x61 + reasons.indexOf(reason));
  const table = [
    `| | ${CELLS.join(' | ')} |`,
    `|---|${CELLS.map(() => '---|').join('')}`,
    ...ALL.map((driver) => `| ${driver.name} | ${CELLS.map((name) => mark(driver, name)).join(' | ')} |`),
    '',
    ...reasons.map((reason) => `- ${noteOf(reason)}: ${reason}`),
  ];
  const squeeze = (text: string): string => text.replaceAll(/[ -]+/g, ' ');
  const readme = readFileSync(new URL('../../docs/channels/README.md', import.meta.url), 'utf8');
  expect(squeeze(readme)).toContain(squeeze(table.join('\n')));
});
