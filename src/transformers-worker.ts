import { workerData } from 'node:worker_threads';
import type { Pooling, WorkerSettings } from './transformers.ts';

/** The little of Transformers.js that is used: the package is optional, and so are its types. */
interface Tensor {
  readonly dims: readonly number[];
  readonly data: { readonly length: number; [at: number]: number | bigint };
  to(type: 'float32'): Tensor;
}
type Tensors = Readonly<Record<string, Tensor>>;
interface Tokenizer {
  (texts: readonly string[], options: object): Tensors;
  readonly model_max_length: number;
}
interface Model {
  (inputs: Tensors): Promise<Tensors>;
  readonly config: { readonly model_type?: string; readonly max_position_embeddings?: number };
}
interface Loader<T> {
  from_pretrained(name: string, options: object): Promise<T>;
}
interface Transformers {
  readonly env: Record<string, unknown>;
  readonly AutoTokenizer: Loader<Tokenizer>;
  readonly AutoModel: Loader<Model>;
  readonly AutoModelForSequenceClassification: Loader<Model>;
}

type Task =
  | { readonly texts: readonly string[]; readonly pooling: Pooling }
  | { readonly question: string; readonly passages: readonly string[] };

const { name, localModelPath, cacheDir, offline, task, dtype } = workerData as WorkerSettings;
const { env, AutoTokenizer, AutoModel, AutoModelForSequenceClassification } = await importTransformers();
Object.assign(env, { localModelPath, cacheDir, allowLocalModels: true, allowRemoteModels: !offline });
const source = { local_files_only: offline };
const tokenizer = await AutoTokenizer.from_pretrained(name, source);
const loader = task === 'embed' ? AutoModel : AutoModelForSequenceClassification;
const model = await loader.from_pretrained(name, { ...source, dtype });
const window = findWindow();
const closing: number | bigint | undefined = findClosing();

/** Runs in a worker thread; the pool calls the default export. */
export default async function run(input: Task): Promise<number[][] | number[]> {
  return 'texts' in input ? embed(input) : score(input);
}

async function embed({ texts, pooling }: Extract<Task, { texts: unknown }>): Promise<number[][]> {
  const inputs = tokenise(texts);
  const outputs = await model(inputs);
  const whole = outputs['sentence_embedding']?.to('float32');
  if (whole) return texts.map((_, row) => normalise(rowOf(whole, row)));
  const tokens = outputs['last_hidden_state']?.to('float32') ?? outputs['token_embeddings']?.to('float32');
  if (!tokens) throw new Error(`${name} gives ${Object.keys(outputs).join(', ')}, but no vectors of tokens.`);
  const mask = inputs['attention_mask'];
  return texts.map((_, row) => normalise(pool(tokens, { row, pooling, used: usedTokens(mask, tokens, row) })));
}

async function score({ question, passages }: Extract<Task, { passages: unknown }>): Promise<number[]> {
  const questions = passages.map(() => question);
  const inputs = tokenise(questions, { text_pair: passages });
  const logits = (await model(inputs))['logits']?.to('float32');
  if (!logits) throw new Error(`${name} gives no logits; is it a cross-encoder?`);
  // Of two classes, the second is "relevant".
  return passages.map((_, row) => rowOf(logits, row).at(-1) ?? 0);
}

/** By a variable, so that neither types nor bundlers look for a package that may be missing. */
async function importTransformers(): Promise<Transformers> {
  const specifier = '@huggingface/transformers';
  return (await import(specifier)) as Transformers;
}

/** Tokens the model reads. RoBERTa's positions begin after two that are reserved. */
function findWindow(): number {
  const { model_type: type = '', max_position_embeddings: positions = Number.POSITIVE_INFINITY } = model.config;
  return Math.min(tokenizer.model_max_length, type.includes('roberta') ? positions - 2 : positions);
}

/** The token that ends every text, if there is one. */
function findClosing(): number | bigint | undefined {
  const [one, other] = ['a', 'b'].map((text) => tokenizer([text], {})['input_ids']?.data);
  const last = one?.[one.length - 1];
  return last === other?.[other.length - 1] ? last : undefined;
}

/** Cut at the window: Transformers.js cuts off the closing token too, which models were trained to see. */
function tokenise(texts: readonly string[], options: object = {}): Tensors {
  const inputs = tokenizer(texts, { ...options, padding: true, truncation: true, max_length: window });
  const { input_ids: ids, attention_mask: mask } = inputs;
  if (closing === undefined || ids?.dims[1] !== window) return inputs;
  const isText = (at: number): boolean => Number(mask?.data[at] ?? 1) === 1;
  for (let last = window - 1; last < ids.data.length; last += window) {
    if (isText(last)) ids.data[last] = closing;
  }
  return inputs;
}

function rowOf({ dims, data }: Tensor, row: number): number[] {
  const width = dims.at(-1) ?? 0;
  return Array.from({ length: width }, (_, i) => Number(data[row * width + i]));
}

/** Which tokens of a row are text, not padding. */
function usedTokens(mask: Tensor | undefined, { dims }: Tensor, row: number): number[] {
  const length = dims[1] ?? 0;
  const all = Array.from({ length }, (_, at) => at);
  return mask ? all.filter((at) => Number(mask.data[row * length + at]) === 1) : all;
}

function pool(
  { dims, data }: Tensor,
  { row, pooling, used }: { row: number; pooling: Pooling; used: readonly number[] },
): number[] {
  const [, length = 0, width = 0] = dims;
  const chosen = pooling === 'mean' ? used : used.slice(pooling === 'cls' ? 0 : -1).slice(0, 1);
  return Array.from({ length: width }, (_, i) => {
    const values = chosen.map((at) => Number(data[(row * length + at) * width + i]));
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  });
}

function normalise(vector: readonly number[]): number[] {
  const length = Math.hypot(...vector);
  return length > 0 ? vector.map((value) => value / length) : [...vector];
}
