import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { measureCoverage } from '../../src/ask/coverage.ts';
import { joinNeighbours } from '../../src/ask/join-neighbours.ts';
import { selectPassages } from '../../src/ask/select-passages.ts';
import { understandQuestion } from '../../src/ask/understand.ts';
import { createSqliteCorpusStore } from '../../src/corpus-store/sqlite-corpus-store.ts';
import { createSqliteLexicalIndex } from '../../src/corpus-store/sqlite-lexical-index.ts';
import type { Passage, PassageFilters } from '../../src/domain.ts';
import { createSentenceEmbeddings } from '../../src/embeddings/sentence.ts';
import { embedPending } from '../../src/ingest/embed.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import { prepareDocument } from '../../src/ingest/prepare.ts';
import { detectLanguage } from '../../src/language/detect-language.ts';
import { openTranslator } from '../../src/language/open-translator.ts';
import { createVocabulary } from '../../src/language/vocabulary.ts';
import { weighQuestion, type WeighedQuestion } from '../../src/language/weigh-question.ts';
import { createHybridRetriever } from '../../src/retriever/hybrid.ts';
import { openSqlite } from '../../src/sqlite.ts';
import { hnsw } from '../../src/vector-index/hnsw.ts';
import { createIndexedNearest } from '../../src/vector-index/indexed-nearest.ts';
import { openIndexDirectory } from '../../src/vector-index/index-directory.ts';

const MAX_FILE_BYTES = 50 * 1024 * 1024;
/** As many as are retrieved for an answer. */
const RETRIEVED = 40;

/** What the extractive model is given for a question. */
export interface Prepared {
  readonly text: string;
  readonly language: string;
  readonly weighed: WeighedQuestion;
  readonly passages: readonly Passage[];
}

export interface OpenCorpus {
  readonly documentIds: readonly string[];
  /** Undefined for what is not looked up: a greeting, another subject. */
  prepare(question: string, filters?: PassageFilters): Promise<Prepared | undefined>;
  close(): Promise<void>;
}

/** A folder of documents, ingested and embedded into `directory` once, and asked as the product asks it. Needs a build. */
export async function openCorpus(folder: string, directory: string): Promise<OpenCorpus> {
  mkdirSync(directory, { recursive: true });
  const onNotice = (notice: string): void => void process.stderr.write(`${notice}\n`);
  const sqlite = openSqlite(join(directory, 'concordat.db'), onNotice);
  const workerFile = new URL('../../dist/embeddings/sentence-worker.js', import.meta.url);
  const embeddings = createSentenceEmbeddings({ workerFile, threads: 2 });
  const store = createSqliteCorpusStore(sqlite);
  const lexicalIndex = createSqliteLexicalIndex(sqlite);
  const vocabulary = createVocabulary(lexicalIndex, openTranslator({ onNotice }));
  const index = await openIndexDirectory({ directory, store, embeddings, format: hnsw, onNotice });
  await ingest(folder, { store, prepare: prepareDocument, indexDirectory: directory, maxFileBytes: MAX_FILE_BYTES });
  await embedPending(store, embeddings);
  await index.catchUp();
  const nearest = createIndexedNearest({ store, vectors: index.vectors, model: embeddings.id });
  const retriever = createHybridRetriever({ store, lexicalIndex, vocabulary, nearest, embeddings });
  const documents = await store.listDocuments(embeddings.id);
  return {
    documentIds: documents.map(({ id }) => id),
    async prepare(question, filters = {}) {
      const language = detectLanguage(question);
      const asked = understandQuestion({ text: question, language, filters }, []);
      if (asked.aside !== undefined) return undefined;
      const { text } = asked;
      const retrieved = await retriever.retrieve({ text, limit: RETRIEVED, filters });
      const { passages } = selectPassages(retrieved, await measureCoverage(asked, vocabulary));
      return { text, language, weighed: await weighQuestion(text, vocabulary), passages: joinNeighbours(passages) };
    },
    async close() {
      await embeddings.close();
      sqlite.close();
    },
  };
}
