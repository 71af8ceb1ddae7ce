#!/usr/bin/env node
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { answerResponse } from './answer-response.ts';
import { openAssistant, type Assistant } from './assistant.ts';
import { runBackup, runIngest, runRestore } from './cli-ingest.ts';
import { runMigrateStore } from './cli-migrate-store.ts';
import { runVersions } from './cli-versions.ts';
import { loadConfig, type Config } from './config.ts';
import { LANGUAGES } from './domain.ts';
import { AppError, ConfigurationError, InvalidRequestError } from './errors.ts';
import { detectLanguage } from './language/detect-language.ts';
import { renderAnswer } from './render-answer.ts';
import { renderVerification } from './render-verification.ts';
import { checkQuestion } from './requests.ts';
import { linkBase, runChat } from './run-chat.ts';
import { createLog } from './telemetry/log.ts';
import { createMetrics } from './telemetry/metrics.ts';
import { styleFor } from './terminal-style.ts';
import { readSavedAnswer } from './saved-answer.ts';

const USAGE = `Usage:
  ingest [PATH | URL …] [--rebuild] [--restore ID] [--refresh]
                                    bring the index level with files, folders and pages (default: CORPUS_DIR);
                                    --refresh: with the pages that CORPUS_DIR/sources.yaml lists
  backup FILE                       write all that the index knows to one file, while it is in use
  restore FILE                      put a backup in the place of the index
  migrate-store FROM TO             copy a store into an empty one: each a folder, or postgres://… (or STORE: that setting)
  versions [list | begin NAME [--empty] | publish NAME | drop NAME]
                                    versions of the corpus in the database STORE; publishing is one switch, and so is back
  ask "QUESTION" [--json] [--explain] [--as-of YYYY-MM-DD] [--lang ${LANGUAGES.join('|')}]
  chat [--json] [--lang …]          questions and answers in turn; /help says more
  mcp                               serve MCP on standard input and output
  verify FILE [--json]              re-check an answer that was saved with ask --json or from POST /api/ask
`;

/** The exit code of an abstention: not an answer, and no failure. */
const ABSTAINED = 3;

const OPTIONS = {
  json: { type: 'boolean', default: false },
  explain: { type: 'boolean', default: false },
  rebuild: { type: 'boolean', default: false },
  restore: { type: 'string' },
  refresh: { type: 'boolean', default: false },
  empty: { type: 'boolean', default: false },
  'as-of': { type: 'string' },
  lang: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

async function main(): Promise<void> {
  const { positionals, values } = readArguments();
  const [verb = '', ...rest] = positionals;
  const run = values.help ? undefined : VERBS[verb]?.(rest, values);
  if (run) return run;
  process.stderr.write(USAGE);
  process.exitCode = values.help ? 0 : 2;
}

const VERBS: Readonly<
  Record<string, (rest: readonly string[], values: Arguments['values']) => Promise<void> | undefined>
> = {
  ingest: (rest, values) => runIngest(rest, values, notice),
  backup: ([file]) => (file === undefined ? undefined : runBackup(file)),
  restore: ([file]) => (file === undefined ? undefined : runRestore(file)),
  'migrate-store': ([from, to]) => (to === undefined || from === undefined ? undefined : runMigrateStore(from, to)),
  versions: (rest, values) => runVersions(rest, values),
  ask: (rest, values) => (rest.length > 0 ? runAsk(rest.join(' '), values) : undefined),
  chat: (_rest, { json, lang }) => runChatVerb(json, lang),
  mcp: () => runMcp(),
  verify: ([file], { json }) => (file === undefined ? undefined : runVerify(file, json)),
};

interface Arguments {
  readonly positionals: readonly string[];
  readonly values: {
    readonly json: boolean;
    readonly explain: boolean;
    readonly rebuild: boolean;
    readonly restore?: string | undefined;
    readonly refresh: boolean;
    readonly empty: boolean;
    readonly help: boolean;
    readonly 'as-of'?: string | undefined;
    readonly lang?: string | undefined;
  };
}

function readArguments(): Arguments {
  try {
    return parseArgs({ options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new ConfigurationError(`${(error as Error).message}\n${USAGE}`);
  }
}

async function runAsk(text: string, { json, explain, 'as-of': asOf, lang }: Arguments['values']): Promise<void> {
  const { question, language, asOf: day } = checkQuestion({ question: text, asOf, language: lang });
  await withAnswers(async (assistant, config) => {
    const result = await assistant.ask(
      { text: question, language: language ?? detectLanguage(question), filters: { asOf: day } },
      { publicUrl: linkBase(config), signal: AbortSignal.timeout(600_000) },
    );
    const response = answerResponse(`ask_${randomUUID()}`, result, explain);
    process.stdout.write(
      json ? `${JSON.stringify(response, null, 2)}\n` : renderAnswer(response, styleFor(process.stdout)),
    );
    process.exitCode = response.outcome === 'answered' ? 0 : ABSTAINED;
  });
}

async function runChatVerb(json: boolean, lang: string | undefined): Promise<void> {
  const { language } = checkQuestion({ question: 'x', language: lang });
  await withAnswers((assistant, config) => runChat(assistant, { config, json, language }));
}

/** Until the client closes its end. Standard output is the protocol's alone. */
async function runMcp(): Promise<void> {
  await withAnswers(async (assistant, config) => {
    const log = createLog(config.LOG_LEVEL, { content: config.LOG_CONTENT });
    const { serveMcpStdio } = await import('./channels/mcp.ts');
    const mcp = serveMcpStdio({ assistant, publicUrl: () => linkBase(config), log, metrics: createMetrics() });
    await once(process.stdin, 'close');
    await mcp.close();
  });
}

/** With an assistant that can answer: the first time, it reads the corpus. */
async function withAnswers(run: (assistant: Assistant, config: Config) => Promise<void>): Promise<void> {
  const config = loadConfig();
  const assistant = await openAssistant(config, notice);
  try {
    if ((await assistant.countChunks()).documents === 0) await firstIngest(config, assistant);
    await run(assistant, config);
  } finally {
    await assistant.close();
  }
}

async function runVerify(file: string, json: boolean): Promise<void> {
  const saved = readSavedAnswer(await readJson(file));
  const assistant = await openAssistant(loadConfig(), notice);
  try {
    const verification = await assistant.verify(saved);
    process.stdout.write(json ? `${JSON.stringify(verification, null, 2)}\n` : renderVerification(verification));
    process.exitCode = verification.verified ? 0 : 1;
  } finally {
    await assistant.close();
  }
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new InvalidRequestError(`${file} cannot be read as JSON: ${(error as Error).message}`);
  }
}

async function firstIngest(config: Config, assistant: Assistant): Promise<void> {
  notice(`There is no index yet; ingesting ${config.CORPUS_DIR}.`);
  await assistant.ingest(config.CORPUS_DIR);
  await assistant.embed();
}

/** What the operator can mend is told in words; a bug keeps its stack. */
function describeError(error: unknown): string {
  if (error instanceof InvalidRequestError) {
    return [error.message, ...error.issues.map(({ pointer, detail }) => `${pointer.slice(1)}: ${detail}`)].join('\n');
  }
  return error instanceof AppError ? error.message : String((error as Error).stack ?? error);
}

function notice(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${describeError(error)}\n`);
  process.exitCode = error instanceof ConfigurationError || error instanceof InvalidRequestError ? 2 : 1;
});
