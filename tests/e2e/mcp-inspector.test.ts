import { execFile } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findInspector } from '../support/environment.ts';
import { startEmbeddedServer, type TestServer } from '../support/start-server.ts';

const inspector = findInspector();
if (inspector === undefined)
  process.stderr.write(
    'the inspector of MCP: skipped, as it is not installed (npm install --no-save --ignore-scripts @modelcontextprotocol/inspector).\n',
  );

describe.skipIf(inspector === undefined)('the inspector of MCP', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startEmbeddedServer();
  });
  afterAll(() => server.stop());

  const inspect = (...args: string[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const asked = ['--cli', `${server.url}/mcp`, '--transport', 'http', ...args];
      execFile(inspector ?? '', asked, (error, out) => {
        if (error) reject(error);
        else resolve(JSON.parse(out));
      });
    });

  test.each([
    ['tools/list', 'tools', 4],
    ['resources/list', 'resources', 49],
    ['prompts/list', 'prompts', 1],
  ])('%s is understood', async (method, key, count) => {
    const listed = (await inspect('--method', method)) as Record<string, unknown[]>;
    expect(listed[key]).toHaveLength(count);
  });

  test('a tool is called', async () => {
    const call = ['--method', 'tools/call', '--tool-name', 'ask', '--tool-arg', 'question=When was CEPA signed?'];
    expect(await inspect(...call)).toMatchObject({ structuredContent: { outcome: 'answered' } });
  });
});
