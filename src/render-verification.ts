import type { Verdict, Verification } from './ask/verify-answer.ts';

const VERDICTS: Readonly<Record<Verdict, string>> = {
  intact: 'Verified: the answer is as it was given, and nothing it rests on has changed.',
  holds: 'Verified: the answer is as it was given, and every quote still stands. The corpus has changed since:',
  outdated: 'Out of date: the answer is as it was given, and its sources have changed since:',
  altered: 'Not verified: this is not the answer that was given:',
};

/** A verdict for the terminal: one sentence, then what was found. */
export function renderVerification({ verdict, findings, checked }: Verification): string {
  const { sentences, quotes, passages } = checked;
  return [
    VERDICTS[verdict],
    ...findings.map(({ marker, detail }) => `- ${marker === undefined ? '' : `[${marker}] `}${detail}`),
    `Checked ${sentences} sentences, ${quotes} quotes and ${passages} passages.\n`,
  ].join('\n');
}
