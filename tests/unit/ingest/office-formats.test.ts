import { expect, test } from 'vitest';
import { readFormat } from '../../../src/ingest/formats/read-format.ts';
import { docxWith, pdfWith, type PlacedText } from '../../support/office-files.ts';

const LEFT = [
  'The first column tells of the ports and',
  'harbours that both parties keep for the ad-',
  'ministration of their ferries, and ends here.',
  'It says nothing of lighthouses, which have a',
  'column of their own beside this one, where a',
  'reader finds them once the first is at its end.',
];
const RIGHT = [
  'The second column tells of lighthouses, and',
  'of those who keep them through the winter.',
  'Each party counts its own, year by year, and',
  'sends the other a list before the first of May,',
  'in both languages, with the state of each lamp',
  'and the name of whoever keeps it burning.',
];

/** Lines below each other. */
function block(lines: readonly string[], x: number, y: number): PlacedText[] {
  return lines.map((text, i) => ({ x, y: y - 14 * i, text }));
}

const page = (number: number, content: readonly PlacedText[]): PlacedText[] => [
  { x: 60, y: 810, text: 'Register of Agreements, volume 7' },
  ...content,
  { x: 290, y: 30, text: `Page ${number} of 4` },
];

const paper = pdfWith([
  page(1, [{ x: 60, y: 760, text: 'Accord on Ferries', size: 20 }, ...block(LEFT, 60, 700), ...block(RIGHT, 320, 700)]),
  page(
    2,
    block(
      ['The accord was signed in the spring by both of the parties, and it', 'goes on until one of them ends it.'],
      60,
      700,
    ),
  ),
  page(3, [
    ...block(['The duties of the parties on goods are these, by kind and by year of the accord:'], 60, 700),
    ...[
      ['Good', '2030', '2031'],
      ['Tea', '5', '4'],
      ['Coffee', '12', '9'],
      ['Rope', '7', '7'],
    ].flatMap((row, i) => row.map((text, column) => ({ x: 60 + 150 * column, y: 670 - 16 * i, text }))),
  ]),
  page(
    4,
    block(
      [
        'The last page says when it enters into force, which is the first of June',
        'of the year after the last party has told the other.',
      ],
      60,
      700,
    ),
  ),
]);

test('a PDF is read column after column, with broken words joined, and without running heads', async () => {
  const { text, pageStarts = [] } = await readFormat({ name: 'a.pdf', bytes: paper });
  expect(text).toContain('harbours that both parties keep for the administration of their ferries, and ends here.');
  expect(text.indexOf('at its end.')).toBeLessThan(text.indexOf('The second column'));
  expect(text).toContain('Each party counts its own, year by year, and sends the other a list before the first of May');
  expect(text).not.toMatch(/Register of Agreements|Page \d/);
  expect(text).toMatch(/^#+ Accord on Ferries$/m);
  expect(pageStarts).toHaveLength(4);
  const pageOf = (words: string): number => pageStarts.filter((start) => start <= text.indexOf(words)).length;
  expect(['The second column', 'was signed in the spring', '| Coffee', 'The last page'].map(pageOf)).toEqual([
    1, 2, 3, 4,
  ]);
});

test('a table of a PDF is rows that can be read', async () => {
  const { text } = await readFormat({ name: 'a.pdf', bytes: paper });
  expect(text).toContain('| Good | 2030 | 2031 |');
  expect(text).toContain('| Coffee | 12 | 9 |');
});

test('a Word file keeps its headings, paragraphs and tables', async () => {
  const rows = [
    ['Good', 'Duty'],
    ['Tea', '5 %'],
  ];
  const bytes = docxWith({ heading: 'Accord', paragraph: 'Both parties agree.', rows });
  const { text } = await readFormat({ name: 'a.docx', bytes });
  expect(text).toContain('Accord');
  expect(text).toContain('Both parties agree.');
  expect(text).toContain('| Tea | 5 % |');
});
