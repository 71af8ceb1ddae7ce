import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Embeddings } from '../../../src/embeddings/embeddings.ts';
import { openHuggingFaceEmbeddings, type HuggingFaceOptions } from '../../../src/embeddings/huggingface.ts';
import { temporaryFolder } from '../../support/documents.ts';
import { TINY_WIDTH, tinyVector, whyNoTransformers, writeTinyEncoder } from '../../support/tiny-models.ts';

const workerFile = new URL('../../../dist/transformers-worker.js', import.meta.url);
const missing = whyNoTransformers();

async function open(model: string, options: Partial<HuggingFaceOptions> = {}): Promise<Embeddings> {
  const modelsDirectory = await temporaryFolder();
  const embeddings = await openHuggingFaceEmbeddings({ model, workerFile, modelsDirectory, offline: true, ...options });
  onTestFinished(() => embeddings.close());
  return embeddings;
}

async function tinyModel(name: string): Promise<string> {
  return writeTinyEncoder(join(await temporaryFolder(), name));
}

/** The normalised count of these tokens. */
function around(...tokens: string[]): unknown[] {
  return tinyVector(...tokens).map((value) => expect.closeTo(value, 5));
}

test.runIf(missing)('a package that is missing is named with the command that installs it', async () => {
  const opened = open('Xenova/multilingual-e5-small');
  await expect(opened).rejects.toThrow('ONNXRUNTIME_NODE_INSTALL=skip npm install @huggingface/transformers');
});

describe(`a model of Transformers.js in a local folder${missing === undefined ? '' : ` (${missing})`}`, () => {
  test.skipIf(missing)('has its width, and gives the mean of its tokens at length 1', async () => {
    const embeddings = await open(await tinyModel('stranger'));
    expect(embeddings.dimensions).toBe(TINY_WIDTH);
    expect(await embeddings.embedQuery('Rice trade')).toEqual(around('[CLS]', 'rice', 'trade', '[SEP]'));
    expect(await embeddings.embedQuery('')).toEqual(around('[CLS]', '[SEP]'));
  });

  test.skipIf(missing)('reads e5 prefixes before a question and before a passage', async () => {
    const embeddings = await open(await tinyModel('multilingual-e5-small'));
    expect(await embeddings.embedQuery('rice')).toEqual(around('[CLS]', 'query', ':', 'rice', '[SEP]'));
    const [passage] = await embeddings.embedDocuments(['rice']);
    expect(passage).toEqual(around('[CLS]', 'passage', ':', 'rice', '[SEP]'));
  });

  test.skipIf(missing)('gives a text the same vector alone and among longer ones, in the order asked', async () => {
    const embeddings = await open(await tinyModel('stranger'));
    const texts = ['ship', 'nuclear agreement signed tokyo', '', 'wet rice fields', ...Array(40).fill('trade')];
    const together = await embeddings.embedDocuments(texts);
    expect(together).toHaveLength(texts.length);
    for (const [i, text] of texts.slice(0, 5).entries()) {
      expect(together[i]).toEqual(around('[CLS]', ...text.split(' ').filter(Boolean), '[SEP]'));
    }
  });

  test.skipIf(missing)('cuts a text at the window of the model', async () => {
    const embeddings = await open(await tinyModel('stranger'));
    const [long] = await embeddings.embedDocuments([`${'rice '.repeat(400)} trade`]);
    expect(long).toEqual(around('[CLS]', ...Array<string>(14).fill('rice'), '[SEP]'));
  });

  test.skipIf(missing)('pools as its family, its own file or the setting says, the setting first', async () => {
    const cls = await open(await tinyModel('bge-m3'));
    expect(await cls.embedQuery('rice')).toEqual(around('[CLS]'));
    const folder = await tinyModel('stranger');
    await mkdir(join(folder, '1_Pooling'));
    await writeFile(join(folder, '1_Pooling', 'config.json'), '{"pooling_mode_lasttoken": true}');
    const last = await open(folder);
    expect((await last.embedDocuments(['rice', 'rice trade ship']))[0]).toEqual(around('[SEP]'));
    const mean = await open(folder, { pooling: 'mean', prefixes: { query: 'trade ' } });
    expect(await mean.embedQuery('rice')).toEqual(around('[CLS]', 'trade', 'rice', '[SEP]'));
  });

  test.skipIf(missing)('keeps its id when the folder moves, and changes it with how it is used', async () => {
    const folder = await tinyModel('e5-small');
    const { id } = await open(folder);
    const moved = join(await temporaryFolder(), 'e5-small');
    await rename(folder, moved);
    expect((await open(moved)).id).toBe(id);
    expect((await open(moved, { pooling: 'cls' })).id).not.toBe(id);
    expect((await open(moved, { prefixes: { query: '' } })).id).not.toBe(id);
    expect(id).toMatch(/^huggingface:e5-small@/);
  });

  test.skipIf(missing)('is found by name in the models directory', async () => {
    const modelsDirectory = await temporaryFolder();
    await writeTinyEncoder(join(modelsDirectory, 'owner', 'tiny'));
    const embeddings = await open('owner/tiny', { modelsDirectory });
    expect(await embeddings.embedQuery('ship')).toEqual(around('[CLS]', 'ship', '[SEP]'));
  });

  test.skipIf(missing)('an English family does not claim to read other scripts', async () => {
    const english = await open(await tinyModel('bge-small-en-v1.5'));
    expect(english.covers('rice')).toBe(true);
    expect(english.covers('चावल')).toBe(false);
  });

  test.skipIf(missing)('what is not there is said, and offline nothing is asked for it', async () => {
    await expect(open('/nowhere/e5')).rejects.toThrow(/EMBEDDINGS=huggingface:\/nowhere\/e5.*not on this machine/);
    await expect(open('owner/absent')).rejects.toThrow(/huggingface:owner\/absent.*not on this machine/);
    const folder = await tinyModel('broken');
    await rm(join(folder, 'onnx'), { recursive: true });
    await expect(open(folder)).rejects.toThrow(/huggingface:\/.*broken could not be used: .*model\.onnx/);
  });
});
