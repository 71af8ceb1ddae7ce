import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { sha256 } from '../digest.ts';
import { ConfigurationError } from '../errors.ts';
import {
  isFolder,
  openTransformersModel,
  type Dtype,
  type Pooling,
  type TransformersModel,
  type TransformersSettings,
} from '../transformers.ts';
import { MAX_DIMENSIONS, type Embeddings } from './embeddings.ts';
import { isMostlyLatin } from '../language/is-mostly-latin.ts';
import { findModelFamily, type ModelFamily, type PrefixOverrides } from './model-family.ts';

/** A batch is at most this many texts and characters, so that a question waits for little of an ingest. */
const BATCH_TEXTS = 16;
const BATCH_CHARACTERS = 8000;

export interface HuggingFaceOptions extends TransformersSettings {
  /** `owner/name` of the hub, or a folder. */
  readonly model: string;
  /** Override what is known of the model's family. */
  readonly prefixes?: PrefixOverrides | undefined;
  readonly pooling?: Pooling | undefined;
  readonly dtype?: Dtype | undefined;
}

/**
 * Any sentence-embedding model of the Hugging Face hub that has ONNX weights, run on this machine.
 * Asks the model once for its width.
 * @throws ConfigurationError when the package, the model or its files are missing, or it is too wide.
 */
export async function openHuggingFaceEmbeddings(options: HuggingFaceOptions): Promise<Embeddings> {
  const { model, dtype = 'fp32' } = options;
  const setting = `EMBEDDINGS=huggingface:${model}`;
  const { prefixes, pooling, latinOnly } = describeModel(options);
  const encoder = openTransformersModel({ setting, model, task: 'embed', dtype }, options);
  const dimensions = await measureWidth(encoder, { setting, pooling });
  const traits = sha256(JSON.stringify([prefixes, pooling, dtype, readConfig(model)])).slice(0, 8);
  const embed = async (texts: readonly string[], prefix: string): Promise<number[][]> =>
    embedInBatches(
      texts.map((text) => prefix + text),
      (batch) => encoder.embed(batch, pooling),
    );
  return {
    // A folder may move; what counts is which model it holds, and how it is used.
    id: `huggingface:${isFolder(model) ? basename(resolve(model)) : model}@${traits}`,
    dimensions,
    covers: latinOnly ? isMostlyLatin : () => true,
    embedQuery: async (text) => (await embed([text], prefixes.query))[0] ?? [],
    embedDocuments: (texts) => embed(texts, prefixes.passage),
    close: () => encoder.close(),
  };
}

async function measureWidth(
  encoder: TransformersModel,
  { setting, pooling }: { setting: string; pooling: Pooling },
): Promise<number> {
  try {
    const [vector = []] = await encoder.embed(['dimensions'], pooling);
    const { length } = vector;
    if (length >= 1 && length <= MAX_DIMENSIONS) return length;
    throw new ConfigurationError(`${setting} gives ${length} dimensions; this index holds 1 to ${MAX_DIMENSIONS}.`);
  } catch (error) {
    await encoder.close();
    if (error instanceof ConfigurationError) throw error;
    const cause = error instanceof Error ? error.message : String(error);
    throw new ConfigurationError(`${setting} could not be used: ${cause}`, error);
  }
}

/** Settings first, then what the model's folder says, then its family. */
function describeModel({ model, pooling, prefixes }: HuggingFaceOptions): ModelFamily {
  const config = readConfig(model);
  const origin = typeof config['_name_or_path'] === 'string' ? config['_name_or_path'] : '';
  const family = findModelFamily(`${isFolder(model) ? basename(resolve(model)) : model} ${origin}`, prefixes);
  return { ...family, pooling: pooling ?? readPooling(model) ?? family.pooling };
}

function readConfig(model: string): Readonly<Record<string, unknown>> {
  return readJson(model, 'config.json');
}

/** As sentence-transformers saves it beside a model. */
function readPooling(model: string): Pooling | undefined {
  const config = readJson(model, '1_Pooling', 'config.json');
  if (config['pooling_mode_cls_token'] === true) return 'cls';
  if (config['pooling_mode_lasttoken'] === true) return 'last_token';
  return config['pooling_mode_mean_tokens'] === true ? 'mean' : undefined;
}

function readJson(model: string, ...file: readonly string[]): Readonly<Record<string, unknown>> {
  const path = join(model, ...file);
  return isFolder(model) && existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>) : {};
}

/** One batch after another, of texts of like length: little padding, and the order of the texts is kept. */
async function embedInBatches(
  texts: readonly string[],
  embed: (batch: readonly string[]) => Promise<number[][]>,
): Promise<number[][]> {
  const vectors: number[][] = texts.map(() => []);
  const waiting = texts.map((text, at) => ({ text, at })).toSorted((a, b) => a.text.length - b.text.length);
  while (waiting.length > 0) {
    const longest = waiting.at(-1)?.text.length ?? 0;
    const room = Math.max(1, Math.min(BATCH_TEXTS, Math.floor(BATCH_CHARACTERS / Math.max(1, longest))));
    const batch = waiting.splice(-room);
    const embedded = await embed(batch.map(({ text }) => text));
    for (const [i, { at }] of batch.entries()) vectors[at] = embedded[i] ?? [];
  }
  return vectors;
}
