import type { EmbeddingsInterface } from '@langchain/core/embeddings';
import { sha256 } from '../digest.ts';
import { ConfigurationError } from '../errors.ts';
import { isMissingPackage } from '../is-missing-package.ts';
import { createPatientCaller } from './call-patiently.ts';
import { MAX_DIMENSIONS, type Embeddings } from './embeddings.ts';
import { isMostlyLatin } from '../language/is-mostly-latin.ts';
import { findModelFamily, type PrefixOverrides } from './model-family.ts';

/** Texts sent in one request: below the least that a hosted provider takes. */
const BATCH = 64;
/** Retries are ours, so that every provider is treated alike. */
const ONCE = { maxRetries: 0 };

interface Provider {
  /** What `npm install` needs when the import fails. */
  readonly packages: readonly string[];
  readonly load: (model: string) => Promise<EmbeddingsInterface>;
}

/** Each provider is one entry; its package is loaded only when it is chosen. */
const PROVIDERS: Readonly<Record<string, Provider>> = {
  openai: {
    packages: ['@langchain/openai'],
    // Numbers as numbers: not every compatible server knows the client's base64.
    load: async (model) => {
      const { OpenAIEmbeddings } = await import('@langchain/openai');
      return new OpenAIEmbeddings({ ...ONCE, model, dimensions: MAX_DIMENSIONS, encodingFormat: 'float' });
    },
  },
  ollama: {
    packages: ['@langchain/ollama'],
    load: async (model) => {
      const { OllamaEmbeddings } = await import('@langchain/ollama');
      return new OllamaEmbeddings({ ...ONCE, model, truncate: true });
    },
  },
  mistralai: fromPackage('@langchain/mistralai', 'MistralAIEmbeddings'),
  cohere: fromPackage('@langchain/cohere', 'CohereEmbeddings'),
  'google-genai': fromPackage('@langchain/google-genai', 'GoogleGenerativeAIEmbeddings'),
  bedrock: fromPackage('@langchain/aws', 'BedrockEmbeddings'),
  voyage: {
    packages: ['@langchain/community'],
    load: async (modelName) => {
      const { VoyageEmbeddings } = await import('@langchain/community/embeddings/voyage');
      return new VoyageEmbeddings({ ...ONCE, modelName });
    },
  },
  jina: {
    packages: ['@langchain/community'],
    load: async (model) => {
      const { JinaEmbeddings } = await import('@langchain/community/embeddings/jina');
      return new JinaEmbeddings({ ...ONCE, model });
    },
  },
};

/** A class that takes `model` and finds its key in the provider's own variable. */
function fromPackage(module: string, name: string): Provider {
  return {
    packages: [module],
    load: async (model) => {
      const exports = (await import(module)) as Record<string, new (options: object) => EmbeddingsInterface>;
      const Embedder = exports[name];
      if (!Embedder) throw new ConfigurationError(`${module} has no ${name}.`);
      return new Embedder({ ...ONCE, model });
    },
  };
}

/**
 * Embeddings by `provider:model` through LangChain, with the prefixes that the model's family wants or `prefixes` gives.
 * Asks the model once for its width.
 * @throws ConfigurationError naming the package to install, the unknown provider, or a model that is too wide.
 */
export async function openLangchainEmbeddings(spec: string, prefixes: PrefixOverrides = {}): Promise<Embeddings> {
  const colon = spec.indexOf(':');
  const model = spec.slice(colon + 1);
  const provider = PROVIDERS[spec.slice(0, Math.max(0, colon))];
  if (!provider || model === '') {
    const known = ['huggingface', ...Object.keys(PROVIDERS)].map((name) => `${name}:MODEL`);
    throw new ConfigurationError(`EMBEDDINGS is "${spec}"; it can be sentence, hashing, ${known.join(', ')}.`);
  }
  try {
    return await fromLangchain(await provider.load(model), spec, prefixes);
  } catch (error) {
    if (isMissingPackage(error)) {
      throw new ConfigurationError(
        `EMBEDDINGS=${spec} needs a package that is not installed. Run: npm install ${provider.packages.join(' ')}`,
        error,
      );
    }
    if (error instanceof ConfigurationError) throw error;
    const cause = error instanceof Error ? error.message : String(error);
    throw new ConfigurationError(`EMBEDDINGS=${spec} could not be used: ${cause}`, error);
  }
}

/** Adapts any LangChain embeddings class; `spec` becomes the id that the index remembers. */
export async function fromLangchain(
  embeddings: EmbeddingsInterface,
  spec: string,
  prefixes: PrefixOverrides = {},
): Promise<Embeddings> {
  const patient = createPatientCaller();
  // Someone waits for a question, and for the start.
  const prompt = createPatientCaller(1);
  const { prefixes: chosen, latinOnly } = findModelFamily(spec, prefixes);
  const { query, passage } = chosen;
  const embedQuery = (text: string): Promise<number[]> => prompt.call(() => embeddings.embedQuery(query + text));
  const { length: dimensions } = await embedQuery('dimensions');
  if (dimensions < 1 || dimensions > MAX_DIMENSIONS) {
    throw new ConfigurationError(`${spec} gives ${dimensions} dimensions; this index holds 1 to ${MAX_DIMENSIONS}.`);
  }
  return {
    id: query || passage ? `${spec}@${sha256(JSON.stringify([query, passage])).slice(0, 8)}` : spec,
    dimensions,
    covers: latinOnly ? isMostlyLatin : () => true,
    embedQuery,
    async embedDocuments(texts) {
      const batches = Array.from({ length: Math.ceil(texts.length / BATCH) }, (_, i) =>
        texts.slice(i * BATCH, (i + 1) * BATCH).map((text) => passage + text),
      );
      const embedded = await Promise.all(batches.map((batch) => patient.call(() => embeddings.embedDocuments(batch))));
      return embedded.flat();
    },
    close: async () => {},
  };
}
