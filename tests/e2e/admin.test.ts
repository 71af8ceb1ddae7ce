import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { IngestReport } from '../../src/domain.ts';
import type { Job } from '../../src/jobs/jobs.ts';
import { ADMIN_KEY, createAdminClient } from '../support/admin-client.ts';
import { createContractClient } from '../support/contract-client.ts';
import { temporaryFolder } from '../support/documents.ts';
import { parseEvents } from '../support/exchange.ts';
import { faultsOf } from '../support/openapi-contract.ts';
import { startServer } from '../support/start-server.ts';

interface AddedBody {
  readonly document: {
    readonly id: string;
    readonly origin: string;
    readonly title: string;
    readonly language: string;
  };
  readonly report: IngestReport;
  readonly jobId: string;
}

const FACT = 'The Zorblax Accord obliges both parties to count 8,317 lighthouses by 2041.';

async function open(settings: Record<string, string> = {}) {
  const [CORPUS_DIR, INDEX_DIR] = [await temporaryFolder(), await temporaryFolder()];
  await writeFile(join(CORPUS_DIR, 'kept.md'), '# Kept\n\nThe harbour treaty regulates ferries.');
  const start = async (more: Record<string, string> = {}) => {
    const server = await startServer({ CORPUS_DIR, INDEX_DIR, ADMIN_API_KEY: ADMIN_KEY, ...settings, ...more });
    onTestFinished(async () => void (await server.stop().catch(() => null)));
    return { server, admin: createAdminClient(server.url), client: createContractClient(server.url) };
  };
  return { CORPUS_DIR, INDEX_DIR, start };
}

test('writing is off without ADMIN_API_KEY, and needs it where it is set', async () => {
  const { start } = await open();
  const { client } = await start({ ADMIN_API_KEY: '' });
  const off = await client.send({ path: '/api/documents', body: { text: 'x' } });
  expect([off.status, faultsOf(off, 'POST /api/documents')]).toEqual([403, []]);
  expect(off.text).toContain('ADMIN_API_KEY');
});

test('a wrong key is a 401, and an API key for reading does not write', async () => {
  const { start } = await open({ API_KEYS: 'reader' });
  const { client, admin } = await start();
  for (const authorization of ['', 'Bearer reader', `Bearer ${ADMIN_KEY}x`]) {
    const refused = await client.send({ method: 'DELETE', path: '/api/documents/kept', headers: { authorization } });
    expect([refused.status, faultsOf(refused, 'DELETE /api/documents/{id}')]).toEqual([401, []]);
  }
  expect((await admin.send('GET /api/documents', '/api/documents')).status).toBe(200);
});

test('a text, a Markdown file and a web page become documents that are answered from at once, and are replaced by id', async () => {
  const { start } = await open();
  const { admin, client } = await start();
  const added = await admin.add({ id: 'notes/accord', title: 'Accord', text: FACT, authority: 'official' });
  expect(added.status).toBe(201);
  expect(added.json()).toMatchObject({
    document: { id: 'notes/accord', origin: 'upload', authority: 'official' },
    report: { added: ['notes/accord'] },
  });
  const { citations } = await client.ask({ question: 'How many lighthouses does the Zorblax Accord count?' });
  expect(citations[0]).toMatchObject({ documentId: 'notes/accord', quote: FACT });

  const again = await admin.add({ id: 'notes/accord', title: 'Accord', text: FACT, authority: 'official' });
  expect([again.status, (again.json() as AddedBody).report.kept]).toEqual([200, ['notes/accord']]);
  const replaced = await admin.add({ id: 'notes/accord', title: 'Accord', text: 'Now of windmills.' });
  expect([replaced.status, (replaced.json() as AddedBody).report.changed]).toEqual([200, ['notes/accord']]);
  expect(await client.readText('notes/accord')).toBe('Now of windmills.');

  const page =
    '<!doctype html><html lang="fr"><nav><a href="/">Accueil</a></nav><main><h1>Le pont</h1><p>Le pont est long.</p></main>';
  const html = await admin.upload('pont à péage.html', page, { kind: 'press' });
  expect((html.json() as AddedBody).document).toMatchObject({
    id: 'pont-à-péage',
    title: 'Le pont',
    language: 'fr',
    kind: 'press',
  });
  expect(await client.readText(encodeURIComponent('pont-à-péage'))).toBe('# Le pont\n\nLe pont est long.');
});

test.each([
  ['an empty file', 'a.md', ''],
  ['a file of another type', 'a.exe', 'MZ'],
  ['a broken PDF', 'a.pdf', '%PDF-1.7 broken'],
  ['a wrong field', 'a.md', '---\nauthority: rumour\n---\ntext'],
])('%s is a 422 that says why, and the job has it too', async (_case, name, content) => {
  const { start } = await open();
  const { admin } = await start();
  const refused = await admin.upload(name, content);
  expect(refused.status).toBe(422);
  const { jobs } = (await admin.send('GET /api/jobs', '/api/jobs')).json() as { jobs: Job[] };
  expect(jobs[0]).toMatchObject({ kind: 'upload', subject: name, status: 'failed' });
  expect(refused.text).toContain(JSON.stringify(jobs[0]?.problem).slice(1, -1));
});

