import type { AskTrace, Passage } from '../domain.ts';

/** Passages a chat model sees at most. */
const MOST_PASSAGES = 10;
/** Passages of one document among them. */
const MOST_OF_ONE_DOCUMENT = 5;
/** A passage this similar may answer without sharing the question's words. Chosen with `npm run eval`. */
const LEAST_SIMILARITY = 0.4;
/** Share of the question's term weight that a passage must hold when it is less similar than that. */
const LEAST_COVERAGE = 0.2;

export interface Selection {
  readonly passages: readonly Passage[];
  readonly rejected: AskTrace['rejected'];
}

/**
 * The passages worth composing from, in their order: those that pass the gate, not too many of one document.
 * `coverage` is the share (0–1) of the question's term weight that a passage holds, with its context.
 */
export function selectPassages(passages: readonly Passage[], coverage: (passage: Passage) => number): Selection {
  const selected: Passage[] = [];
  const rejected: { chunkId: string; reason: string }[] = [];
  const perDocument = new Map<string, number>();
  for (const passage of passages) {
    const { documentId, id: chunkId } = passage.chunk;
    const count = perDocument.get(documentId) ?? 0;
    const reason = whyNot(passage, { coverage: coverage(passage), count, selected: selected.length });
    if (reason !== undefined) {
      rejected.push({ chunkId, reason });
      continue;
    }
    perDocument.set(documentId, count + 1);
    selected.push(passage);
  }
  return { passages: selected, rejected };
}

function whyNot(
  { similarity }: Passage,
  { coverage, count, selected }: { coverage: number; count: number; selected: number },
): string | undefined {
  if (selected >= MOST_PASSAGES) return `there are ${MOST_PASSAGES} better passages`;
  if (count >= MOST_OF_ONE_DOCUMENT) return `there are ${MOST_OF_ONE_DOCUMENT} better passages of this document`;
  if (similarity < LEAST_SIMILARITY && coverage < LEAST_COVERAGE) {
    return `similarity ${similarity.toFixed(2)} and coverage ${coverage.toFixed(2)} are below the gate`;
  }
  return undefined;
}
