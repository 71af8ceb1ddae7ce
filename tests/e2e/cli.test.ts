import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { AnswerResponse } from '../../src/answer-response.ts';
import { temporaryFolder } from '../support/documents.ts';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const CORPUS = fileURLToPath(new URL('../../corpus', import.meta.url));

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command with no setting but these, as on a fresh machine. */
function run(settings: Record<string, string>, ...args: string[]): Promise<Run> {
  return runWith('', settings, ...args);
}

/** The same with something on standard input. */
function runWith(input: string, settings: Record<string, string>, ...args: string[]): Promise<Run> {
  const env = { EMBEDDINGS: 'hashing', CORPUS_DIR: CORPUS, ...settings };
  return new Promise((resolve) => {
    const options = { env, cwd: settings['INDEX_DIR'] ?? '.' };
    const child = execFile(process.execPath, [CLI, ...args], options, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
    child.stdin?.end(input);
  });
}

test('ingest reports what it did; a second run embeds and publishes nothing', async () => {
  const INDEX_DIR = await temporaryFolder();
  const first = await run({ INDEX_DIR }, 'ingest');
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(first.out).toMatch(/49 added, 0 changed, 0 kept, 0 removed, 0 rejected\nEmbedded \d+ chunks\./);
  const manifest = await stat(join(INDEX_DIR, 'manifest.json'));
  const second = await run({ INDEX_DIR }, 'ingest');
  expect(second.out).toMatch(/0 added, 0 changed, 49 kept, 0 removed, 0 rejected\nEmbedded nothing/);
  expect((await stat(join(INDEX_DIR, 'manifest.json'))).mtimeMs).toBe(manifest.mtimeMs);
});

test('ask ingests when there is no index yet, and answers with citations', async () => {
  const INDEX_DIR = await temporaryFolder();
  const { code, out, err } = await run({ INDEX_DIR }, 'ask', "Who chairs Japan's AI Strategy Headquarters?");
  expect(code).toBe(0);
  expect(err).toContain('There is no index yet');
  expect(out).toMatch(/\[1\] .*AI/);
  expect(out).toContain('http://127.0.0.1:3000/documents/japan-ai-promotion-act-2025#');
});

test('ask --json prints the object of the API, with the trace when asked', async () => {
  const INDEX_DIR = await temporaryFolder();
  await run({ INDEX_DIR }, 'ingest');
  const { out, err } = await run(
    { INDEX_DIR },
    'ask',
    '--json',
    '--explain',
    '--as-of',
    '2025-01-01',
    'When was CEPA signed?',
  );
  const answer = JSON.parse(out) as AnswerResponse;
  expect(err).toBe('');
  expect(answer).toMatchObject({ outcome: 'answered', language: 'en', receipt: { chatModel: 'extractive' } });
  expect(answer.trace?.stages.map(({ name }) => name)).toContain('retrieve');
  for (const { date } of answer.citations) expect(date && date <= '2025-01-01').toBe(true);
});

test('verify re-checks an answer that was saved, and its exit code tells', async () => {
  const INDEX_DIR = await temporaryFolder();
  await run({ INDEX_DIR }, 'ingest');
  const { out } = await run({ INDEX_DIR }, 'ask', '--json', 'When was CEPA signed?');
  const file = join(INDEX_DIR, 'receipt.json');
  await writeFile(file, out);
  expect(await run({ INDEX_DIR }, 'verify', file)).toMatchObject({ code: 0, out: expect.stringMatching(/^Verified:/) });
  await writeFile(file, out.replaceAll('2011', '2012'));
  expect(await run({ INDEX_DIR }, 'verify', file)).toMatchObject({
    code: 1,
    out: expect.stringMatching(/^Not verified:[^]*was changed/),
  });
  await writeFile(file, 'no JSON');
  expect(await run({ INDEX_DIR }, 'verify', file)).toMatchObject({ code: 2, err: expect.stringContaining('JSON') });
});

test('an abstention has an exit code of its own, and nothing is coloured in a pipe', async () => {
  const INDEX_DIR = await temporaryFolder();
  const { code, out } = await run({ INDEX_DIR, FORCE_COLOR: '1' }, 'ask', 'Who will win the Indian general election?');
  expect(code).toBe(3);
  expect(out).not.toContain('\u001B');
});

test('chat answers the lines of a pipe in one conversation', async () => {
  const INDEX_DIR = await temporaryFolder();
  const questions = 'What is the Hiroshima AI Process?\nWho launched it?\n';
  const { code, out } = await runWith(questions, { INDEX_DIR }, 'chat', '--json');
  const answers = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as AnswerResponse);
  expect(code).toBe(0);
  expect(answers).toHaveLength(2);
  expect(answers[1]?.conversationId).toBe(answers[0]?.conversationId);
  expect(answers[1]?.standaloneQuestion).toContain('Hiroshima');
});

