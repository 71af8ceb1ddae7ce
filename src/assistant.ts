import { join } from 'node:path';
import { ask, type AskOptions, type AskResult } from './ask/ask.ts';
import type { FindSuperseding } from './ask/find-successors.ts';
import { verifyAnswer, type SavedAnswer, type Verification } from './ask/verify-answer.ts';
import type { ChannelStore } from './channels/channel-store.ts';
import { createSqliteChannelStore } from './channels/sqlite-channel-store.ts';
import type { ChatModel } from './chat-model/chat-model.ts';
import { createExtractiveModel } from './chat-model/extractive.ts';
import { ANSWER_INPUTS, openLangchainModel } from './chat-model/langchain.ts';
import type { Config } from './config.ts';
import type { Conversations } from './conversations/conversations.ts';
import { createSqliteConversations } from './conversations/sqlite-conversations.ts';
import type { DocumentSummary } from './corpus-store/corpus-store.ts';
import { createSqliteCorpusStore } from './corpus-store/sqlite-corpus-store.ts';
import { createSqliteLexicalIndex } from './corpus-store/sqlite-lexical-index.ts';
import { sha256 } from './digest.ts';
import type { IngestReport, Passage, Question, SourceDocument } from './domain.ts';
import type { Embeddings } from './embeddings/embeddings.ts';
import { createHashingEmbeddings } from './embeddings/hashing.ts';
import { openLangchainEmbeddings } from './embeddings/langchain.ts';
import { createSentenceEmbeddings } from './embeddings/sentence.ts';
import { IndexUnusableError } from './errors.ts';
import type { Feedback } from './feedback/feedback.ts';
import { createSqliteFeedback } from './feedback/sqlite-feedback.ts';
import { embedPending, type EmbedOptions } from './ingest/embed.ts';
import { ingest } from './ingest/ingest.ts';
import { loadGlossary } from './language/glossary.ts';
import { createTranslator, type Translator } from './language/translate.ts';
import { createVocabulary, type Vocabulary } from './language/vocabulary.ts';
import { loadPrompt } from './prompts.ts';
import { createHybridRetriever } from './retriever/hybrid.ts';
import type { RetrievalQuery } from './retriever/retriever.ts';
import { openSqlite, setAsideSqlite, type Sqlite } from './sqlite.ts';
import { hnsw } from './vector-index/hnsw.ts';
import { discardManifest, openIndexDirectory } from './vector-index/index-directory.ts';

const DATABASE = 'concordat.db';

/** Everything the doors need: the two verbs, and what can be looked up. */
export interface Assistant {
  /** `conversations`: where this question's conversation is kept, if not in the store. */
  ask(question: Question, options: AskOptions & { conversations?: Conversations }): Promise<AskResult>;
  search(query: RetrievalQuery): Promise<Passage[]>;
  /** Holds a saved answer against its receipt and against the corpus as it is now. */
  verify(saved: SavedAnswer): Promise<Verification>;
  listDocuments(): Promise<DocumentSummary[]>;
  findDocument(id: string): Promise<SourceDocument | undefined>;
  readonly conversations: Conversations;
  readonly feedback: Feedback;
  readonly channelStore: ChannelStore;
  /** Makes a file or folder answerable by its words; `embed` gives it vectors. `rewrite`: unchanged documents too. */
  ingest(path: string, options?: { rewrite?: boolean }): Promise<IngestReport>;
  embed(options?: EmbedOptions): Promise<number>;
  countChunks(): Promise<{ documents: number; chunks: number; embedded: number }>;
  close(): Promise<void>;
}

/**
 * Builds the assistant from its settings. The only place that names implementations.
 * @throws ConfigurationError, IndexUnusableError with a sentence for the operator.
 */
