import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { openTranslator } from '../../../src/language/open-translator.ts';

const folder = mkdtempSync(join(tmpdir(), 'concordat-dictionaries-'));

function write(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** What one dictionary says of a text, and of itself. */
function ask(path: string, text: string): { forms: string[]; notices: string[] } {
  const notices: string[] = [];
  const translate = openTranslator({ dictionaries: [path], onNotice: (notice) => notices.push(notice) });
  const loose = translate(text).filter((translation) => translation.loose);
  return { forms: loose.flatMap(({ forms }) => forms), notices };
}

const ENTRIES = [
  'cliff /klɪf/ <N>\n1. कंगूरा, कगार (ऊँची)\n      "The house stands on a cliff."\n',
  'to walk /wɔːk/\n1. टहलना\n',
];
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const base64 = (n: number): string => (n < 64 ? '' : base64(Math.floor(n / 64))) + DIGITS.charAt(n % 64);

function indexOf(bodies: readonly string[]): string {
  let offset = 0;
  const lines = bodies.map((body) => {
    const size = Buffer.byteLength(body);
    const line = `${body.slice(0, body.indexOf(' /'))}\t${base64(offset)}\t${base64(size)}`;
    offset += size;
    return line;
  });
  return `00-database-info\tA\tA\n${lines.join('\n')}\n`;
}

test.each([
  ['plain', 'en-hi.dict', (bodies: string) => bodies],
  ['compressed', 'en-hi-2.dict.dz', (bodies: string) => gzipSync(bodies)],
] as const)('a dictionary of dictd is read, %s', (_, name, pack) => {
  write(name, pack(ENTRIES.join('')));
  const index = write(name.replace(/dict(?:\.dz)?$/, 'index'), indexOf(ENTRIES));
  expect(ask(index, 'Where are the cliffs?')).toEqual({ forms: ['कंगूरा', 'कगार'], notices: [] });
  expect(ask(index, 'कंगूराओं में').forms).toEqual(expect.arrayContaining(['cliff', 'कगार']));
});

const EDICT =
  '　？？？ /EDICT/\n崖 [がけ] /(n) cliff/(P)/\n断崖;断がい [だんがい] /(n,adj-no) (1) (steep) cliff/precipice/\n';

test('EDICT is read in UTF-8, common words first', () => {
  const path = write('edict', EDICT);
  expect(ask(path, 'a cliff')).toEqual({
    forms: ['崖', 'がけ', '断崖', '断がい', 'だんがい', 'precipice'],
    notices: [],
  });
  expect(ask(path, '断崖の上').forms).toContain('precipice');
});

test('EDICT is read in EUC-JP', () => {
  // 崖 /cliff/
  const path = write('edict-euc', Buffer.from([0xb3, 0xb3, ...Buffer.from(' /cliff/\n')]));
  expect(ask(path, 'cliff').forms).toEqual(['崖']);
});

test('a table in the form of the glossary is read', () => {
  const path = write('own.tsv', 'en\thi\tja\tta\ncliff\tकंगूरा\t崖\tபாறை\n');
  expect(ask(path, 'cliff').forms).toEqual(['कंगूरा', '崖', 'பாறை']);
});

test('a broken line is told with file and number, and the rest is used', () => {
  const own = write('broken.tsv', 'en\thi\tja\tta\nrock\tपत्थर\ncliff\tकंगूरा\t\t\n');
  expect(ask(own, 'cliff')).toEqual({
    forms: ['कंगूरा'],
    notices: [`Line 2 of ${own} is left out: 2 cells instead of 4.`],
  });
  const edict = write('broken-edict', 'no gloss here\n崖 /cliff/\n');
  expect(ask(edict, 'cliff').notices).toEqual([
    `Line 1 of ${edict} is left out: it is not of the form “headword [reading] /gloss/”.`,
  ]);
  write('broken.dict', ENTRIES.join(''));
  const index = write('broken.index', `rock\tzzzz\tB\nriver\n${indexOf(ENTRIES)}`);
  const { forms, notices } = ask(index, 'cliff');
  expect(forms).toEqual(['कंगूरा', 'कगार']);
  expect(notices.map((notice) => notice.slice(0, 7))).toEqual(['Line 1 ', 'Line 2 ']);
});

test('many broken lines are told in short', () => {
  const path = write('all-broken', 'x\n'.repeat(20));
  expect(ask(path, 'cliff').notices).toHaveLength(6);
  expect(ask(path, 'cliff').notices.at(-1)).toBe(`15 further lines of ${path} are left out.`);
});

test('a file that is not there is a fault of the configuration', () => {
  expect(() => ask(join(folder, 'nowhere.index'), 'cliff')).toThrow('nowhere.index');
});
