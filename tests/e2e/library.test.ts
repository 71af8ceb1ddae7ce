import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { ADMIN_KEY, createAdminClient } from '../support/admin-client.ts';
import { createContractClient } from '../support/contract-client.ts';
import { temporaryFolder } from '../support/documents.ts';
import { pdfWith } from '../support/office-files.ts';
import { startPages } from '../support/page-server.ts';
import { runCli } from '../support/run-cli.ts';
import { startEmbeddedServer } from '../support/start-server.ts';

const FACT = 'The Zorblax Accord obliges both parties to count 8,317 lighthouses by 2041.';

async function setUp(more: Readonly<Record<string, string>> = {}) {
  const [CORPUS_DIR, INDEX_DIR] = [await temporaryFolder(), await temporaryFolder()];
  const settings = { CORPUS_DIR, INDEX_DIR, ...more };
  const write = (name: string, text: string): Promise<void> => writeFile(join(CORPUS_DIR, name), text);
  await write('kept.md', '# Ferries\n\nThe harbour treaty regulates ferries.');
  const serve = async () => {
    const server = await startEmbeddedServer({ ...settings, ADMIN_API_KEY: ADMIN_KEY });
    onTestFinished(async () => void (await server.stop().catch(() => null)));
    return { server, client: createContractClient(server.url), admin: createAdminClient(server.url) };
  };
  return { CORPUS_DIR, settings, write, serve, ingest: (...args: string[]) => runCli(settings, 'ingest', ...args) };
}

test('identical content under two names is embedded once, and cited once with both places', async () => {
  const { write, ingest, serve } = await setUp();
  const text = `## Duties\n\n${FACT}\n\n## Term\n\nThe accord ends in 2050.`;
  await write('a.md', `---\ntitle: Zorblax Accord\n---\n${text}`);
  await write('b.md', `---\ntitle: Accord, certified copy\n---\n${text}`);
  const { out } = await ingest();
  // One vector for ferries, one for each of the two sections, not four.
  expect(out).toContain('Embedded 3 chunks');
  expect(out).toContain('b has the text of a');
  const { client } = await serve();
  const { citations } = await client.ask({ question: 'How many lighthouses are counted under the Zorblax Accord?' });
  const cited = citations.filter(({ quote }) => quote === FACT);
  expect(cited).toHaveLength(1);
  const alsoIn = cited[0]?.alsoIn ?? [];
  expect([cited[0]?.documentId, ...alsoIn.map((other) => other.documentId)].toSorted()).toEqual(['a', 'b']);
  const [, start, end] = /#(\d+)-(\d+)$/.exec(alsoIn[0]?.uri ?? '') ?? [];
  expect((await client.readText(alsoIn[0]?.documentId ?? '')).slice(Number(start), Number(end))).toBe(FACT);
  const { passages } = await client.search({ query: FACT });
  expect(
    passages
      .filter(({ text: found }) => found.includes(FACT))
      .map(({ documentId: id }) => id)
      .toSorted(),
  ).toEqual(['a', 'b']);
}, 60_000);

test('of a changed document only the changed chunks are embedded again, and of a moved one none', async () => {
  const { write, ingest, CORPUS_DIR } = await setUp();
  const treaty = (edition: number): string =>
    Array.from({ length: 20 }, (_, i) => `## Article ${i}\n\nRule ${i}, edition ${i === 7 ? edition : 1}.`).join(
      '\n\n',
    );
  await write('treaty.md', `# Treaty\n\n${treaty(1)}`);
  expect((await ingest()).out).toContain('Embedded 21 chunks');
  await write('treaty.md', `# Treaty\n\n${treaty(2)}`);
  expect((await ingest()).out).toMatch(/0 added, 1 changed, 1 kept.*\nEmbedded 1 chunks/);
  await mkdir(join(CORPUS_DIR, 'archive'));
  await rename(join(CORPUS_DIR, 'treaty.md'), join(CORPUS_DIR, 'archive', 'old treaty.md'));
  expect((await ingest()).out).toMatch(/0 added, 0 changed, 2 kept, 0 removed.*\nEmbedded nothing/);
});

test('an answer from a PDF names the page, and its offsets are those of the stored text', async () => {
  const { serve } = await setUp();
  const { admin, client, server } = await serve();
  const filler = { x: 60, y: 700, text: 'This page speaks of ferries and of the harbours that they call at.' };
  const file = pdfWith([[filler], [filler], [{ x: 60, y: 700, text: FACT }]]);
  expect((await admin.upload('accord.pdf', Uint8Array.from(file))).status).toBe(201);
  const { citations } = await client.ask({ question: 'How many lighthouses does the Zorblax Accord count?' });
  expect(citations[0]).toMatchObject({ documentId: 'accord', quote: FACT, page: 3 });
  const { start, end } = citations[0] ?? { start: 0, end: 0 };
  expect((await client.readText('accord')).slice(start, end)).toBe(FACT);
  await server.stop();
}, 60_000);