test.each([
  [{}, 400],
  [{ url: 'http://a.example', text: 'x' }, 400],
  [{ url: 'ftp://a.example/x' }, 422],
  [{ url: 'http://127.0.0.1:1/x' }, 422],
  [{ text: ' ' }, 422],
])('%j is refused with %i', async (body, status) => {
  const { start } = await open();
  const { admin } = await start();
  expect((await admin.add(body)).status).toBe(status);
});

test('a file beyond the limit is a 413, and the server goes on', async () => {
  const { start } = await open({ INGEST_MAX_FILE_MB: '1' });
  const { admin } = await start();
  const large = 'word '.repeat(300_000);
  expect((await admin.upload('large.txt', large)).status).toBe(413);
  expect((await admin.add({ id: 'large', text: large })).status).toBe(413);
  expect((await admin.add({ id: 'small', text: 'A small text.' })).status).toBe(201);
});

test('work that is not waited for is a job that can be followed to its end', async () => {
  const { start } = await open();
  const { admin, client } = await start();
  const begun = await admin.send('POST /api/documents', '/api/documents', {
    headers: { prefer: 'respond-async' },
    body: { id: 'later', text: FACT },
  });
  expect(begun.status).toBe(202);
  const path = begun.headers.location ?? '';
  const headers = { authorization: `Bearer ${ADMIN_KEY}`, accept: 'text/event-stream' };
  const events = parseEvents((await client.send({ path, headers })).text);
  expect(events.at(-1)).toMatchObject({ event: 'job', data: { status: 'done', documentId: 'later' } });
  expect((await admin.send('GET /api/jobs/{id}', path)).json()).toMatchObject({ report: { added: ['later'] } });
  expect((await admin.send('GET /api/jobs/{id}', '/api/jobs/none')).status).toBe(404);
});

test('a deleted document is nowhere: not in search, answers, suggestions, conversations or the files of the index', async () => {
  const { CORPUS_DIR, INDEX_DIR, start } = await open();
  await writeFile(
    join(CORPUS_DIR, 'accord.md'),
    `# Zorblax Accord\n\n## Duties\n\n${FACT}\n\n## Term\n\nIt ends with the last quorgle.`,
  );
  const { admin, client, server } = await start();
  const question = 'How many lighthouses does the Zorblax Accord count?';
  const told = await client.ask({ question });
  expect(told.citations[0]).toMatchObject({ documentId: 'accord' });

  expect((await admin.remove('accord')).status).toBe(204);
  const { passages } = await client.search({ query: FACT, limit: 100 });
  expect(passages.filter(({ documentId }) => documentId === 'accord')).toEqual([]);
  const after = await client.ask({ question });
  expect(after.citations).toEqual([]);
  expect(JSON.stringify([after.answer, after.suggestions, after.receipt])).not.toMatch(/8,317|quorgle|accord#/);
  const headers = { 'x-conversation-token': told.conversationToken ?? '' };
  const conversation = await client.send({ path: `/api/conversations/${told.conversationId}`, headers });
  expect(conversation.text).not.toContain('8,317');
  const followUp = await client.ask({ question: 'And when does it end?', conversationId: told.conversationId });
  expect(JSON.stringify(followUp)).not.toMatch(/8,317|quorgle/);
  expect((await client.send({ path: '/api/documents/accord' })).status).toBe(404);
  expect((await admin.remove('accord')).status).toBe(404);

  await untilGone(INDEX_DIR, ['8,317', '8317', 'quorgl', 'lighthouses by']);
  await server.stop();
}, 60_000);

/** Waits until no file of the index holds any of the words. */
async function untilGone(folder: string, words: readonly string[]): Promise<void> {
  const held = async (): Promise<string[]> => {
    const files = await readdir(folder);
    const contents = await Promise.all(files.map((file) => readFile(join(folder, file), 'latin1').catch(() => '')));
    return words.filter((word) => contents.some((content) => content.includes(word)));
  };
  for (let tries = 0; tries < 100 && (await held()).length > 0; tries++) await setTimeout(100);
  expect(await held()).toEqual([]);
}

test('a deletion survives a restart and another ingest of the folder, until the document is restored or sent anew', async () => {
  const { CORPUS_DIR, start } = await open();
  await writeFile(join(CORPUS_DIR, 'accord.md'), `# Accord\n\n${FACT}`);
  const first = await start();
  await first.admin.add({ id: 'sent', text: 'This was sent.' });
  await first.admin.remove('accord');
  first.server.signal('SIGTERM');
  expect(await first.server.exited).toBe(0);
  const { admin, client } = await start();
  const listed = async (): Promise<string[]> => {
    const response = await client.send({ path: '/api/documents' });
    return (response.json() as { documents: { id: string }[] }).documents.map(({ id }) => id);
  };
  expect(await listed()).toEqual(['kept', 'sent']);
  expect((await admin.add({ id: 'accord', text: 'Sent anew.' })).status).toBe(201);
  expect(await listed()).toEqual(['accord', 'kept', 'sent']);
}, 60_000);
