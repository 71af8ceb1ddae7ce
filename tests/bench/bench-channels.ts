import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { asking, openChannelBench } from '../support/channel-bench.ts';
import { CELLS, pairsOf, recoverCitations, type ChannelDriver } from '../support/channel-driver.ts';
import { GROUPS } from '../support/channels/all-channels.ts';
import { slack } from '../support/channels/slack.ts';
import { createContractClient } from '../support/contract-client.ts';
import { readFiftyQuestions } from '../support/fifty-questions.ts';
import { startEmbeddedServer } from '../support/start-server.ts';
import { listSurfaces } from '../support/surfaces.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const MENTIONS = 200;

interface Measured {
  cells?: Record<string, Record<string, string>>;
  readonly intact: Record<string, string>;
  slowestAcknowledgementMs?: number;
  answeredOnce?: number;
}

/** The table channel × cell, citations intact of each surface, and how long 200 mentions at once wait for their acknowledgement. */
export async function benchChannels(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      every: { type: 'string', default: '1' },
      cells: { type: 'boolean', default: true },
      json: { type: 'string', default: 'tests/bench/out/channels.json' },
    },
    allowNegative: true,
  });
  const questions = readFiftyQuestions().filter((_question, index) => index % Number(values.every) === 0);
  const measured: Measured = { intact: {} };
  await measureAcknowledgement(measured);
  await measureSurfaces(questions, measured);
  await measureTools(questions, measured);
  if (values.cells) measured.cells = await measureCells();
  print(measured);
  mkdirSync(dirname(values.json), { recursive: true });
  writeFileSync(values.json, `${JSON.stringify(measured, null, 2)}\n`);
}

/** Slack's patience is 3 s. Each mention comes from another person, all of them at once. */
async function measureAcknowledgement(measured: Measured): Promise<void> {
  const bench = await openChannelBench([slack]);
  const messages = (): readonly object[] => bench.vendor.calls.flatMap((call) => slack.messagesOf(call));
  const question = readFiftyQuestions()[0] ?? '';
  await bench.lab.ask(question);
  const requests = await Promise.all(
    Array.from({ length: MENTIONS }, async (_one, index) => slack.ask(asking(question, { user: `U${index}` }))),
  );
  const waitsMs = await Promise.all(
    requests.map(async (request) => {
      const began = performance.now();
      await bench.lab.send(request);
      return performance.now() - began;
    }),
  );
  await bench.vendor.until(() => messages().length >= MENTIONS);
  measured.slowestAcknowledgementMs = Math.round(Math.max(...waitsMs));
  measured.answeredOnce = new Set(messages().map((message) => (message as { thread_ts: string }).thread_ts)).size;
  await bench.close();
}

async function measureSurfaces(questions: readonly string[], { intact }: Measured): Promise<void> {
  const server = await startEmbeddedServer();
  const client = createContractClient(server.url);
  const wanted: string[] = [];
  for (const question of questions) wanted.push(JSON.stringify(pairsOf((await client.ask({ question })).citations)));
  const INDEX_DIR = mkdtempSync(join(tmpdir(), 'concordat-bench-'));
  const settings = { CORPUS_DIR: join(ROOT, 'corpus'), INDEX_DIR };
  for (const { name, readAll } of listSurfaces({ url: server.url, settings })) {
    const readings = await readAll(questions);
    const same = readings.filter((ways, index) =>
      Object.values(ways).every((pairs) => JSON.stringify(pairs) === wanted[index]),
    );
    intact[name] = `${same.length}/${questions.length}`;
    process.stderr.write(`${name}: ${intact[name]}\n`);
  }
  await server.stop();
  rmSync(INDEX_DIR, { recursive: true });
}

async function measureTools(questions: readonly string[], { intact }: Measured): Promise<void> {
  for (const drivers of GROUPS) {
    const bench = await openChannelBench(drivers);
    for (const driver of drivers) {
      let same = 0;
      for (const [index, question] of questions.entries()) {
        const response = await bench.expect(question);
        bench.lab.answerWith(response);
        const wanted = pairsOf(response.citations);
        bench.vendor.calls.length = 0;
        const reply = await bench.lab.send(await driver.ask(asking(question, { thread: String(8_000 + index) })));
        const texts = (): string[] =>
          (driver.repliesOf?.(reply) ?? bench.vendor.calls.flatMap((call) => driver.messagesOf(call))).map((message) =>
            driver.read(message),
          );
        if (!driver.repliesOf)
          await bench.vendor.until(
            () => texts().length > 0 && pairsOf(recoverCitations(texts())).length >= wanted.length,
          );
        if (JSON.stringify(pairsOf(recoverCitations(texts()))) === JSON.stringify(wanted)) same++;
      }
      bench.lab.answerWith(undefined);
      intact[driver.name] = `${same}/${questions.length}`;
      process.stderr.write(`${driver.name}: ${intact[driver.name]}\n`);
    }
    await bench.close();
  }
}

interface Assertion {
  readonly ancestorTitles: readonly string[];
  readonly title: string;
  readonly status: string;
}

/** Runs the contract suite, and reads its report: the cell is the word before the colon. */
async function measureCells(): Promise<Record<string, Record<string, string>>> {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-cells-'));
  const report = join(folder, 'report.json');
  const files = ['tests/contracts/channels-answers.test.ts', 'tests/contracts/channels-delivery.test.ts'];
  const child = spawn('npx', ['vitest', 'run', ...files, '--reporter=json', `--outputFile=${report}`], {
    cwd: ROOT,
    stdio: 'ignore',
  });
  await new Promise((resolve) => child.on('exit', resolve));
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
    testResults: { assertionResults: Assertion[] }[];
  };
  rmSync(folder, { recursive: true });
  const assertions = testResults.flatMap(({ assertionResults }) => assertionResults);
  const statusOf = ({ name }: ChannelDriver, cell: string): string => {
    const own = assertions.filter(
      ({ ancestorTitles, title }) => isNamed(ancestorTitles.at(-1), name) && title.startsWith(`${cell}:`),
    );
    return own.length > 0 && own.every(({ status }) => status === 'passed') ? 'held' : (own[0]?.status ?? 'no test');
  };
  return Object.fromEntries(
    GROUPS.flat().map((driver) => [
      driver.name,
      Object.fromEntries(CELLS.map((cell) => [cell, statusOf(driver, cell)])),
    ]),
  );
}

/** Titles from a table are quoted. */
function isNamed(title: string | undefined, name: string): boolean {
  return title === name || title === `'${name}'`;
}

function print({ cells = {}, intact, slowestAcknowledgementMs, answeredOnce }: Measured): void {
  const lines = [
    ...Object.entries(cells).map(([name, row]) => {
      const held = Object.values(row).filter((status) => status === 'held').length;
      const rest = Object.entries(row).filter(([, status]) => status !== 'held');
      return `${name.padEnd(28)}${held}/${CELLS.length} cells${rest.map(([cell, status]) => `; ${cell}: ${status}`).join('')}`;
    }),
    '',
    'citations intact (the set of (document, quote) equals that of POST /api/ask):',
    ...Object.entries(intact).map(([name, share]) => `${name.padEnd(28)}${share}`),
    '',
    `${MENTIONS} mentions at once in Slack: slowest acknowledgement ${slowestAcknowledgementMs} ms, answered once ${answeredOnce}/${MENTIONS}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
