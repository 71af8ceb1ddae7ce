import type { CorpusStore, PreparedDocument } from '../corpus-store/corpus-store.ts';
import type { Chunk } from '../domain.ts';

/**
 * The same text under another name is embedded once: its chunks take over what embedding sees of those that were there
 * first, so that they share their vectors.
 */
export async function shareVectors(
  prepared: PreparedDocument,
  waiting: readonly PreparedDocument[],
  store: CorpusStore,
): Promise<PreparedDocument> {
  const { id, text } = prepared.document;
  const near = waiting.find(({ document }) => document.text === text && document.id !== id)?.chunks;
  const twins = near ? [] : await store.findTwins(id, text);
  const first = near ?? (twins[0] === undefined ? [] : await chunksOf(twins[0], store));
  const same = new Map(first.map((chunk) => [`${chunk.start} ${chunk.end}`, chunk]));
  const chunks = prepared.chunks.map((chunk): Chunk => {
    const { context, digest } = same.get(`${chunk.start} ${chunk.end}`) ?? chunk;
    return { ...chunk, context, digest };
  });
  return { ...prepared, chunks };
}

async function chunksOf(documentId: string, store: CorpusStore): Promise<Chunk[]> {
  const labels = await store.findLabels({ documentIds: [documentId] });
  return (await store.findChunks([...labels])).map(({ chunk }) => chunk);
}
