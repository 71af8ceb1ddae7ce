import { once } from 'node:events';
import { chmod, mkdir, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { takeLock } from '../../src/sqlite-lock.ts';
import { createContractClient } from '../support/contract-client.ts';
import { temporaryFolder } from '../support/documents.ts';
import { runCli, startCli } from '../support/run-cli.ts';
import { startEmbeddedServer, startServer } from '../support/start-server.ts';

async function setUp(files: number) {
  const [CORPUS_DIR, INDEX_DIR] = [await temporaryFolder(), await temporaryFolder()];
  const write = (name: string, text: string): Promise<void> => writeFile(join(CORPUS_DIR, `${name}.md`), text);
  for (let i = 0; i < files; i++) await write(`d${i}`, treaty(i));
  return { CORPUS_DIR, INDEX_DIR, settings: { CORPUS_DIR, INDEX_DIR }, write };
}

/** A text of many articles, each told from all others by a number of its own. */
function treaty(number: number): string {
  const articles = Array.from({ length: 60 }, (_, i) => {
    const words = `The parties of treaty ${number} grant ${number * 100 + i} licences a year under article ${i}. `;
    return `## Article ${i}\n\n${words.repeat(6)}`;
  });
  return `# Treaty ${number}\n\n${articles.join('\n\n')}`;
}

test('a server takes over what another process ingests, words and vectors, while it answers', async () => {
  const { settings, write } = await setUp(2);
  const server = await startEmbeddedServer(settings);
  onTestFinished(async () => void (await server.stop()));
  const client = createContractClient(server.url);
  const over = new AbortController();
  const failures: unknown[] = [];
  const asking = (async () => {
    while (!over.signal.aborted) {
      await client
        .search({ query: 'How many licences does treaty 1 grant?' })
        .catch((error: unknown) => failures.push(error));
      await setTimeout(20);
    }
  })();
  for (let i = 2; i < 4; i++) {
    await write(`d${i}`, treaty(i));
    expect(await runCli(settings, 'ingest')).toMatchObject({ code: 0 });
  }
  await write('lighthouse', '# Lighthouses\n\nThe Zorblax Accord counts lighthouses.');
  expect((await runCli(settings, 'ingest')).out).toContain('1 added');
  const { passages } = await client.search({ query: 'Zorblax lighthouses', limit: 1 });
  expect(passages[0]?.documentId).toBe('lighthouse');
  const embedded = async (): Promise<number> =>
    ((await client.send({ path: '/readyz' })).json() as { embedded: number }).embedded;
  for (let tries = 0; tries < 100 && (await embedded()) < 1; tries++) await setTimeout(100);
  expect(await embedded()).toBe(1);
  over.abort();
  await asking;
  expect(failures).toEqual([]);
}, 90_000);

test('an ingest that is killed leaves whole documents, and the next one completes it', async () => {
  const { settings, CORPUS_DIR } = await setUp(24);
  for (const afterMs of [300, 500, 700, 900, 1200]) {
    const child = startCli(settings, 'ingest');
    await setTimeout(afterMs);
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  const { code, out } = await runCli(settings, 'ingest');
  expect(code).toBe(0);
  const [, added = 0, kept = 0] = (/(\d+) added, 0 changed, (\d+) kept, 0 removed, 0 rejected/.exec(out) ?? []).map(
    Number,
  );
  expect(added + kept).toBe((await readdir(CORPUS_DIR)).length);
  const server = await startEmbeddedServer(settings);
  onTestFinished(async () => void (await server.stop()));
  const client = createContractClient(server.url);
  for (const number of [0, 17, 23]) {
    const text = await client.readText(`d${number}`);
    expect(text).toBe(treaty(number));
    const { passages } = await client.search({ query: `treaty ${number} article 7 licences`, limit: 3 });
    for (const { documentId, start, end, text: quoted } of passages) {
      expect((await client.readText(documentId)).slice(start, end)).toBe(quoted);
    }
  }
  expect(server.stderr()).toBe('');
}, 120_000);

test('a clock that leaps back and forth costs nothing', async () => {
  const { settings, CORPUS_DIR } = await setUp(3);
  const clock = fileURLToPath(new URL('../support/jumping-clock.mjs', import.meta.url));
  const leaping = { ...settings, NODE_OPTIONS: `--import=${clock}` };
  expect((await runCli(leaping, 'ingest')).out).toMatch(/3 added[^]*Embedded 180 chunks/);
  await rm(join(CORPUS_DIR, 'd1.md'));
  expect((await runCli(leaping, 'ingest')).out).toMatch(/2 kept, 1 removed[^]*Embedded nothing/);
  const server = await startEmbeddedServer(leaping);
  onTestFinished(async () => void (await server.stop()));
  const client = createContractClient(server.url);
  const { conversationId } = await client.ask({ question: 'How many licences does treaty 2 grant under article 7?' });
  const answer = await client.ask({ question: 'And under article 8?', conversationId });
  expect(answer.citations[0]?.quote).toContain('208 licences');
  expect(server.stderr()).toBe('');
}, 60_000);

test('two ingests at once: the second says who is at work', async () => {
  const { settings, INDEX_DIR } = await setUp(1);
  const release = takeLock(join(INDEX_DIR, 'ingest.lock'), 'Another ingest');
  const { code, err } = await runCli(settings, 'ingest');
  expect([code, err]).toEqual([1, expect.stringContaining(`Another ingest is under way (process ${process.pid}`)]);
  release();
  expect(await runCli(settings, 'ingest')).toMatchObject({ code: 0 });
});

test('a backup brings back what was deleted since, also into an index that was damaged', async () => {
  const { settings, INDEX_DIR, CORPUS_DIR, write } = await setUp(2);
  const file = join(await temporaryFolder(), 'backup.db');
  await runCli(settings, 'ingest');
  expect(await runCli(settings, 'backup', file)).toMatchObject({ code: 0, err: '' });
  await rm(join(CORPUS_DIR, 'd0.md'));
  await write('later', '# Later\n\nA later text.');
  expect((await runCli(settings, 'ingest')).out).toContain('1 added, 0 changed, 1 kept, 1 removed');
  expect(await runCli(settings, 'restore', file)).toMatchObject({ code: 0, err: '' });
  const quoted = await runCli(settings, 'ask', 'How many licences does treaty 0 grant under article 7?');
  expect(quoted.out).toContain('7 licences');
  await writeFile(join(INDEX_DIR, 'concordat.db'), 'no database');
  expect(await runCli(settings, 'restore', join(INDEX_DIR, 'nothing.db'))).toMatchObject({ code: 1 });
  expect(await runCli(settings, 'restore', file)).toMatchObject({ code: 0, err: '' });
  expect((await runCli(settings, 'ingest')).out).toContain('1 added, 0 changed, 1 kept, 1 removed');
}, 60_000);

test('a read-only index is served, and cannot be changed', async () => {
  const { settings, INDEX_DIR, CORPUS_DIR, write } = await setUp(1);
  await runCli(settings, 'ingest');
  await write('later', '# Later\n\nA later text.');
  const user = process.getuid?.() === 0 ? 65_534 : undefined;
  for (const file of await readdir(INDEX_DIR)) await chmod(join(INDEX_DIR, file), 0o444);
  await chmod(INDEX_DIR, 0o555);
  await chmod(CORPUS_DIR, 0o755);
  const server = await startServer({ ...settings, LOG_LEVEL: 'warn' }, { user });
  onTestFinished(async () => {
    await server.stop();
    await chmod(INDEX_DIR, 0o755);
  });
  const client = createContractClient(server.url);
  expect((await client.search({ query: 'licences of treaty 0' })).passages[0]?.documentId).toBe('d0');
  expect((await client.ask({ question: 'How many licences does treaty 0 grant under article 7?' })).outcome).toBe(
    'answered',
  );
  expect(server.stderr()).toContain('served from memory');
  expect((await stat(INDEX_DIR)).mode & 0o222).toBe(0);
}, 60_000);

test('deep folders, odd names and links are read, what leads round in circles or nowhere has a line', async () => {
  const { settings, CORPUS_DIR } = await setUp(0);
  const deep = (depth: number): string => join(CORPUS_DIR, ...Array.from({ length: depth }, (_, i) => `f${i}`));
  await mkdir(deep(70), { recursive: true });
  await writeFile(join(deep(30), 'deep.md'), 'Deep text.');
  await writeFile(join(deep(70), 'too-deep.md'), 'Too deep.');
  await writeFile(join(CORPUS_DIR, 'new\nline and spaces ü.md'), 'Odd name.');
  await mkdir(join(CORPUS_DIR, 'folder.md'));
  await symlink('..', join(deep(1), 'round'));
  await symlink('nowhere.md', join(CORPUS_DIR, 'dangling.md'));
  await symlink('new\nline and spaces ü.md', join(CORPUS_DIR, 'linked.md'));
  const { code, out } = await runCli(settings, 'ingest');
  expect([code, out]).toEqual([0, expect.stringContaining('3 added')]);
  expect(out).toMatch(/round: The link leads to a folder that is read already/);
  expect(out).toMatch(/dangling\.md: The link leads nowhere/);
  expect(out).toMatch(/more than 64 folders deep/);
  expect(out).toContain('has the text of');
});
