import type { EmbeddingsInterface } from '@langchain/core/embeddings';
import { ConfigurationError } from '../errors.ts';
import { MAX_DIMENSIONS, type Embeddings } from './embeddings.ts';

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
      return new OpenAIEmbeddings({ model, dimensions: MAX_DIMENSIONS, encodingFormat: 'float' });
    },
  },
  ollama: {
    packages: ['@langchain/ollama'],
    load: async (model) => {
      const { OllamaEmbeddings } = await import('@langchain/ollama');
      return new OllamaEmbeddings({ model });
    },
  },
  huggingface: {
    packages: ['@huggingface/transformers'],
    load: async (model) => {
      const { HuggingFaceTransformersEmbeddings } =
        await import('@langchain/community/embeddings/huggingface_transformers');
      return new HuggingFaceTransformersEmbeddings({ model });
    },
  },
};

/**
 * Embeddings by `provider:model` through LangChain. Asks the model once for its width.
 * @throws ConfigurationError naming the package to install, the unknown provider, or a model that is too wide.
 */
export async function openLangchainEmbeddings(spec: string): Promise<Embeddings> {
  const colon = spec.indexOf(':');
  const model = spec.slice(colon + 1);
  const provider = PROVIDERS[spec.slice(0, Math.max(0, colon))];
  if (!provider || model === '') {
    const known = Object.keys(PROVIDERS).map((name) => `${name}:MODEL`);
    throw new ConfigurationError(`EMBEDDINGS is "${spec}"; it can be sentence, hashing, ${known.join(', ')}.`);
  }
  try {
    return await fromLangchain(await provider.load(model), spec);
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

/** Adapts any LangChain embeddings class; `id` is what the index remembers. */
export async function fromLangchain(embeddings: EmbeddingsInterface, id: string): Promise<Embeddings> {
  const { length: dimensions } = await embeddings.embedQuery('dimensions');
  if (dimensions < 1 || dimensions > MAX_DIMENSIONS) {
    throw new ConfigurationError(`${id} gives ${dimensions} dimensions; this index holds 1 to ${MAX_DIMENSIONS}.`);
  }
  return {
    id,
    dimensions,
    covers: () => true,
    embedQuery: (text) => embeddings.embedQuery(text),
    embedDocuments: (texts) => embeddings.embedDocuments(texts),
    close: async () => {},
  };
}

function isMissingPackage(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  const cause = (error as { cause?: unknown } | null)?.cause;
  return code === 'ERR_MODULE_NOT_FOUND' || (cause !== undefined && isMissingPackage(cause));
}
