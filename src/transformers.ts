import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { Piscina } from 'piscina';
import { ConfigurationError } from './errors.ts';

/** How the vectors of a text's tokens become one. */
export const POOLINGS = ['mean', 'cls', 'last_token'] as const;
export type Pooling = (typeof POOLINGS)[number];

/** The precisions that ONNX models are published in. */
export const DTYPES = ['fp32', 'fp16', 'q8', 'int8', 'uint8', 'q4', 'q4f16', 'bnb4'] as const;
export type Dtype = (typeof DTYPES)[number];

/** Where models come from, and how they run. */
export interface TransformersSettings {
  /** The compiled `transformers-worker`. */
  readonly workerFile: URL;
  /** Downloads are kept here, and models looked up by name. */
  readonly modelsDirectory: string;
  /** Nothing is downloaded: what is not on disk is an error. */
  readonly offline: boolean;
}

export interface ModelChoice {
  /** What asks for it, as the operator wrote it. */
  readonly setting: string;
  /** `owner/name` of the hub, or a folder: an absolute path, or one that begins with a dot. */
  readonly model: string;
  readonly task: 'embed' | 'score';
  readonly dtype?: Dtype | undefined;
}

/** What the worker thread is started with. */
export interface WorkerSettings {
  readonly name: string;
  readonly localModelPath: string;
  readonly cacheDir: string;
  readonly offline: boolean;
  readonly task: ModelChoice['task'];
  readonly dtype: Dtype;
}

/** A model in a worker thread, loaded on first use. */
export interface TransformersModel {
  /** One vector of length 1 a text. */
  embed(texts: readonly string[], pooling: Pooling): Promise<number[][]>;
  /** One logit a pair, up = the passage answers the question better. */
  score(question: string, passages: readonly string[]): Promise<number[]>;
  close(): Promise<void>;
}

const PACKAGE = '@huggingface/transformers';
/** Its runtime downloads GPU libraries on install unless told not to, and fails where it cannot. */
const INSTALL = `ONNXRUNTIME_NODE_INSTALL=skip npm install ${PACKAGE}`;

/**
 * Opens an ONNX model through Transformers.js, which is loaded only here.
 * @throws ConfigurationError naming the command that installs it, or the folder that is not there.
 */
export function openTransformersModel(choice: ModelChoice, settings: TransformersSettings): TransformersModel {
  checkInstalled(choice.setting);
  const workerData = locate(choice, settings);
  const pool = new Piscina({ filename: settings.workerFile.href, minThreads: 1, maxThreads: 1, workerData });
  return {
    embed: (texts, pooling) => pool.run({ texts, pooling }) as Promise<number[][]>,
    score: (question, passages) => pool.run({ question, passages }) as Promise<number[]>,
    close: () => pool.destroy(),
  };
}

/** Whether a model is named by its folder, not by its name at the hub. */
export function isFolder(model: string): boolean {
  return isAbsolute(model) || /^\.{1,2}[/\\]/.test(model);
}

function checkInstalled(setting: string): void {
  try {
    createRequire(import.meta.url).resolve(PACKAGE);
  } catch (error) {
    throw new ConfigurationError(`${setting} needs a package that is not installed. Run: ${INSTALL}`, error);
  }
}

function locate({ model, task, setting, dtype = 'fp32' }: ModelChoice, settings: TransformersSettings): WorkerSettings {
  const { offline, modelsDirectory: cacheDir } = settings;
  const byName = !isFolder(model);
  const folder = byName ? join(cacheDir, model) : resolve(model);
  if (!existsSync(folder) && (offline || !byName)) {
    throw new ConfigurationError(`${setting} names a model that is not on this machine: there is no ${folder}.`);
  }
  if (byName) return { name: model, localModelPath: cacheDir, cacheDir, offline, task, dtype };
  return { name: basename(folder), localModelPath: dirname(folder), cacheDir, offline: true, task, dtype };
}
