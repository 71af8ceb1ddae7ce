import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { weighSupport } from '../../src/ask/ground.ts';
import { LANGUAGES } from '../../src/domain.ts';
import { detectLanguage } from '../../src/language/detect-language.ts';
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
const OPTIONS = {
  data: { type: 'string' },
  /** Lists what is shown and lost of the drafts that it was tuned on; the others would not stay unseen. */
  show: { type: 'boolean', default: false },
} as const;

/** How well the support check tells claims that their quotes prove from those they do not. */
export async function benchSupport(args: readonly string[]): Promise<void> {
  const { data, show } = parseArgs({ args: [...args], options: OPTIONS }).values;
  const tuned = readLines<Judged>(new URL('drafts.jsonl', import.meta.url));
  reportByLanguage('drafts that the check was tuned on', tuned);
  if (show) listFaults(tuned);
  reportByLanguage('drafts that it was not', readLines<Judged>(new URL('drafts-unseen.jsonl', import.meta.url)));
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
  const supported = judged.filter((one) => one.supported);
  const auroc = (score: (one: Judged) => number): string => measureAuroc(judged, score).toFixed(3);
  process.stdout.write(
    `${name}: n ${judged.length}, supported ${supported.length}\n` +
      `  AUROC: words held ${auroc((one) => shareHeld(one, 1))}, pairs of words held ${auroc((one) => shareHeld(one, 2))}, ` +
      `gate and pairs ${auroc((one) => (passes(one) ? 1 : 0) + shareHeld(one, 2))}\n` +
      `  gate: ${describeGate(judged)}\n`,
  );
}

function describeGate(judged: readonly Judged[]): string {
  const shown = judged.filter(passes);
  const right = shown.filter(({ supported }) => supported).length;
  const recall = share(right, judged.filter(({ supported }) => supported).length);
  return `shows ${shown.length}, of which supported ${right} (precision ${share(right, shown.length)}), recall ${recall}`;
}

function reportByLanguage(name: string, drafts: readonly Judged[]): void {
  report(name, drafts);
  for (const language of LANGUAGES) {
    const own = drafts.filter(({ claim }) => detectLanguage(claim) === language);
    if (own.length > 0 && own.length < drafts.length)
      process.stdout.write(`  ${language}: n ${own.length}, ${describeGate(own)}\n`);
  }
}

function listFaults(drafts: readonly Judged[]): void {
  for (const one of drafts.filter((draft) => draft.supported !== passes(draft))) {
    const { claim, quote, supported } = one;
    process.stdout.write(
      `    ${supported ? `lost (${whyNot(claim, quote)})` : 'shown'}: ${claim}\n      of: ${quote}\n`,
    );
  }
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
