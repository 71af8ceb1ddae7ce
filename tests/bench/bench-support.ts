import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { weighSupport } from '../../src/ask/ground.ts';
import { extractTerms } from '../../src/language/terms.ts';
import { fitSupport } from './fit-support.ts';

/** A claim with what it was said to rest on, and whether it does. */
interface Judged {
  readonly claim: string;
  readonly quote: string;
  readonly supported: boolean;
}

interface ExpertClaim {
  readonly question: string;
  readonly claim: string;
  readonly evidence: readonly string[];
  readonly support: string;
}

const SPLITS = 10;

/** How well the support check tells claims that their quotes prove from those they do not. */
export async function benchSupport(args: readonly string[]): Promise<void> {
  const { data } = parseArgs({ args: [...args], options: { data: { type: 'string' } } }).values;
  report('drafts that the check was tuned on', readLines<Judged>(new URL('drafts.jsonl', import.meta.url)));
  const unseen = readLines<Judged>(new URL('drafts-unseen.jsonl', import.meta.url));
  report('drafts that it was not', unseen);
  for (const { claim } of unseen.filter((one) => !one.supported && passes(one)))
    process.stdout.write(`    shown: ${claim}\n`);
  for (const { claim, quote } of unseen.filter((one) => one.supported && !passes(one)))
    process.stdout.write(`    lost (${whyNot(claim, quote)}): ${claim}\n`);
  if (data === undefined) return;
  const labelled = readLines<ExpertClaim>(join(data, 'claim-support', 'claims.jsonl'));
  const all = labelled.map(judgedByExpert);
  report('claim-support, all', all);
  report(
    'claim-support, with evidence in words',
    all.filter(({ quote }) => quote.length > 80),
  );
  await reportFit(labelled);
}

/** A combination of all that can be told without a language model: each half of the questions scored by the other's weights. */
async function reportFit(labelled: readonly ExpertClaim[]): Promise<void> {
  const claims = labelled.map((one) => ({
    question: one.question,
    addresses: one.evidence.map((text) => /^\[\d+\]\s*(\S+)/.exec(text)?.[1] ?? ''),
    texts: one.evidence.map((text) => text.replace(/^\[\d+\]\s*\S+\s*/, '')),
    ...judgedByExpert(one),
  }));
  const { names, scored } = await fitSupport(claims, SPLITS);
  const aurocs = (keep: (one: Judged) => boolean): number[] =>
    scored.map(({ places, scores }) => {
      const known = new Map(places.map((place, i) => [claims[place] as Judged, scores[i] ?? 0]));
      return measureAuroc([...known.keys()].filter(keep), (one) => known.get(one) ?? 0);
    });
  process.stdout.write(
    `claim-support, fitted on half and scored on the other, both ways, ${SPLITS} splits (${names.join(', ')}):\n` +
      `  AUROC: all ${spread(aurocs(() => true))}, with evidence in words ${spread(aurocs(({ quote }) => quote.length > 80))}\n`,
  );
}

/** Mean, and between what. */
function spread(values: readonly number[]): string {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return `${mean.toFixed(3)} (${Math.min(...values).toFixed(3)} to ${Math.max(...values).toFixed(3)})`;
}

/** Markers and addresses are not what a claim says. */
function judgedByExpert({ claim, evidence, support }: ExpertClaim): Judged {
  return {
    claim: claim.replaceAll(/\s*\[\d+\]|\*\*/g, ''),
    quote: evidence.map((text) => text.replace(/^\[\d+\]\s*\S+\s*/, '')).join('\n'),
    supported: support === 'Complete',
  };
}

function report(name: string, judged: readonly Judged[]): void {
  const shown = judged.filter(passes);
  const right = shown.filter(({ supported }) => supported).length;
  const supported = judged.filter((one) => one.supported);
  const auroc = (score: (one: Judged) => number): string => measureAuroc(judged, score).toFixed(3);
  process.stdout.write(
    `${name}: n ${judged.length}, supported ${supported.length}\n` +
      `  AUROC: words held ${auroc((one) => shareHeld(one, 1))}, pairs of words held ${auroc((one) => shareHeld(one, 2))}, ` +
      `gate and pairs ${auroc((one) => (passes(one) ? 1 : 0) + shareHeld(one, 2))}\n` +
      `  gate: shows ${shown.length}, of which supported ${right} (precision ${share(right, shown.length)}), ` +
      `recall ${share(right, supported.length)}\n`,
  );
}

function whyNot(claim: string, quote: string): string {
  const verdict = weighSupport(claim, [{ quote, title: '', date: null }]);
  return 'reason' in verdict ? verdict.check : (verdict.doubt?.check ?? '');
}

function passes({ claim, quote }: Judged): boolean {
  const verdict = weighSupport(claim, [{ quote, title: '', date: null }]);
  return !('reason' in verdict) && verdict.doubt === undefined;
}

/** The share of a claim's runs of so many words that the quote holds. */
function shareHeld({ claim, quote }: Judged, length: number): number {
  const runs = (text: string): string[] => {
    const terms = extractTerms(text);
    return terms.slice(length - 1).map((_, i) => terms.slice(i, i + length).join(' '));
  };
  const held = new Set(runs(quote));
  const own = [...new Set(runs(claim))];
  return own.length === 0 ? 0 : own.filter((run) => held.has(run)).length / own.length;
}

/** How often a supported claim scores higher than one that is not; ties count half. */
function measureAuroc(judged: readonly Judged[], score: (one: Judged) => number): number {
  const good = judged.filter(({ supported }) => supported).map(score);
  const bad = judged.filter(({ supported }) => !supported).map(score);
  const wins = good.flatMap((a) => bad.map((b) => (a > b ? 1 : a === b ? 0.5 : 0)));
  return wins.reduce((sum: number, win) => sum + win, 0) / wins.length;
}

function share(part: number, whole: number): string {
  return whole === 0 ? '—' : (part / whole).toFixed(3);
}

function readLines<T>(file: string | URL): T[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);
}
