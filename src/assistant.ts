import { ask, type AskOptions, type AskResult } from './ask/ask.ts';
import type { FindSuperseding } from './ask/find-successors.ts';
import { verifyAnswer, type SavedAnswer, type Verification } from './ask/verify-answer.ts';
import type { ChannelStore } from './channels/channel-store.ts';
import type { Config } from './config.ts';
import { openEmbeddedStorage } from './open-embedded-storage.ts';
import { openLibrary } from './open-library.ts';
import { openModels } from './open-models.ts';
import type { Conversations } from './conversations/conversations.ts';
import type { DocumentSummary } from './corpus-store/corpus-store.ts';
import { sha256 } from './digest.ts';
import type { IngestReport, Passage, Question, SourceDocument } from './domain.ts';
import type { Embeddings } from './embeddings/embeddings.ts';
import { ConfigurationError } from './errors.ts';
import { createHashingEmbeddings } from './embeddings/hashing.ts';
import { openHuggingFaceEmbeddings } from './embeddings/huggingface.ts';
import { openLangchainEmbeddings } from './embeddings/langchain.ts';
import { createSentenceEmbeddings } from './embeddings/sentence.ts';
import type { Feedback } from './feedback/feedback.ts';
import type { EmbedOptions } from './ingest/embed.ts';
import type { IngestOptions } from './ingest/ingest.ts';
import type { Library } from './ingest/library.ts';
import { createPreparePool, type PreparePool } from './ingest/prepare-pool.ts';
import type { Jobs } from './jobs/jobs.ts';
import { startWorkers, type Workers } from './jobs/work-jobs.ts';
import { openTranslator } from './language/open-translator.ts';
import { createVocabulary } from './language/vocabulary.ts';
import { openCrossEncoder } from './reranker/cross-encoder.ts';
import { createHttpReranker } from './reranker/http.ts';
import type { Reranker } from './reranker/reranker.ts';
import { createHybridRetriever } from './retriever/hybrid.ts';
import { createRerankedRetriever } from './retriever/reranked.ts';
import type { RetrievalQuery, Retriever } from './retriever/retriever.ts';
import { createSteadyRetriever } from './retriever/steady.ts';
import { isHeld, type RateLimits, type Storage, type Vectors } from './storage.ts';
import type { Log } from './telemetry/log.ts';
import { openTracer, SILENT_TRACER, type Tracer } from './telemetry/trace.ts';
import type { TransformersSettings } from './transformers.ts';
import { openQdrantCollection } from './vector-index/qdrant-collection.ts';
import { openQdrantVectors } from './vector-index/qdrant-vectors.ts';
import { createVectorKeeper } from './vector-keeper.ts';

/** Everything the doors need: the two verbs, and what can be looked up. */
export interface Assistant {
  /** `conversations`: where this question's conversation is kept, if not in the store. */
  ask(question: Question, options: AskOptions & { conversations?: Conversations }): Promise<AskResult>;
  search(query: RetrievalQuery): Promise<Passage[]>;
  /** Holds a saved answer against its receipt and against the corpus as it is now. */
  verify(saved: SavedAnswer): Promise<Verification>;
  listDocuments(): Promise<DocumentSummary[]>;
  findDocument(id: string): Promise<SourceDocument | undefined>;
  findSummary(id: string): Promise<DocumentSummary | undefined>;
  readonly conversations: Conversations;
  readonly feedback: Feedback;
  readonly channelStore: ChannelStore;
  /** Shared by all processes; undefined: each counts for itself. */
  readonly rateLimits: RateLimits | undefined;
  /** Changes what the corpus holds; what is new is answerable by its words at once, `embed` gives it vectors. */
  readonly library: Library;
  readonly jobs: Jobs;
  /** Has the jobs of the queue done by this process too, until the workers are closed. */
  work(log: Log): Workers;
  ingest(path: string, options?: IngestOptions): Promise<IngestReport>;
  /** Whether any process is at the folder of the corpus. */
  isIngesting(): Promise<boolean>;
  /** @throws LockHeldError while another process does it. */
  embed(options?: EmbedOptions): Promise<number>;
  /** Takes over what other processes changed. Resolves to whether there was anything. */
  follow(): Promise<boolean>;
  countChunks(): Promise<{ documents: number; chunks: number; embedded: number }>;
  close(): Promise<void>;
}

