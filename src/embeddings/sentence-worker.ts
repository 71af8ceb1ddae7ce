import { readFile } from 'node:fs/promises';
import { createEncoder, MOST_TOKENS } from './use-lite/encoder.ts';
import { readModel } from './use-lite/read-model.ts';
import { createTokeniser } from './use-lite/tokeniser.ts';

const { find, vocabulary } = await readModel();
const kernel = await WebAssembly.compile(await readFile(new URL('./use-lite/multiply.wasm', import.meta.url)));
const encodeTokens = createEncoder(find, kernel);
const tokenise = createTokeniser(vocabulary);

/** Runs in a worker thread; the pool calls the default export. */
export default function encode(texts: readonly string[]): Float32Array[] {
  return texts.map((text) => encodeTokens(tokenise(text, MOST_TOKENS)));
}
