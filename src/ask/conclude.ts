import type { AbstentionReason, Answer, Citation, Passage } from '../domain.ts';
import { composeText } from './compose.ts';
import type { Drafted } from './draft-grounded.ts';
import { findConflicts } from './find-conflicts.ts';
import { makeReceipt, type Provenance } from './receipt.ts';
import { suggestQuestions } from './suggest-questions.ts';
import type { AskedQuestion } from './understand.ts';
import { WORDING } from './wording.ts';

/** What the steps before found out. */
export interface Findings {
  readonly retrieved: readonly Passage[];
  readonly selected: readonly Passage[];
  readonly drafted: Drafted;
  readonly provenance: Provenance;
}

/** The answer, or the abstention with what the corpus does say on the subject. */
export function conclude(question: AskedQuestion, findings: Findings): Answer {
  const { selected, drafted, provenance } = findings;
  const { language, text, filters, aside } = question;
  const reason = whyAbstain(question, findings);
  const sentences = drafted.cited.map(({ sentence }) => sentence);
  const citations: Citation[] = drafted.cited.flatMap(({ added }) => added);
  const conflicts = findConflicts(text, sentences, citations);
  const composed =
    citations.length === 0 ? '' : composeText(sentences, citations, { language, asOf: filters.asOf, conflicts });
  const answer = reason === undefined ? composed : abstention(reason, question, composed);
  const common = {
    language,
    standaloneQuestion: text,
    answer,
    sentences,
    citations,
    conflicts: conflicts.map(({ conflict }) => conflict),
    suggestions: aside === undefined ? suggestQuestions(selected, citations, language) : [],
  };
  const said =
    reason === undefined
      ? ({ outcome: 'answered', reason: null, completeness: completenessOf(drafted), ...common } as const)
      : ({ outcome: 'abstained', reason, completeness: 'none', ...common } as const);
  return { ...said, receipt: makeReceipt(provenance, selected, said) };
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
function abstention(reason: AbstentionReason, { language, aside }: AskedQuestion, composed: string): string {
  const { abstained, asides, nearMiss } = WORDING[language];
  if (aside !== undefined) return asides[aside];
  return composed === '' ? abstained[reason] : `${nearMiss}\n\n${composed}`;
}
