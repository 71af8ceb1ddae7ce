import { AUTHORITIES, type AnswerSentence, type Authority, type Citation, type Language } from '../domain.ts';
import type { FoundConflict } from './find-conflicts.ts';
import { WORDING, type Wording } from './wording.ts';

export interface ComposeOptions {
  readonly language: Language;
  readonly asOf?: string | undefined;
  readonly conflicts?: readonly FoundConflict[];
}

/**
 * The answer as the reader sees it, in Markdown: sentences with their markers, each group led by words that say how
 * official it is, and a note when our own briefs are what is quoted.
 */
export function composeText(
  sentences: readonly AnswerSentence[],
  citations: readonly Citation[],
  { language, asOf, conflicts = [] }: ComposeOptions,
): string {
  const wording = WORDING[language];
  const groups = groupByFraming(sentences, (sentence) => framingOf(sentence, { citations, wording }));
  const blocks = groups.map(({ framing, members }) => {
    const lines = members.map(renderSentence);
    if (lines.length === 1) return [framing, lines[0]].filter(Boolean).join(' ');
    return [framing, ...lines.map((line) => `- ${line}`)].filter(Boolean).join('\n');
  });
  const dated = asOf === undefined ? [] : [wording.asOf(asOf)];
  const note = citations.some(({ textKind }) => textKind === 'brief') ? [`_${wording.briefsQuoted}_`] : [];
  return [...dated, ...blocks, ...conflicts.map((found) => describeConflict(found, wording)), ...note].join('\n\n');
}

/** Which sources differ, how official and from when each is, and which is later and more official. */
function describeConflict({ sides, later, moreOfficial }: FoundConflict, wording: Wording): string {
  const [first, second] = sides.map(
    ({ title, authority, date }) => `“${title}” (${[wording.authorities[authority], date].filter(Boolean).join(', ')})`,
  );
  const notes = [
    wording.differ(first ?? '', second ?? ''),
    later && wording.later(`“${later.title}”`),
    moreOfficial && wording.moreOfficial(`“${moreOfficial.title}”`),
  ];
  return notes.filter(Boolean).join(' ');
}

function framingOf(
  { markers }: AnswerSentence,
  { citations, wording }: { citations: readonly Citation[]; wording: Wording },
): string {
  const authorities = citations.filter(({ marker }) => markers.includes(marker)).map(({ authority }) => authority);
  switch (highest(authorities)) {
    case 'news':
      return wording.accordingToNews;
    case 'commentary':
      return wording.accordingToCommentary;
    case 'primary':
    case 'official':
      return '';
  }
}

function highest(authorities: readonly Authority[]): Authority {
  return AUTHORITIES.find((authority) => authorities.includes(authority)) ?? 'commentary';
}

function groupByFraming(
  sentences: readonly AnswerSentence[],
  framingFor: (sentence: AnswerSentence) => string,
): { framing: string; members: AnswerSentence[] }[] {
  const groups: { framing: string; members: AnswerSentence[] }[] = [];
  for (const sentence of sentences) {
    const framing = framingFor(sentence);
    const last = groups.at(-1);
    if (last?.framing === framing) last.members.push(sentence);
    else groups.push({ framing, members: [sentence] });
  }
  return groups;
}

/** Bracketed numbers of the source's own are escaped, so that every marker of the answer is ours. */
function renderSentence({ text, markers }: AnswerSentence): string {
  return `${text.replaceAll(/\[(\d+)\]/g, String.raw`\[$1\]`)} ${markers.map((marker) => `[${marker}]`).join('')}`;
}
