import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { weighSupport } from '../../src/ask/ground.ts';
import { extractTerms } from '../../src/language/terms.ts';

/** A claim with what it was said to rest on, and whether it does. */
interface Judged {
  readonly claim: string;
  readonly quote: string;
  readonly supported: boolean;
}

interface ExpertClaim {
  readonly claim: string;
  readonly evidence: readonly string[];
  readonly support: string;
}

/** How well the support check tells claims that their quotes prove from those they do not. */
export function benchSupport(args: readonly string[]): void {
  const { data } = parseArgs({ args: [...args], options: { data: { type: 'string' } } }).values;
  report('drafts that the check was tuned on', readLines<Judged>(new URL('drafts.jsonl', import.meta.url)));
  const unseen = readLines<Judged>(new URL('drafts-unseen.jsonl', import.meta.url));
  report('drafts that it was not', unseen);
  for (const { claim } of unseen.filter((one) => !one.supported && passes(one)))
    process.stdout.write(`    shown: ${claim}\n`);
  for (const { claim, quote } of unseen.filter((one) => one.supported && !passes(one)))
    process.stdout.write(`    lost (${whyNot(claim, quote)}): ${claim}\n`);
  if (data === undefined) return;
  const all = readLines<ExpertClaim>(join(data, 'claim-support', 'claims.jsonl')).map(judgedByExpert);
  report('claim-support, all', all);
  report(
    'claim-support, with evidence in words',
    all.filter(({ quote }) => quote.length > 80),
  );
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