test('a sidecar gives metadata to a format that has none, and a change of it alone is followed', async () => {
  const { write, ingest, serve } = await setUp();
  await write('notes.txt', FACT);
  await write('notes.meta.yaml', 'title: Notes on lighthouses\nauthority: official\ndate: 2040-05\n');
  expect((await ingest()).out).toContain('2 added');
  const { client, server } = await serve();
  const found = async (): Promise<object> => (await client.send({ path: '/api/documents/notes' })).json() as object;
  expect(await found()).toMatchObject({ title: 'Notes on lighthouses', authority: 'official', date: '2040-05' });
  await write('notes.meta.yaml', 'title: Notes on lighthouses\nauthority: primary\n');
  expect((await ingest()).out).toContain('1 changed');
  expect(await found()).toMatchObject({ authority: 'primary', date: null });
  await server.stop();
  await write('notes.meta.yaml', 'authority: rumour\n');
  const { out } = await ingest();
  expect(out).toMatch(/left out .*notes\.txt: .*authority/);
});

test('a deleted document comes back from its folder only when it is restored', async () => {
  const { write, ingest, serve } = await setUp();
  await write('accord.md', `# Accord\n\n${FACT}`);
  const { admin, client, server } = await serve();
  expect((await admin.remove('accord')).status).toBe(204);
  await write('accord.md', `# Accord\n\n${FACT} It was edited.`);
  expect((await ingest()).out).toContain('left out accord: it was deleted (--restore accord brings it back)');
  expect((await client.send({ path: '/api/documents/accord' })).status).toBe(404);
  expect((await ingest('--restore', 'accord')).out).toContain('1 added');
  expect(await client.readText('accord')).toContain('It was edited.');
  expect(await ingest('--restore', 'accord')).toMatchObject({ code: 1, err: expect.stringContaining('accord') });
  await server.stop();
}, 60_000);

test('a list of sources is kept level with its pages, politely, and brings nothing back that was deleted', async () => {
  const page = { text: FACT, etag: '"1"' };
  const requests: string[] = [];
  const port = await startPages((request, response) => {
    requests.push(`${request.url} ${request.headers['if-none-match'] ?? 'anew'}`);
    if (request.url === '/robots.txt') return void response.end('User-agent: *\nDisallow: /private');
    if (request.headers['if-none-match'] === page.etag) return void response.writeHead(304).end();
    response.writeHead(200, { 'content-type': 'text/html', etag: page.etag });
    response.end(`<html><body><main><h1>Accord</h1><p>${page.text}</p></main></body></html>`);
  });
  const { write, ingest, serve } = await setUp({ INGEST_ALLOW_PRIVATE: 'true' });
  const base = `http://127.0.0.1:${port}`;
  await write('sources.yaml', `- url: ${base}/accord\n  authority: official\n- url: ${base}/private\n`);
  const first = await ingest('--refresh');
  expect(first.out).toMatch(/1 added, 0 changed, 0 kept, 0 removed, 1 rejected/);
  expect(first.out).toMatch(/private: .*robots\.txt/);
  expect((await ingest('--refresh')).out).toMatch(/0 added, 0 changed, 1 kept/);
  expect(requests).toContain('/accord "1"');
  Object.assign(page, { text: `${FACT} It was amended.`, etag: '"2"' });
  expect((await ingest('--refresh')).out).toMatch(/0 added, 1 changed/);

  const { admin, client, server } = await serve();
  const { documents } = (await client.send({ path: '/api/documents' })).json() as {
    documents: { id: string; origin: string; authority: string }[];
  };
  const fetched = documents.find(({ origin }) => origin === 'url');
  expect(fetched).toMatchObject({ authority: 'official' });
  expect(await client.readText(fetched?.id ?? '')).toContain('It was amended.');
  expect((await admin.remove(fetched?.id ?? '')).status).toBe(204);
  expect((await ingest('--refresh')).out).toContain('it was deleted');
  Object.assign(page, { text: `${FACT} It was amended again.`, etag: '"3"' });
  expect((await ingest('--refresh')).out).toContain('it was deleted');
  expect((await client.send({ path: `/api/documents/${fetched?.id}` })).status).toBe(404);
  await server.stop();
}, 90_000);

test('a running server finds what another process ingested by meaning too, and loses what it removed', async () => {
  const { write, ingest, serve, CORPUS_DIR } = await setUp();
  const { client, server } = await serve();
  await write('accord.md', `# Accord\n\n${FACT}`);
  expect((await ingest()).out).toContain('1 added');
  // Spelled otherwise, so that no word is held: only hashed n-grams find it.
  const query = 'lighthousekeeping zorblaxian accordance';
  const ids = async (): Promise<string[]> => {
    const { passages } = await client.search({ query, explain: true });
    return passages.filter(({ signals }) => signals && 'cosine' in signals).map(({ documentId }) => documentId);
  };
  for (let tries = 0; tries < 100 && !(await ids()).includes('accord'); tries++) await setTimeout(100);
  expect((await ids())[0]).toBe('accord');
  await rm(join(CORPUS_DIR, 'accord.md'));
  expect((await ingest()).out).toContain('1 removed');
  expect(await ids()).not.toContain('accord');
  await server.stop();
}, 60_000);
