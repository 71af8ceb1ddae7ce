import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createFetcher } from '../../../../src/ingest/fetch/fetch-document.ts';
import { getPage, type PageOptions } from '../../../../src/ingest/fetch/get-page.ts';
import type { Resolve } from '../../../../src/ingest/fetch/public-address.ts';
import { createRobots } from '../../../../src/ingest/fetch/robots.ts';
import { startPages } from '../../../support/page-server.ts';

/** Every name is this machine. */
const here: Resolve = async () => [{ address: '127.0.0.1', family: 4 }];
/** Stands in for the public Internet: no test connects to anything else. */
const isAllowed = (address: string): boolean => address === '127.0.0.1';
const OPTIONS: PageOptions = { resolve: here, isAllowed, timeoutMs: 2000, maxBytes: 10_000 };

test('a page is fetched from the address that was checked, whatever the name', async () => {
  const port = await startPages((request, response) => response.end(`host ${request.headers.host}`));
  const page = await getPage(`http://no-such-name.test:${port}/a#part`, OPTIONS);
  expect(new TextDecoder().decode(page.bytes)).toBe(`host no-such-name.test:${port}`);
  expect(page.url).toBe(`http://no-such-name.test:${port}/a`);
});

test.each([
  ['http://169.254.169.254/latest/meta-data/', /not on the public/],
  ['http://[::1]/', /not on the public/],
  ['http://inside.test/', /not on the public/],
  ['file:///etc/passwd', /not http/],
  ['http://user:secret@a.test/', /name or password/],
])('a redirect to %s is refused', async (location, reason) => {
  const port = await startPages((_request, response) => void response.writeHead(302, { location }).end());
  const resolve: Resolve = async (hostname) => [
    { address: hostname === 'inside.test' ? '10.0.0.1' : '127.0.0.1', family: 4 },
  ];
  await expect(getPage(`http://a.test:${port}/`, { ...OPTIONS, resolve })).rejects.toThrow(reason);
});

test('a circle of redirects ends', async () => {
  const port = await startPages((_request, response) => void response.writeHead(301, { location: '/again' }).end());
  await expect(getPage(`http://a.test:${port}/`, OPTIONS)).rejects.toThrow(/redirects more than/);
});

test('what is too large, packed or not, or too slow is given up', async () => {
  const port = await startPages((request, response) => {
    if (request.url === '/large') response.end('x'.repeat(20_000));
    else if (request.url === '/bomb')
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(1e7)));
    else response.write('and then nothing');
  });
  await expect(getPage(`http://a.test:${port}/large`, OPTIONS)).rejects.toThrow(/larger than/);
  await expect(getPage(`http://a.test:${port}/bomb`, OPTIONS)).rejects.toThrow(/larger than/);
  await expect(getPage(`http://a.test:${port}/slow`, { ...OPTIONS, timeoutMs: 300 })).rejects.toThrow(/longer than/);
});

test('only documents are taken, robots.txt is honoured, and an unchanged page is not sent twice', async () => {
  const asked: string[] = [];
  const port = await startPages((request, response) => {
    asked.push(`${request.url} ${request.headers['if-none-match'] ?? ''}`.trim());
    if (request.url === '/robots.txt') response.end('User-agent: *\nDisallow: /private/\n');
    else if (request.url === '/picture') response.writeHead(200, { 'content-type': 'image/png' }).end('x');
    else if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end();
    else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', etag: '"1"' }).end('<p>Text</p>');
  });
  const origin = `http://a.test:${port}`;
  const { fetch, fetchIfChanged } = createFetcher(OPTIONS, 0);
  const page = await fetch(`${origin}/treaties/accord`);
  expect(page).toMatchObject({ mediaType: 'text/html', validators: { etag: '"1"' }, name: 'a.test/treaties/accord.' });
  expect(await fetchIfChanged(`${origin}/treaties/accord`, page.validators)).toBeUndefined();
  await expect(fetch(`${origin}/private/x`)).rejects.toThrow(/does not allow/);
  await expect(fetch(`${origin}/picture`)).rejects.toThrow(/image\/png/);
  expect(asked.filter((path) => path === '/robots.txt')).toHaveLength(1);
});

test('one host is not asked faster than it wants', async () => {
  const robots = createRobots(
    async (url) => ({
      url,
      status: 200,
      headers: {},
      bytes: new TextEncoder().encode('User-agent: *\nCrawl-delay: 0.2\n'),
    }),
    50,
  );
  const start = performance.now();
  await robots.admit('http://a.test/1');
  await robots.admit('http://b.test/1');
  expect(performance.now() - start).toBeLessThan(150);
  await robots.admit('http://a.test/2');
  expect(performance.now() - start).toBeGreaterThan(150);
});