export async function openAssistant(config: Config, onNotice: (notice: string) => void): Promise<Assistant> {
  const sqlite = openSqlite(join(config.INDEX_DIR, DATABASE));
  const embeddings = await openEmbeddings(config);
  const close = async (): Promise<void> => {
    await embeddings.close();
    sqlite.close();
  };
  try {
    return { ...(await assemble(config, { sqlite, embeddings, onNotice })), close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Resources {
  readonly sqlite: Sqlite;
  readonly embeddings: Embeddings;
  readonly onNotice: (notice: string) => void;
}

async function assemble(
  config: Config,
  { sqlite, embeddings, onNotice }: Resources,
): Promise<Omit<Assistant, 'close'>> {
  const store = createSqliteCorpusStore(sqlite);
  const lexicalIndex = createSqliteLexicalIndex(sqlite);
  const conversations = createSqliteConversations(sqlite);
  const vocabulary = createVocabulary(lexicalIndex, openTranslator(onNotice));
  const index = await openIndexDirectory({ directory: config.INDEX_DIR, store, embeddings, format: hnsw, onNotice });
  const retriever = createHybridRetriever({ store, lexicalIndex, vocabulary, vectors: index.vectors, embeddings });
  const chatModel = await openChatModel(config, vocabulary);
  // What ranks passages: the corpus, and how many of its vectors have arrived.
  const describeIndex = async () => ({
    indexDigest: sha256(`${await store.corpusDigest()} ${embeddings.id} ${index.vectors.size}`),
    embeddings: embeddings.id,
  });
  const findSuperseding: FindSuperseding = (names) => store.findSuperseding(names);
  const deps = { conversations, retriever, vocabulary, chatModel, findSuperseding, describeIndex };
  const describeProvenance = async () => ({
    ...(await describeIndex()),
    chatModel: chatModel.id,
    promptDigests: chatModel.promptDigests,
  });
  return {
    conversations,
    feedback: createSqliteFeedback(sqlite, { keepQuestions: config.ADMIN_API_KEY !== undefined }),
    channelStore: createSqliteChannelStore(sqlite),
    ask: (question, { conversations: own = conversations, ...options }) =>
      ask(question, { ...deps, conversations: own }, options),
    search: (query) => retriever.retrieve(query),
    verify: (saved) => verifyAnswer(saved, { ...store, describeProvenance }),
    listDocuments: () => store.listDocuments(embeddings.id),
    findDocument: (id) => store.findDocument(id),
    countChunks: async () => ({ ...(await store.countChunks(embeddings.id)), embedded: index.vectors.size }),
    async ingest(path, { rewrite = false } = {}) {
      const report = await ingest(path, { store, model: embeddings.id, indexDirectory: config.INDEX_DIR, rewrite });
      await index.publish();
      return report;
    },
    async embed({ onSaved, signal } = {}) {
      const follow = async (done: number, total: number): Promise<void> => {
        await index.catchUp();
        await onSaved?.(done, total);
      };
      const made = await embedPending(store, embeddings, { onSaved: follow, ...(signal && { signal }) });
      await index.publish();
      return made;
    },
  };
}

/** Forgets the derived index, and sets a store aside that cannot be read: the next ingest builds them again. */
export function discardIndex({ INDEX_DIR }: Config): void {
  discardManifest(INDEX_DIR);
  const database = join(INDEX_DIR, DATABASE);
  try {
    openSqlite(database).close();
  } catch (error) {
    if (!(error instanceof IndexUnusableError)) throw error;
    setAsideSqlite(database);
  }
}

function openTranslator(onNotice: (notice: string) => void): Translator {
  const { entries, faults } = loadGlossary();
  for (const { line, reason } of faults) onNotice(`Line ${line} of the glossary is left out: ${reason}.`);
  return createTranslator(entries);
}

async function openChatModel({ LLM, LLM_BASE_URL }: Config, vocabulary: Vocabulary): Promise<ChatModel> {
  if (LLM === 'extractive') return createExtractiveModel(vocabulary);
  return openLangchainModel({ spec: LLM, baseUrl: LLM_BASE_URL, prompt: loadPrompt('answer', ANSWER_INPUTS) });
}

async function openEmbeddings({ EMBEDDINGS, EMBEDDINGS_THREADS }: Config): Promise<Embeddings> {
  if (EMBEDDINGS === 'hashing') return createHashingEmbeddings();
  if (EMBEDDINGS === 'sentence') {
    const workerFile = new URL('./embeddings/sentence-worker.js', import.meta.url);
    return createSentenceEmbeddings({ workerFile, threads: EMBEDDINGS_THREADS });
  }
  return openLangchainEmbeddings(EMBEDDINGS);
}
