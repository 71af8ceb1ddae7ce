import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { writeOnnx, type OnnxGraph } from './write-onnx.ts';

/** What the tiny models know; every other word is `[UNK]`. */
const WORDS =
  '[PAD] [UNK] [CLS] [SEP] query passage : nuclear agreement rice trade signed ship tokyo delhi fields wet'.split(' ');
const SPECIAL = 4;

/** Tokens that a tiny model reads. */
export const TINY_WINDOW = 16;
export const TINY_WIDTH = WORDS.length;

/** Why the tests of Transformers.js cannot run here; undefined where they can. */
export function whyNoTransformers(): string | undefined {
  try {
    createRequire(import.meta.url).resolve('@huggingface/transformers');
    return undefined;
  } catch {
    return 'skipped: @huggingface/transformers is not installed (it is optional, and large)';
  }
}

/**
 * A model whose token vectors are their own axes: a mean over tokens is a count of words that can be done by hand.
 * The vector of `[CLS]` is an axis too, so that pooling it can be told apart; padding is one, so that it would show.
 */
export async function writeTinyEncoder(
  folder: string,
  config: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const identity = WORDS.flatMap((_, row) => WORDS.map((__, column) => (row === column ? 1 : 0)));
  await writeModel(folder, config, {
    inputs: ['input_ids', 'attention_mask'],
    output: { name: 'last_hidden_state', dims: ['batch', 'sequence', String(WORDS.length)] },
    constants: [{ name: 'table', dims: [WORDS.length, WORDS.length], type: 'float', values: identity }],
    nodes: [{ op: 'Gather', inputs: ['table', 'input_ids'], output: 'last_hidden_state' }],
  });
  return folder;
}

/** A cross-encoder whose logit is the number of words that question and passage share, each as often as it meets. */
export async function writeTinyCrossEncoder(folder: string): Promise<string> {
  const words = WORDS.flatMap((_, row) => WORDS.map((__, column) => (row === column && row >= SPECIAL ? 1 : 0)));
  const sumOver = (mask: string, sum: string): OnnxGraph['nodes'] => [
    { op: 'Unsqueeze', inputs: [mask, 'last'], output: `${mask}_wide` },
    { op: 'Mul', inputs: ['tokens', `${mask}_wide`], output: `${mask}_tokens` },
    { op: 'ReduceSum', inputs: [`${mask}_tokens`, 'middle'], output: sum, attributes: { keepdims: 0 } },
  ];
  await writeModel(
    folder,
    { architectures: ['BertForSequenceClassification'] },
    {
      inputs: ['input_ids', 'attention_mask', 'token_type_ids'],
      output: { name: 'logits', dims: ['batch', '1'] },
      constants: [
        { name: 'table', dims: [WORDS.length, WORDS.length], type: 'float', values: words },
        { name: 'middle', dims: [1], type: 'int64', values: [1] },
        { name: 'last', dims: [1], type: 'int64', values: [2] },
      ],
      nodes: [
        { op: 'Gather', inputs: ['table', 'input_ids'], output: 'tokens' },
        { op: 'Cast', inputs: ['attention_mask'], output: 'used', attributes: { to: 1 } },
        { op: 'Cast', inputs: ['token_type_ids'], output: 'second', attributes: { to: 1 } },
        { op: 'Mul', inputs: ['used', 'second'], output: 'answer' },
        { op: 'Sub', inputs: ['used', 'answer'], output: 'question' },
        ...sumOver('question', 'asked'),
        ...sumOver('answer', 'answered'),
        { op: 'Mul', inputs: ['asked', 'answered'], output: 'shared' },
        { op: 'ReduceSum', inputs: ['shared', 'middle'], output: 'logits', attributes: { keepdims: 1 } },
      ],
    },
  );
  return folder;
}

async function writeModel(folder: string, config: object, graph: OnnxGraph): Promise<void> {
  await mkdir(join(folder, 'onnx'), { recursive: true });
  const files = {
    'config.json': { model_type: 'bert', vocab_size: WORDS.length, max_position_embeddings: TINY_WINDOW, ...config },
    'tokenizer_config.json': { tokenizer_class: 'BertTokenizer', pad_token: '[PAD]', model_max_length: 1e30 },
    'tokenizer.json': tokenizer(),
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), JSON.stringify(content));
  await writeFile(join(folder, 'onnx', 'model.onnx'), writeOnnx(graph));
}

function tokenizer(): object {
  const special = (token: string, type: number): object => ({ SpecialToken: { id: token, type_id: type } });
  const sequence = (id: string, type: number): object => ({ Sequence: { id, type_id: type } });
  const first = [special('[CLS]', 0), sequence('A', 0), special('[SEP]', 0)];
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: WORDS.slice(0, SPECIAL).map((content, id) => ({ id, content, special: true })),
    normalizer: { type: 'Lowercase' },
    pre_tokenizer: { type: 'Whitespace' },
    post_processor: {
      type: 'TemplateProcessing',
      single: first,
      pair: [...first, sequence('B', 1), special('[SEP]', 1)],
      special_tokens: Object.fromEntries(
        ['[CLS]', '[SEP]'].map((token) => [token, { id: token, ids: [WORDS.indexOf(token)], tokens: [token] }]),
      ),
    },
    decoder: null,
    model: {
      type: 'WordPiece',
      vocab: Object.fromEntries(WORDS.map((word, id) => [word, id])),
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
    },
  };
}

/** The axes of these tokens, each as often as it is named, at length 1. */
export function tinyVector(...tokens: string[]): number[] {
  const counts = WORDS.map((word) => tokens.filter((token) => token === word).length);
  const length = Math.hypot(...counts);
  return counts.map((count) => count / length);
}
