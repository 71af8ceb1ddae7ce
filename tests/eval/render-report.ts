import type { ScoredRecord } from './score-record.ts';
import type { SetSummary, Tally } from './summarise-set.ts';

const EXAMPLES = 3;
const EXCERPT = 200;

/** The report of one set, for the terminal. */
export function renderReport(summary: SetSummary, scored: readonly ScoredRecord[]): string {
  const { violations, latencyMs } = summary;
  return [
    `== ${summary.set} ==`,
    renderRow('correct', summary.correct),
    ...renderGroup('by type', summary.byType),
    ...renderGroup('by language', summary.byLanguage),
    ...renderGroup('by wording', summary.byWording),
    renderRow('gold document cited (answerable, en)', summary.goldCitedEnglish),
    renderRow('citations from gold documents', summary.goldCitations),
    renderRow('unanswerable handled', summary.unanswerableHandled),
    renderRow('answerable answered', summary.answerableAnswered),
    `median answer length: ${summary.medianAnswerLength} characters`,
    `latency: p50 ${latencyMs.p50} ms, p95 ${latencyMs.p95} ms`,
    `causes of wrong answers: ${renderCounts(summary.causes)}`,
    `invariants: ${renderCounts(violations)}`,
    ...renderExamples(scored),
  ].join('\n');
}

/** Each wrong answer: what was asked, what came back and why it is wrong. */
export function renderWrong(scored: readonly ScoredRecord[]): string {
  return scored.flatMap((one) => (one.fault ? [renderFault(one)] : [])).join('\n');
}

function renderFault({ record: { question, answer }, fault }: ScoredRecord): string {
  return [
    `${question.id} ${question.lang} ${question.type}: ${question.question}`,
    `    ${excerpt(answer?.answer ?? '(no answer)')}`,
    `    ${fault?.cause}: ${fault?.detail} (gold: ${question.gold_docs.join(', ') || 'none'})`,
  ].join('\n');
}

function renderGroup(title: string, tallies: Readonly<Record<string, Tally>>): string[] {
  return [`${title}:`, ...Object.entries(tallies).map(([name, tally]) => renderRow(`  ${name}`, tally))];
}

function renderRow(name: string, { n, hits, share }: Tally): string {
  return `${name.padEnd(38)} ${share.toFixed(2)}  ${hits}/${n}`;
}

function renderCounts(counts: Readonly<Record<string, number>>): string {
  const shown = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
  return shown.join(', ') || 'none';
}

function renderExamples(scored: readonly ScoredRecord[]): string[] {
  const seen = new Map<string, number>();
  return scored.flatMap(({ record, violations }) =>
    violations.flatMap(({ invariant, detail }) => {
      const count = (seen.get(invariant) ?? 0) + 1;
      seen.set(invariant, count);
      return count > EXAMPLES ? [] : [`  ${invariant} in ${record.question.id}: ${excerpt(detail)}`];
    }),
  );
}

function excerpt(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > EXCERPT ? `${line.slice(0, EXCERPT)}…` : line;
}
