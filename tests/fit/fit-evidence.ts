import { chooseUnits } from '../../src/chat-model/choose-units.ts';
import { expectedAnswer } from '../../src/chat-model/expected-answer.ts';
import { SIGNALS, weighEvidence } from '../../src/chat-model/judge-evidence.ts';
import { scoreUnits } from '../../src/chat-model/score-units.ts';
import { auroc } from '../bench/answering.ts';
import type { FitCase } from './collect-cases.ts';
import { at, descend, dot, isHeldOut } from './descend.ts';

/** Strength of the pull towards 0, for a signal of variance 1. */
const PULL = 0.01;
const STEPS = 600;
/** Questions changed by a word until their paragraph no longer answers weigh less: nearly all their words stand there. */
const ADVERSARIAL_WEIGHT = 0.7;
/** Questions put to the agreements count more than those put to anything else, answerable ones most. */
const OWN_WEIGHT = { answerable: 4, outside: 2 };

interface Sample {
  readonly group: string;
  readonly set: string;
  readonly answerable: boolean;
  readonly heldOut: boolean;
  /** The signals, and a 1 for the bias. */
  readonly signals: Float64Array;
}

export interface EvidenceFit {
  readonly weights: Readonly<Record<string, number>>;
  readonly bias: number;
  readonly groups: readonly GroupOfSamples[];
}

export interface GroupOfSamples {
  readonly group: string;
  readonly heldOut: boolean;
  readonly n: number;
  /** How well confidence tells it from the answerable ones of its set; NaN for those themselves. */
  readonly auroc: number;
  /** Confidences (0–1) at the 5th, 10th, 50th, 90th and 95th hundredth. */
  readonly confidences: readonly number[];
}

/** Weights under which signals of the chosen units tell answerable questions from others: logistic regression. */
export function fitEvidence(
  cases: readonly FitCase[],
  { tests, all }: { tests: readonly string[]; all: boolean },
): EvidenceFit {
  const samples = cases.filter(({ passages }) => passages.length > 0).map((one) => toSample(one, tests));
  const used = samples.filter(({ set, heldOut }) => !tests.includes(set) && (all || !heldOut));
  const size = SIGNALS.length + 1;
  const weights = descend(slopeOf(used), {
    start: new Float64Array(size),
    prior: new Float64Array(size),
    pull: varianceOf(used, size).map((variance) => PULL * variance),
    steps: STEPS,
  });
  const named = SIGNALS.map((name, k) => [name, Number(at(weights, k).toFixed(2))] as const);
  const bias = Number(at(weights, SIGNALS.length).toFixed(2));
  return { weights: Object.fromEntries(named), bias, groups: groupsOf(samples, weights) };
}

function toSample(one: FitCase, tests: readonly string[]): Sample {
  const { text, weighed, passages, language, set, kind, gold, id } = one;
  const expected = expectedAnswer(weighed.asking, text);
  const units = chooseUnits(scoreUnits(weighed, passages, { expected, language }), expected);
  const chosen = units.flatMap(({ lead, ...unit }) => (lead ? [unit, lead] : [unit]));
  const signals = chosen.length > 0 ? weighEvidence(chosen, { weighed, expected, passages }) : undefined;
  const [document = passages[0]?.document.id ?? id] = gold;
  return {
    group: `${set} ${kind}`,
    set: set.replace('-asked-of-own', ''),
    answerable: kind === 'answerable',
    heldOut: tests.includes(set) || (!set.startsWith('questions') && isHeldOut(document.replace(/-\d+$/, ''))),
    signals: Float64Array.from([...SIGNALS.map((name) => signals?.[name] ?? 0), 1]),
  };
}

/** The variance of each signal; none for the bias. */
function varianceOf(samples: readonly Sample[], size: number): Float64Array {
  return new Float64Array(size).map((_, k) => {
    const mean = samples.reduce((sum, { signals }) => sum + at(signals, k), 0) / samples.length;
    return samples.reduce((sum, { signals }) => sum + (at(signals, k) - mean) ** 2, 0) / samples.length;
  });
}

function slopeOf(samples: readonly Sample[]): (weights: Float64Array) => Float64Array {
  const sizes = new Map<string, number>();
  for (const { group } of samples) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const weightOf = ({ group }: Sample): number => importanceOf(group) / Math.sqrt(sizes.get(group) ?? 1);
  const total = samples.reduce((sum, sample) => sum + weightOf(sample), 0);
  return (weights) => {
    const slope = new Float64Array(weights.length);
    for (const sample of samples) {
      const error = confidenceOf(sample, weights) - Number(sample.answerable);
      const share = (error * weightOf(sample)) / total;
      for (let k = 0; k < slope.length; k++) slope[k] = at(slope, k) + share * at(sample.signals, k);
    }
    return slope;
  };
}

function importanceOf(group: string): number {
  if (group.endsWith('adversarial')) return ADVERSARIAL_WEIGHT;
  if (group.endsWith('asked-of-own outside')) return OWN_WEIGHT.outside;
  return group === 'questions answerable' ? OWN_WEIGHT.answerable : 1;
}

function confidenceOf({ signals }: Sample, weights: Float64Array): number {
  return 1 / (1 + Math.exp(-dot(weights, signals)));
}

function groupsOf(samples: readonly Sample[], weights: Float64Array): GroupOfSamples[] {
  const keys = [...new Set(samples.map(({ group, heldOut }) => `${group} ${heldOut}`))];
  return keys.map((key) => {
    const members = samples.filter(({ group, heldOut }) => `${group} ${heldOut}` === key);
    const [first] = members;
    const peers = samples.filter(
      ({ set, answerable, heldOut }) => answerable && set === first?.set && heldOut === first.heldOut,
    );
    const own = samples.filter(({ set, answerable }) => answerable && set === 'questions');
    const positives = first?.group.includes('asked-of-own') ? own : peers;
    const confidences = members.map((one) => confidenceOf(one, weights)).toSorted((a, b) => a - b);
    const quantile = (share: number): number => at(confidences, Math.floor(confidences.length * share));
    return {
      group: first?.group ?? '',
      heldOut: first?.heldOut ?? false,
      n: members.length,
      auroc: first?.answerable
        ? NaN
        : auroc(
            positives.map((one) => confidenceOf(one, weights)),
            confidences,
          ),
      confidences: [0.05, 0.1, 0.5, 0.9, 0.95].map(quantile),
    };
  });
}
