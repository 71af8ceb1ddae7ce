import { ConfigurationError } from '../errors.ts';
import { openTransformersModel, type Dtype, type TransformersSettings } from '../transformers.ts';
import type { Reranker } from './reranker.ts';

/** Pairs a call: between two calls it can be given up. */
const BATCH = 4;

export interface CrossEncoderOptions extends TransformersSettings {
  /** `owner/name` of the hub, or a folder. */
  readonly model: string;
  readonly dtype?: Dtype | undefined;
}

/**
 * A cross-encoder with ONNX weights, run on this machine in a worker thread. Loaded before the first question.
 * @throws ConfigurationError when the package, the model or its files are missing.
 */
export async function openCrossEncoder({ model, dtype, ...settings }: CrossEncoderOptions): Promise<Reranker> {
  const setting = `RERANKER=huggingface:${model}`;
  const encoder = openTransformersModel({ setting, model, task: 'score', dtype }, settings);
  try {
    await encoder.score('Is it there?', ['It is.']);
  } catch (error) {
    await encoder.close();
    const cause = error instanceof Error ? error.message : String(error);
    throw new ConfigurationError(`${setting} could not be used: ${cause}`, error);
  }
  return {
    id: `huggingface:${model}`,
    async score(question, passages, signal) {
      const scores: number[] = [];
      while (scores.length < passages.length) {
        signal.throwIfAborted();
        scores.push(...(await encoder.score(question, passages.slice(scores.length, scores.length + BATCH))));
      }
      return scores;
    },
    close: () => encoder.close(),
  };
}
