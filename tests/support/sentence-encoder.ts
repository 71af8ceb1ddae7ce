import { readFile } from 'node:fs/promises';
import { createEncoder, MOST_TOKENS } from '../../src/embeddings/use-lite/encoder.ts';
import { readModel } from '../../src/embeddings/use-lite/read-model.ts';
import { createTokeniser } from '../../src/embeddings/use-lite/tokeniser.ts';

/** The sentence encoder in this thread, with the compiled kernel of `npm run build`. */
export async function openSentenceEncoder(): Promise<{
  tokenise: (text: string) => number[];
  encode: (text: string) => Float32Array;
}> {
  const { find, vocabulary } = await readModel();
  const bytes = await readFile(new URL('../../dist/embeddings/use-lite/multiply.wasm', import.meta.url));
  const encodeTokens = createEncoder(find, await WebAssembly.compile(bytes));
  const tokeniser = createTokeniser(vocabulary);
  const tokenise = (text: string): number[] => tokeniser(text, MOST_TOKENS);
  return { tokenise, encode: (text) => encodeTokens(tokenise(text)) };
}
