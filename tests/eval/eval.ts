/**
 * `npm run eval -- [questions.jsonl ...] [--url URL] [--json OUT] [--rescore] [--verbose] [--update-baseline]`:
 * asks a running server every question of a set, then scores the answers. tests/eval/README.md has the rules.
 */
import { createWriteStream, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { startEmbeddedServer } from '../support/start-server.ts';
import { compareBaseline, type Baseline } from './compare-baseline.ts';
import { answersFile, BASELINE, OUT, readArguments, SHIPPED, type EvalArguments } from './eval-arguments.ts';
import { createEvalClient } from './eval-client.ts';
import { generateAnswers, type AnswerRecord } from './generate-answers.ts';
import { readQuestions } from './question-set.ts';
import { readPromptLines } from './read-prompt-lines.ts';
import { renderReport, renderWrong } from './render-report.ts';
import { scoreRecord } from './score-record.ts';
import { summariseSet, type SetSummary } from './summarise-set.ts';

// oxlint-disable-next-line node/no-process-env -- the evaluation has no config.ts; this is all it reads of the environment
const namedQuestions = process.env['EVAL_QUESTIONS'];

/** What the server is measured with: its defaults. For other settings, start one and name it with --url. */
const SETTINGS = { EMBEDDINGS: 'sentence' };

async function main(): Promise<void> {
  const options = readArguments(process.argv.slice(2), namedQuestions);
  mkdirSync(OUT, { recursive: true });
  if (!options.rescore) await generate(options);
  const summaries = options.sets.map((set) => score(set, options));
  writeFileSync(options.json, `${JSON.stringify(summaries, null, 2)}\n`);
  const shipped = summaries[options.sets.findIndex((set) => resolve(set) === SHIPPED)];
  if (shipped && options.updateBaseline) updateBaseline(shipped);
  const complaints = [...violationComplaints(summaries), ...(shipped ? baselineComplaints(shipped) : [])];
  for (const complaint of complaints) process.stderr.write(`${complaint}\n`);
  process.exitCode = complaints.length > 0 ? 1 : 0;
}

/** Step one: the answers of every set, one a line. */
async function generate({ sets, url }: EvalArguments): Promise<void> {
  const questions = sets.map((set) => ({ file: answersFile(set), questions: readQuestions(set) }));
  const server = url === undefined ? await startEmbeddedServer(SETTINGS) : { url, stop: async () => null };
  try {
    const client = createEvalClient(server.url);
    for (const set of questions) {
      const out = createWriteStream(set.file);
      for await (const record of generateAnswers(set.questions, client)) out.write(`${JSON.stringify(record)}\n`);
      out.end();
      await once(out, 'finish');
    }
  } finally {
    await server.stop();
  }
}

/** Step two: reads nothing but the file of step one (and the prompts, which no answer may show). */
function score(set: string, { verbose }: EvalArguments): SetSummary {
  const lines = readFileSync(answersFile(set), 'utf8').split('\n').filter(Boolean);
  const promptLines = readPromptLines();
  const scored = lines.map((line) => scoreRecord(JSON.parse(line) as AnswerRecord, promptLines));
  const summary = summariseSet(set, scored);
  process.stdout.write(`${renderReport(summary, scored)}\n\n`);
  if (verbose) process.stdout.write(`${renderWrong(scored)}\n\n`);
  return summary;
}

function updateBaseline({ latencyMs: _latency, ...rest }: SetSummary): void {
  const baseline: Baseline = { ...rest, set: 'tests/eval/questions.jsonl' };
  writeFileSync(BASELINE, `${JSON.stringify(baseline, null, 2)}\n`);
}

function violationComplaints(summaries: readonly SetSummary[]): string[] {
  return summaries.flatMap(({ set, violations }) => {
    const count = Object.values(violations).reduce((total, one) => total + one, 0);
    return count === 0 ? [] : [`${set}: ${count} violations of invariants; there must be none.`];
  });
}

function baselineComplaints(summary: SetSummary): string[] {
  if (!existsSync(BASELINE)) return [];
  const complaint = compareBaseline(summary, JSON.parse(readFileSync(BASELINE, 'utf8')) as Baseline);
  return complaint === undefined ? [] : [complaint];
}

await main();
