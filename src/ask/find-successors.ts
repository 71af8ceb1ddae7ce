import type { DocumentMetadata, Passage, SupersedingDocument } from '../domain.ts';

/** Names (ids or titles) of documents → the documents that replace them, oldest first. */
export type FindSuperseding = (names: readonly string[]) => Promise<ReadonlyMap<string, readonly DocumentMetadata[]>>;

/** What replaces each of the passages' documents, as far as it was known on `asOf`, by document id. */
export async function findSuccessors(
  passages: readonly Passage[],
  findSuperseding: FindSuperseding | undefined,
  asOf: string | undefined,
): Promise<ReadonlyMap<string, readonly SupersedingDocument[]>> {
  const documents = new Map(passages.map(({ document }) => [document.id, document]));
  if (!findSuperseding || documents.size === 0) return new Map();
  const found = await findSuperseding([...documents.values()].flatMap(({ id, title }) => [id, title]));
  const successors = [...documents.values()].map(({ id, title }) => {
    const replacing = [...(found.get(id) ?? []), ...(found.get(title) ?? [])];
    const known = replacing.filter((document) => document.id !== id && wasKnown(document, asOf));
    return [
      id,
      known.map((document) => ({ documentId: document.id, title: document.title, date: document.date })),
    ] as const;
  });
  return new Map(successors.filter(([, known]) => known.length > 0));
}

/** A date known only to the month or year counts from its first day. */
function wasKnown({ date }: DocumentMetadata, asOf: string | undefined): boolean {
  return asOf === undefined || (date !== null && date <= asOf.slice(0, date.length));
}