const SCRIPT = '/usr/bin/script';
test.skipIf(!existsSync(SCRIPT))(
  'in a terminal, chat links its references and takes back what it showed early; what was typed comes with the arrow, also the next time',
  async () => {
    const INDEX_DIR = await temporaryFolder();
    await run({ INDEX_DIR }, 'ingest');
    const env = { EMBEDDINGS: 'hashing', CORPUS_DIR: CORPUS, INDEX_DIR, TERM: 'xterm-256color', PATH: '/usr/bin:/bin' };
    const chat = async (...keys: string[]): Promise<string> => {
      const terminal = spawn(SCRIPT, ['-qec', `${process.execPath} ${CLI} chat`, '/dev/null'], { env, cwd: INDEX_DIR });
      let [out, seen] = ['', 0];
      for await (const part of terminal.stdout.setEncoding('utf8')) {
        out += String(part);
        const prompt = out.indexOf('\u001B[0J› ', seen);
        if (prompt < 0) continue;
        seen = prompt + 1;
        terminal.stdin.write(keys.shift() ?? '/quit\r');
      }
      return out;
    };
    const first = await chat('When was CEPA signed?\r');
    const shown = first.replaceAll('\u001B', '␛');
    expect(shown).toMatch(/␛\]8;;http:\/\/127\.0\.0\.1:3000\/documents\/cepa-2011#\d+-\d+␛\\\[1\]/);
    expect(shown).toMatch(/␛\[\dA␛\[J/);
    // What was typed last is first: /quit, then the question.
    const second = await chat('\u001B[A\u001B[A\r');
    expect(second).toContain('16 February 2011');
  },
);

test.each([
  [['ask', ''], /question/],
  [['ask', 'x', '--as-of', 'soon'], /asOf/],
  [['ask', 'x', '--colour'], /colour.*Usage/s],
  [[], /Usage/],
])('%j is refused with a sentence and exit code 2', async (args, message) => {
  const { code, err } = await run({ INDEX_DIR: await temporaryFolder() }, ...args);
  expect(code).toBe(2);
  expect(err).toMatch(message);
  expect(err).not.toMatch(/^\s+at /m);
});

test.each([
  ['a missing corpus folder', { CORPUS_DIR: '/nowhere/at/all' }, /no file or folder at \/nowhere\/at\/all/],
  ['an unknown model', { EMBEDDINGS: 'magic' }, /EMBEDDINGS is "magic"/],
  ['a wrong setting', { PORT: 'x' }, /PORT/],
])('%s is told in a sentence, with an exit code', async (_case, settings, message) => {
  const { code, err } = await run({ INDEX_DIR: await temporaryFolder(), ...settings }, 'ingest');
  expect(code).toBeGreaterThan(0);
  expect(err).toMatch(message);
  expect(err).not.toMatch(/^\s+at /m);
});

test('an empty corpus is told, and an index that was there stays', async () => {
  const [INDEX_DIR, CORPUS_DIR] = [await temporaryFolder(), await temporaryFolder()];
  expect(await run({ INDEX_DIR, CORPUS_DIR }, 'ingest')).toMatchObject({
    code: 1,
    err: expect.stringContaining('holds no documents'),
  });
});

test('an index of another model is refused with the command that rebuilds it, and that command works', async () => {
  const [INDEX_DIR, CORPUS_DIR] = [await temporaryFolder(), await temporaryFolder()];
  await writeFile(join(CORPUS_DIR, 'a.md'), '# Accord\nThe parties agree on trade.');
  await run({ INDEX_DIR, CORPUS_DIR }, 'ingest');
  const other = { INDEX_DIR, CORPUS_DIR, EMBEDDINGS: 'sentence' };
  expect(await run(other, 'ask', 'trade?')).toMatchObject({
    code: 1,
    err: expect.stringContaining('npm run ingest -- --rebuild'),
  });
  expect(await run(other, 'ingest', '--rebuild')).toMatchObject({
    code: 0,
    out: expect.stringContaining('Embedded 1 chunks'),
  });
  expect(await run(other, 'ask', 'What do the parties agree on?')).toMatchObject({
    code: 0,
    out: expect.stringContaining('trade'),
  });
});

test('a store that is damaged is refused with the command that rebuilds it, and that command works', async () => {
  const INDEX_DIR = await temporaryFolder();
  await run({ INDEX_DIR }, 'ingest');
  await writeFile(join(INDEX_DIR, 'concordat.db'), 'this is not a database');
  expect(await run({ INDEX_DIR }, 'ask', 'CEPA?')).toMatchObject({
    code: 1,
    err: expect.stringContaining('npm run ingest -- --rebuild'),
  });
  expect(await run({ INDEX_DIR }, 'ingest', '--rebuild')).toMatchObject({
    code: 0,
    out: expect.stringContaining('49 added'),
  });
});

test('an index file that was cut short is built again, and the reader is told', async () => {
  const INDEX_DIR = await temporaryFolder();
  await run({ INDEX_DIR }, 'ingest');
  const file = (await readdir(INDEX_DIR)).find((name) => name.endsWith('.hnsw')) ?? '';
  await truncate(join(INDEX_DIR, file), 1000);
  const { code, err, out } = await run({ INDEX_DIR }, 'ask', 'When was CEPA signed?');
  expect(code).toBe(0);
  expect(err).toContain('built again from the store');
  expect(out).toContain('[1]');
  expect(await readFile(join(INDEX_DIR, 'manifest.json'), 'utf8')).toContain(file);
});