/**
 * Builds the assistant from its settings. The only place that names implementations.
 * @throws ConfigurationError, IndexUnusableError with a sentence for the operator.
 */
export async function openAssistant(config: Config, onNotice: (notice: string) => void): Promise<Assistant> {
  const storage = await openStorage(config, onNotice);
  const embeddings = await openEmbeddings(config);
  const pool = createPreparePool(worker('ingest/prepare-worker'));
  let reranker: Reranker | undefined;
  let tracer = SILENT_TRACER;
  const close = async (): Promise<void> => {
    await Promise.all([embeddings.close(), reranker?.close(), pool.close(), tracer.close()]);
    await storage.close();
  };
  try {
    reranker = await openReranker(config);
    tracer = await openTracing(config, onNotice);
    return { ...(await assemble(config, { storage, embeddings, reranker, tracer, pool, onNotice })), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The driver of a database is loaded where one is named. */
async function openStorage(config: Config, onNotice: (notice: string) => void): Promise<Storage> {
  if (config.STORE === undefined) {
    if (config.STORE_READ ?? config.STORE_VERSION)
      throw new ConfigurationError('STORE_READ and STORE_VERSION are of STORE, which is not set.');
    return openEmbeddedStorage(config, onNotice);
  }
  const { openPostgresStorage } = await import('./open-postgres-storage.ts');
  return openPostgresStorage(config, onNotice);
}

/** In the storage, or in a Qdrant collection beside it. */
async function openVectors(config: Config, storage: Storage, embeddings: Embeddings): Promise<Vectors> {
  const { VECTOR_STORE: address, QDRANT_API_KEY: apiKey, STORE_TIMEOUT_MS: timeoutMs } = config;
  if (address === undefined) return storage.openVectors(embeddings);
  const collection = await openQdrantCollection({ address, apiKey, timeoutMs }, embeddings);
  return openQdrantVectors({ collection, store: storage.store, embeddings });
}

interface Resources {
  readonly storage: Storage;
  readonly embeddings: Embeddings;
  readonly reranker: Reranker | undefined;
  readonly tracer: Tracer;
  readonly pool: PreparePool;
  readonly onNotice: (notice: string) => void;
}

async function assemble(
  config: Config,
  { storage, embeddings, reranker, tracer, pool, onNotice }: Resources,
): Promise<Omit<Assistant, 'close'>> {
  const { store, reader, lexicalIndex, conversations, jobs } = storage;
  const vocabulary = createVocabulary(lexicalIndex, openTranslator({ dictionaries: config.DICTIONARIES, onNotice }));
  const vectors = await openVectors(config, storage, embeddings);
  const { nearest } = vectors;
  const searched = { store: reader, lexicalIndex, vocabulary, nearest, embeddings };
  const reranked = rerank(createHybridRetriever(searched), { config, reranker, onNotice });
  const retriever = createSteadyRetriever(reranked, reader);
  const models = await openModels(config, { vocabulary, ledger: storage.tokenLedger });
  // What ranks passages: the corpus, how many of its vectors have arrived, and who reads them again.
  const rankers = [embeddings.id, reranker?.id].filter(Boolean).join(' ');
  const describeIndex = async () => ({
    indexDigest: sha256(`${await reader.corpusDigest()} ${rankers} ${await nearest.count()}`),
    embeddings: embeddings.id,
  });
  const findSuperseding: FindSuperseding = (names) => reader.findSuperseding(names);
  const deps = { conversations, retriever, vocabulary, ...models, findSuperseding, describeIndex };
  const describeProvenance = async () => ({
    ...(await describeIndex()),
    chatModel: models.chatModel.id,
    promptDigests: { ...models.chatModel.promptDigests, ...models.steps?.promptDigests },
  });
  const lock = (): Promise<() => Promise<void>> => storage.lock('embed', 'Another process making vectors');
  const keeper = createVectorKeeper({ store, embeddings, index: vectors, lock });
  const library = openLibrary(config, { storage, prepare: pool.prepare, onPublished: keeper.noticePublished });
  return {
    conversations,
    feedback: storage.feedback,
    channelStore: storage.channelStore,
    rateLimits: storage.rateLimits,
    jobs,
    library,
    ask: (question, { conversations: own = conversations, ...options }) =>
      tracer.trace(question, options, (traced) => ask(question, { ...deps, conversations: own }, traced)),
    search: (query) => retriever.retrieve(query),
    verify: (saved) => verifyAnswer(saved, { ...reader, describeProvenance }),
    listDocuments: () => reader.listDocuments(embeddings.id),
    findDocument: (id) => reader.findDocument(id),
    findSummary: (id) => reader.findSummary(id, embeddings.id),
    countChunks: async () => ({ ...(await reader.countChunks(embeddings.id)), embedded: await nearest.count() }),
    work: (log) => startWorkers({ jobs, work: (job) => library.work(job), places: config.INGEST_WORKERS, log }),
    ingest: (path, options) => library.ingest(path, options),
    isIngesting: () => isHeld(storage, 'ingest'),
    embed: keeper.embed,
    follow: keeper.follow,
  };
}

function rerank(
  retriever: Retriever,
  { config, reranker, onNotice }: { config: Config } & Pick<Resources, 'reranker' | 'onNotice'>,
): Retriever {
  if (!reranker) return retriever;
  return createRerankedRetriever({ retriever, reranker, timeoutMs: config.RERANKER_TIMEOUT_MS, onNotice });
}

async function openEmbeddings(config: Config): Promise<Embeddings> {
  const { EMBEDDINGS: spec, EMBEDDINGS_THREADS: threads } = config;
  if (spec === 'hashing') return createHashingEmbeddings();
  if (spec === 'sentence') {
    return createSentenceEmbeddings({ workerFile: worker('embeddings/sentence-worker'), threads });
  }
  const prefixes = { query: config.EMBEDDINGS_QUERY_PREFIX, passage: config.EMBEDDINGS_PASSAGE_PREFIX };
  const [, model] = /^huggingface:(.+)$/.exec(spec) ?? [];
  if (model === undefined) return openLangchainEmbeddings(spec, prefixes);
  return openHuggingFaceEmbeddings({
    ...transformersSettings(config),
    model,
    prefixes,
    pooling: config.EMBEDDINGS_POOLING,
    dtype: config.MODEL_DTYPE,
  });
}

/** None for `lexical`: comparing words is part of the search. */
async function openReranker(config: Config): Promise<Reranker | undefined> {
  const { RERANKER: spec, RERANKER_URL: url, RERANKER_API_KEY: apiKey, MODEL_DTYPE: dtype } = config;
  if (spec === 'lexical') return undefined;
  const [, model] = /^huggingface:(.+)$/.exec(spec) ?? [];
  if (model === undefined) return createHttpReranker({ spec, url, apiKey });
  return openCrossEncoder({ ...transformersSettings(config), model, dtype });
}

/** To OpenTelemetry's collector, where there is one. */
async function openTracing(config: Config, onNotice: (notice: string) => void): Promise<Tracer> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SERVICE_NAME: serviceName } = config;
  if (endpoint === undefined) return SILENT_TRACER;
  return openTracer({ serviceName, model: config.LLM, content: config.LOG_CONTENT, onNotice });
}

function transformersSettings({ MODELS_DIR: modelsDirectory, OFFLINE: offline }: Config): TransformersSettings {
  return { modelsDirectory, offline, workerFile: worker('transformers-worker') };
}

/** Worker threads load compiled files. */
function worker(name: string): URL {
  return new URL(`./${name}.js`, import.meta.url);
}
