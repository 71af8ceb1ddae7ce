/** What each signal adds to the log-odds that the passages answer at all: fitted by `npm run fit -- evidence`, not set by hand. */
export const EVIDENCE_WEIGHTS = {
  coverage: 1.28,
  own: 0.38,
  ownSquared: -0.03,
  passage: 2.38,
  similarity: 0.95,
  unread: 0.41,
  missingNames: -1.27,
  found: 0.1,
  lacking: -1.19,
  chance: 1.63,
  order: -0.13,
  density: -0.24,
  count: 1.09,
  kindred: 0.6,
  uncounted: -0.94,
  negated: -1.26,
  terms: 0.31,
} as const;

export const EVIDENCE_BIAS = -5.16;
