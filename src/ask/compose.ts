import type { AnswerSentence, Citation, Language } from '../domain.ts';
import { isDirective } from '../language/manner.ts';
import { formatValue } from '../language/format-value.ts';
import { tellsOfYear } from '../language/tells-of-day.ts';
import { isPlain } from './check-claim.ts';
import type { FoundConflict } from './find-conflicts.ts';
import { frameSentence } from './frame.ts';
import { WORDING, type Wording } from './wording.ts';

/** A piece of framing as it is to be said. */
export type Reword = (framing: string) => string;

export interface ComposeOptions {
  readonly language: Language;
  readonly asOf?: string | undefined;
  readonly conflicts?: readonly FoundConflict[];
  /** Whether sentences tell of days after `asOf`. */
  readonly tellsLater?: boolean;
  /** Each sentence with a date, its own or that of its document. */
  readonly isTimeline?: boolean;
  /** Whether a part of the question is left open. */
  readonly isPartial?: boolean | undefined;
  /** The parts that no sentence answers, as far as they are known; '' for one that cannot be said back. */
  readonly unanswered?: readonly string[] | undefined;
  readonly reword?: Reword;
  /** What stands beside a sentence, behind its markers. */
  readonly beside?: (sentence: string) => string;
}

/**
 * The answer as the reader sees it, in Markdown: sentences with their markers, each group led by words that say how
 * official it is, and a note when our own briefs are what is quoted.
 */
export function composeText(
  sentences: readonly AnswerSentence[],
  citations: readonly Citation[],
  {
    language,
    asOf,
    conflicts = [],
    tellsLater,
    isTimeline,
    isPartial,
    unanswered,
    reword = (text) => text,
    beside = () => '',
  }: ComposeOptions,
): string {
  const wording = WORDING[language];
  const say: Reword = (framing) => (framing === '' ? '' : reword(framing));
  const groups = groupByFraming(sentences, (sentence) => say(frameSentence(sentence, citations, language)));
  const blocks = groups.map(({ framing, members }) => {
    const lines = members.map((sentence) => {
      const dated = isTimeline ? dateBefore(sentence, citations, language) : '';
      return `${dated}${renderSentence(sentence)}${beside(sentence.text)}`;
    });
    if (lines.length === 1) return [framing, lines[0]].filter(Boolean).join(' ');
    return [framing, ...lines.map((line) => `- ${line}`)].filter(Boolean).join('\n');
  });
  const dated = asOf === undefined ? [] : [say(wording.asOf(asOf))];
  const notes = [
    ...describeOpen({ isPartial, unanswered }, wording, say),
    ...conflicts.map((found) => say(describeConflict(found, wording))),
    ...describeSuperseded(citations, wording).map(say),
    ...(tellsLater ? [say(wording.tellsLater)] : []),
    ...(citations.some(({ textKind }) => textKind === 'brief') ? [`_${say(wording.briefsQuoted)}_`] : []),
  ];
  return [...dated, ...blocks, ...notes].join('\n\n');
}

/** More is not said back, nor what Markdown or a reader could take for something else. */
const LONGEST_PART = 120;
const MARKS = /[*_`#|~<>[\]\\]/u;

/** Once: by its parts where they are known. */
function describeOpen(
  { isPartial, unanswered = [] }: Pick<ComposeOptions, 'isPartial' | 'unanswered'>,
  wording: Wording,
  say: Reword,
): string[] {
  if (isPartial && unanswered.length === 0) return [`_${say(wording.partial)}_`];
  return unanswered.map((part) => say(describeUnanswered(part, wording)));
}

function describeUnanswered(part: string, wording: Wording): string {
  const isSayable = part.length <= LONGEST_PART && isPlain(part) && !MARKS.test(part) && !isDirective(part);
  return wording.unanswered(part !== '' && isSayable ? `“${part.replace(/[?？।。.!\s]+$/u, '')}”` : undefined);
}

/** Which sources differ, how official and from when each is, and which is later and more official. */
function describeConflict({ sides, isUpdate, later, moreOfficial }: FoundConflict, wording: Wording): string {
  const name = ({ title, authority, date }: Citation): string =>
    `“${title}” (${[wording.authorities[authority], date].filter(Boolean).join(', ')})`;
  const [first, second] = sides;
  if (isUpdate && later) return wording.updates(name(later), name(later === first ? second : first));
  const notes = [
    wording.differ(name(first), name(second)),
    later && wording.later(`“${later.title}”`),
    moreOfficial && wording.moreOfficial(`“${moreOfficial.title}”`),
  ];
  return notes.filter(Boolean).join(' ');
}

/** Each replaced document once, with the one that replaces it where that is quoted, too. */
function describeSuperseded(citations: readonly Citation[], wording: Wording): string[] {
  const replaced = new Map(
    citations.flatMap((citation) => (citation.supersededBy ? [[citation.documentId, citation]] : [])),
  );
  return [...replaced.values()].map(({ title, supersededBy = [] }) => {
    const cited = citations.find(({ documentId }) => supersededBy.some((by) => by.documentId === documentId));
    return wording.superseded(`“${title}”`, cited && `“${cited.title}”`);
  });
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

/** The date of its document, where the sentence has none. */
function dateBefore({ text, markers }: AnswerSentence, citations: readonly Citation[], language: Language): string {
  const date = citations.find(({ marker }) => marker === markers[0])?.date;
  if (!date || tellsOfYear(text)) return '';
  const [year = 0, month, day] = date.split('-').map(Number);
  return `${formatValue({ year, ...(month && { month }), ...(day && { day }) }, language)}: `;
}

/** Bracketed numbers of the source's own are escaped, so that every marker of the answer is ours. */
function renderSentence({ text, markers }: AnswerSentence): string {
  return `${text.replaceAll(/\[(\d+)\]/g, String.raw`\[$1\]`)} ${markers.map((marker) => `[${marker}]`).join('')}`;
}
