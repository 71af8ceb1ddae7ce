/** Made by `npm run bench -- fit`: what each signal adds to the log-odds that the passages answer at all. */
export const EVIDENCE_WEIGHTS = {
  coverage: 1.72,
  own: -2.34,
  ownSquared: -0.63,
  passage: 3.83,
  similarity: 0.94,
  unread: -0.07,
  missingNames: -1.64,
  found: 0.06,
  lacking: -0.65,
  chance: 1.12,
  order: 1.17,
  density: -0.09,
  count: 1.66,
  kindred: 0.59,
  uncounted: -0.68,
  gap: -0.00,
  negated: -2.14,
  terms: -0.47,
} as const;

export const EVIDENCE_BIAS = -4.12;
