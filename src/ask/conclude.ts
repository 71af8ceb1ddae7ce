import type { AbstentionReason, Answer, Citation, DocumentMetadata, Passage } from '../domain.ts';
import { tellsOfDayAfter } from '../language/tells-of-day.ts';
import { composeText, type ComposeOptions, type Reword } from './compose.ts';
import type { Drafted } from './draft-grounded.ts';
import { findConflicts, type FoundConflict } from './find-conflicts.ts';
import { makeReceipt, type Provenance } from './receipt.ts';
import { createRepeater } from './repeat-values.ts';
import type { AskedQuestion } from './understand.ts';
import { WORDING } from './wording.ts';

/** What the steps before found out. */
export interface Findings {
  readonly retrieved: readonly Passage[];
  readonly selected: readonly Passage[];
  readonly drafted: Drafted;
  readonly suggestions: readonly string[];
  readonly provenance: Provenance;
  /** What is said in place of our framing; default: itself. */
  readonly reword?: Reword;
}

/** The answer, or the abstention with what the corpus does say on the subject. */
export function conclude(question: AskedQuestion, findings: Findings): Answer {
  const { selected, drafted, suggestions, provenance, reword = (text) => text } = findings;
  const { language, text, isTimeline } = question;
  const reason = whyAbstain(question, findings);
  const sentences = drafted.cited.map(({ sentence }) => sentence);
  const citations: Citation[] = drafted.cited.flatMap(({ added }) => added);
  // What changes from one date to the next is no contradiction.
  const conflicts = isTimeline ? [] : findConflicts(text, { sentences, citations }, documentsOf(selected));
  // Only what was typed is said back.
  const unanswered = drafted.unanswered?.map((part) => (question.typed.includes(part) ? part : ''));
  const composed =
    citations.length === 0
      ? ''
      : composeText(sentences, citations, {
          ...describe(question, { sentences, citations, conflicts }),
          isPartial: drafted.completeness === 'partial',
          unanswered,
          reword,
        });
  const found = reason === undefined ? composed : abstention(reason, question, { composed, reword });
  const answer = drafted.fallback === undefined ? found : `${reword(WORDING[language].modelFailed)}\n\n${found}`;
  const common = {
    language,
    standaloneQuestion: text,
    answer,
    sentences,
    citations,
    conflicts: conflicts.flatMap(({ conflict, isUpdate }) => (isUpdate ? [] : [conflict])),
    suggestions,
  };
  const said =
    reason === undefined
      ? ({ outcome: 'answered', reason: null, completeness: completenessOf(drafted), ...common } as const)
      : ({ outcome: 'abstained', reason, completeness: 'none', ...common } as const);
  return { ...said, receipt: makeReceipt(provenance, selected, said) };
}

function documentsOf(passages: readonly Passage[]): ReadonlyMap<string, DocumentMetadata> {
  return new Map(passages.map(({ document }) => [document.id, document]));
}

function describe(
  { text: question, language, filters: { asOf }, isTimeline }: AskedQuestion,
  {
    sentences,
    citations,
    conflicts,
  }: Pick<Answer, 'sentences' | 'citations'> & { conflicts: readonly FoundConflict[] },
): ComposeOptions {
  const tellsLater = asOf !== undefined && sentences.some(({ text }) => tellsOfDayAfter(text, asOf));
  const beside = createRepeater([question, ...citations.map(({ title }) => title)].join('\n'), language);
  return { language, asOf, conflicts, tellsLater, isTimeline, beside };
}

function completenessOf({ completeness }: Drafted): 'full' | 'partial' {
  return completeness === 'full' ? 'full' : 'partial';
}

function whyAbstain(
  { aside }: AskedQuestion,
  { retrieved, selected, drafted }: Findings,
): AbstentionReason | undefined {
  if (aside !== undefined) return 'out-of-scope';
  if (retrieved.length === 0) return 'no-passages';
  if (selected.length === 0) return 'weak-evidence';
  if (drafted.completeness === 'none') return 'model-declined';
  return drafted.cited.length === 0 ? 'ungrounded' : undefined;
}

/** An honest sentence, then what the corpus does hold on the subject, if anything. */
function abstention(
  reason: AbstentionReason,
  { language, aside }: AskedQuestion,
  { composed, reword }: { readonly composed: string; readonly reword: Reword },
): string {
  const { abstained, asides, nearMiss } = WORDING[language];
  if (aside !== undefined) return reword(asides[aside]);
  return composed === '' ? reword(abstained[reason]) : `${reword(nearMiss)}\n\n${composed}`;
}
