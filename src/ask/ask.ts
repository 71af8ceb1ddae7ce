import type { ChatModel } from '../chat-model/chat-model.ts';
import type { Conversations } from '../conversations/conversations.ts';
import type { Answer, AskTrace, Question, Turn } from '../domain.ts';
import { NotFoundError } from '../errors.ts';
import type { Vocabulary } from '../language/vocabulary.ts';
import type { Retriever } from '../retriever/retriever.ts';
import type { CitedSentence } from './cite.ts';
import { conclude } from './conclude.ts';
import { measureCoverage } from './coverage.ts';
import { draftGrounded } from './draft-grounded.ts';
import { joinNeighbours } from './join-neighbours.ts';
import { selectPassages } from './select-passages.ts';
import { createStopwatch } from './stopwatch.ts';
import { understandQuestion, type AskedQuestion } from './understand.ts';

/** Passages looked at before selection. */
const RETRIEVED = 40;

export interface AskDependencies {
  readonly conversations: Conversations;
  readonly retriever: Retriever;
  readonly vocabulary: Vocabulary;
  readonly chatModel: ChatModel;
  /** What the index is made of at this moment. */
  readonly describeIndex: () => Promise<{ readonly indexDigest: string; readonly embeddings: string }>;
}

export interface AskOptions {
  /** Absolute base of the links, without a slash at the end. */
  readonly publicUrl: string;
  readonly signal: AbortSignal;
  readonly onStage?: (name: string) => void;
  /** Told of each sentence once it is verified. */
  readonly onSentence?: (sentence: CitedSentence) => void;
}

export interface AskResult {
  readonly conversationId: string;
  /** With the first answer of a conversation only. */
  readonly conversationToken?: string;
  readonly answer: Answer;
  readonly trace: AskTrace;
}

/**
 * One question to one answer: recall → rewrite → retrieve → select → draft and ground → compose → remember.
 * @throws NotFoundError when the conversation to continue is not known.
 */
export async function ask(question: Question, deps: AskDependencies, options: AskOptions): Promise<AskResult> {
  const { chatModel, conversations, retriever, vocabulary } = deps;
  const { time, stages } = createStopwatch(options.onStage);
  const { turns, ...conversation } = await time('recall', () => recall(question, conversations));
  const asked = await time('rewrite', async () => understandQuestion(question, turns));
  const { text, filters, aside } = asked;
  const retrieved = await time('retrieve', async () =>
    aside === undefined ? retriever.retrieve({ text, limit: RETRIEVED, filters }) : [],
  );
  const selection = await time('select', async () =>
    selectPassages(retrieved, await measureCoverage(asked, vocabulary)),
  );
  const selected = selection.passages;
  const drafted = await time('ground', () => draftGrounded(asked, joinNeighbours(selected), { ...options, chatModel }));
  const answer = await time('compose', async () => {
    const { id, promptDigests } = chatModel;
    const provenance = { ...(await deps.describeIndex()), chatModel: id, promptDigests };
    return conclude(asked, { retrieved, selected, drafted, provenance });
  });
  await time('remember', () => conversations.remember(conversation.conversationId, turnOf(asked, answer)));
  const trace: AskTrace = {
    stages: stages(),
    passages: retrieved.map(({ rank, similarity, chunk, signals }) => ({
      rank,
      chunkId: chunk.id,
      similarity,
      ...signals,
    })),
    rejected: [...selection.rejected, ...drafted.rejected],
  };
  return { ...conversation, answer, trace };
}

async function recall(
  { conversationId }: Question,
  conversations: Conversations,
): Promise<{ conversationId: string; conversationToken?: string; turns: readonly Turn[] }> {
  if (conversationId === undefined) {
    const { id, token } = await conversations.start();
    return { conversationId: id, conversationToken: token, turns: [] };
  }
  const found = await conversations.find(conversationId);
  if (!found) throw new NotFoundError('There is no such conversation.');
  return { conversationId, turns: found.turns };
}

function turnOf({ typed }: AskedQuestion, { standaloneQuestion, answer, citations }: Answer): Turn {
  const documentIds = [...new Set(citations.map(({ documentId }) => documentId))];
  return { question: typed, standaloneQuestion, answer, documentIds };
}
