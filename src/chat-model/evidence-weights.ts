/** What each signal adds to the log-odds that the passages answer at all: fitted, see docs/BENCHMARKS.md; not set by hand. */
export const EVIDENCE_WEIGHTS = {
  coverage: 0.58,
  own: -0.16,
  ownSquared: -0.45,
  passage: 2.18,
  similarity: 1.02,
  unread: -0.11,
  missingNames: -1.67,
  found: 0.07,
  lacking: -1.24,
  chance: 2.07,
  order: 0.42,
  density: -0.1,
  count: 2.92,
  kindred: 0.7,
  uncounted: -1.13,
  negated: -1.91,
  terms: -1.24,
} as const;

export const EVIDENCE_BIAS = -4.29;
