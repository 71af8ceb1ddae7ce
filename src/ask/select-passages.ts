import type { AskTrace } from '../ask-trace.ts';
import type { Passage } from '../domain.ts';
import { isDenial } from '../language/manner.ts';
import { saysTheSame } from './says-the-same.ts';

/** Passages a chat model sees at most. */
const MOST_PASSAGES = 10;
/** Passages of one document among them. */
const MOST_OF_ONE_DOCUMENT = 5;
/** And so many more, in which documents that are selected already say what they do not give. */
const MOST_SILENCES = 2;
/** A question is about a document of which this many passages are selected. */
const FEWEST_OF_A_SUBJECT = 4;
/** A passage this similar may answer without sharing the question's words. Chosen with `npm run eval`. */
const LEAST_SIMILARITY = 0.4;
/** Share of the question's term weight that a passage must hold when it is less similar than that. */
const LEAST_COVERAGE = 0.2;

export interface Selection {
  readonly passages: readonly Passage[];
  readonly rejected: AskTrace['rejected'];
}

interface Candidate {
  readonly passage: Passage;
  /** Share (0–1) of the question's term weight that the passage holds, with its context. */
  readonly coverage: number;
}

/**
 * The passages worth composing from, in their order: those that pass the gate, not too many of one document, and none
 * that says the same as a better one, unless its title or headings hold more of the question.
 */
export function selectPassages(passages: readonly Passage[], coverage: (passage: Passage) => number): Selection {
  const selected: Candidate[] = [];
  const rejected: { chunkId: string; reason: string }[] = [];
  for (const passage of passages) {
    const candidate = { passage, coverage: coverage(passage) };
    const reason = whyNot(candidate, selected);
    if (reason === undefined) selected.push(candidate);
    else rejected.push({ chunkId: passage.chunk.id, reason });
  }
  return { passages: selected.map((candidate) => candidate.passage), rejected };
}

function whyNot(candidate: Candidate, selected: readonly Candidate[]): string | undefined {
  const { passage, coverage } = candidate;
  const { similarity, chunk } = passage;
  const crowded = whyCrowded(candidate, selected);
  if (crowded !== undefined) return crowded;
  if (similarity < LEAST_SIMILARITY && coverage < LEAST_COVERAGE) {
    return `similarity ${similarity.toFixed(2)} and coverage ${coverage.toFixed(2)} are below the gate`;
  }
  const twin = selected.find(
    (better) => coverage <= better.coverage && saysTheSame(better.passage.chunk.text, chunk.text),
  );
  return twin && `it says the same as passage ${twin.passage.rank}`;
}

/** Too many are better, unless this one says what a document that is asked about does not give: that may be the answer. */
function whyCrowded({ passage: { chunk } }: Candidate, selected: readonly Candidate[]): string | undefined {
  const ofDocument = selected.filter((better) => better.passage.chunk.documentId === chunk.documentId).length;
  const isFull = selected.length >= MOST_PASSAGES;
  if (!isFull && ofDocument < MOST_OF_ONE_DOCUMENT) return undefined;
  const isRoom = selected.length < MOST_PASSAGES + MOST_SILENCES;
  if (isRoom && ofDocument >= FEWEST_OF_A_SUBJECT && isDenial(chunk.text)) return undefined;
  return isFull
    ? `there are ${MOST_PASSAGES} better passages`
    : `there are ${MOST_OF_ONE_DOCUMENT} better passages of this document`;
}
