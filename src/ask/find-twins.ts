import type { Passage } from '../domain.ts';

/** Where else the very text of a chunk was found: in other documents, one passage each. By chunk id. */
export function findTwins(passages: readonly Passage[]): ReadonlyMap<string, readonly Passage[]> {
  const byText = new Map<string, Map<string, Passage>>();
  for (const passage of passages) {
    const { text, documentId } = passage.chunk;
    const places = byText.get(text) ?? new Map<string, Passage>();
    if (!places.has(documentId)) byText.set(text, places.set(documentId, passage));
  }
  return new Map(
    passages.map(({ chunk }) => {
      const places = [...(byText.get(chunk.text) ?? [])];
      return [chunk.id, places.filter(([id]) => id !== chunk.documentId).map(([, passage]) => passage)];
    }),
  );
}
