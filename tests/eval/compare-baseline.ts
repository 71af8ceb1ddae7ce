import type { SetSummary } from './summarise-set.ts';

/** The committed state that a run is held against. */
export type Baseline = Omit<SetSummary, 'latencyMs'>;

const LEAST_TOLERANCE = 0.03;

/**
 * Why a run is worse than the baseline, in a sentence; undefined when it is not. A fall within two standard errors of
 * the baseline's share (at least three points) is noise.
 */
export function compareBaseline({ correct }: SetSummary, baseline: Baseline): string | undefined {
  const { share, n } = baseline.correct;
  const tolerance = Math.max(LEAST_TOLERANCE, 2 * Math.sqrt((share * (1 - share)) / Math.max(1, n)));
  if (correct.share >= share - tolerance) return undefined;
  const shown = [correct.share, share, tolerance].map((value) => value.toFixed(3));
  return `The share of correct answers is ${shown[0]}; the baseline is ${shown[1]}, and at most ${shown[2]} of a fall is noise.`;
}
