import type { ChatModel, DraftEvent } from '../chat-model/chat-model.ts';
import type { Conversations } from '../conversations/conversations.ts';
import type { LexicalIndex } from '../corpus-store/corpus-store.ts';
import type { AbstentionReason, Answer, AskTrace, Citation, Completeness, Passage, Question } from '../domain.ts';
import { NotFoundError } from '../errors.ts';
import type { Retriever } from '../retriever/retriever.ts';
import { createCiter, type CitedSentence } from './cite.ts';
import { composeText } from './compose.ts';
import { measureCoverage } from './coverage.ts';
import { groundClaim } from './ground.ts';
import { makeReceipt } from './receipt.ts';
import { selectPassages } from './select-passages.ts';
import { createStopwatch } from './stopwatch.ts';
import { WORDING } from './wording.ts';

/** Passages looked at before selection. */
const RETRIEVED = 40;

export interface AskDependencies {
  readonly conversations: Conversations;
  readonly retriever: Retriever;
  readonly lexicalIndex: LexicalIndex;
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
 * One question to one answer: recall → retrieve → select → draft and ground → compose → remember.
 * @throws NotFoundError when the conversation to continue is not known.
 */
export async function ask(question: Question, deps: AskDependencies, options: AskOptions): Promise<AskResult> {
  const { time, stages } = createStopwatch(options.onStage);
  const conversation = await time('recall', () => recall(question, deps.conversations));
  const { text, filters } = question;
  const retrieved = await time('retrieve', () => deps.retriever.retrieve({ text, limit: RETRIEVED, filters }));
  const selection = await time('select', async () =>
    selectPassages(retrieved, await measureCoverage(text, deps.lexicalIndex)),
  );
  const drafted = await time('ground', () => draftGrounded(question, selection.passages, { deps, options }));
  const answer = await time('compose', () =>
    conclude(question, { retrieved, selected: selection.passages, drafted, deps }),
  );
  await time('remember', () => remember(conversation.conversationId, answer, deps.conversations));
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
): Promise<{ conversationId: string; conversationToken?: string }> {
  if (conversationId === undefined) {
    const { id, token } = await conversations.start();
    return { conversationId: id, conversationToken: token };
  }
  if (!(await conversations.find(conversationId))) throw new NotFoundError('There is no such conversation.');
  return { conversationId };
}

interface Drafted {
  readonly cited: readonly CitedSentence[];
  readonly completeness: Completeness;
  readonly rejected: AskTrace['rejected'];
}

/** Sentences reach `onSentence`, and the answer, only after their own check. */
async function draftGrounded(
  { text, language }: Question,
  passages: readonly Passage[],
  { deps, options }: { deps: AskDependencies; options: AskOptions },
): Promise<Drafted> {
  const cite = createCiter(options.publicUrl);
  const cited: CitedSentence[] = [];
  const rejected: { text: string; reason: string }[] = [];
  let completeness: Completeness = 'none';
  if (passages.length === 0) return { cited, completeness, rejected };
  const take = (event: DraftEvent): void => {
    if (event.type === 'completeness') {
      completeness = event.completeness;
      return;
    }
    const grounded = groundClaim(event.claim, passages);
    if ('reason' in grounded) {
      rejected.push(grounded);
      return;
    }
    const sentence = cite(grounded);
    cited.push(sentence);
    options.onSentence?.(sentence);
  };
  for await (const event of deps.chatModel.draft({ question: text, language, passages }, options.signal)) {
    options.signal.throwIfAborted();
    take(event);
  }
  return { cited, completeness, rejected };
}

interface Findings {
  readonly retrieved: readonly Passage[];
  readonly selected: readonly Passage[];
  readonly drafted: Drafted;
  readonly deps: AskDependencies;
}

async function conclude(question: Question, findings: Findings): Promise<Answer> {
  const { selected, drafted, deps } = findings;
  const { language, text, filters } = question;
  const reason = whyAbstain(findings);
  const sentences = reason === undefined ? drafted.cited.map(({ sentence }) => sentence) : [];
  const citations: Citation[] = reason === undefined ? drafted.cited.flatMap(({ added }) => added) : [];
  const answer =
    reason === undefined
      ? composeText(sentences, citations, { language, asOf: filters.asOf })
      : WORDING[language].abstained[reason];
  const { id: chatModel, promptDigests } = deps.chatModel;
  const provenance = { ...(await deps.describeIndex()), chatModel, promptDigests };
  const common = {
    language,
    standaloneQuestion: text,
    answer,
    sentences,
    citations,
    conflicts: [],
    suggestions: [],
    receipt: makeReceipt(provenance, selected, { question: text, answer, citations }),
  };
  if (reason !== undefined) return { outcome: 'abstained', reason, completeness: 'none', ...common };
  const completeness = drafted.completeness === 'full' ? 'full' : 'partial';
  return { outcome: 'answered', reason: null, completeness, ...common };
}

function whyAbstain({ retrieved, selected, drafted }: Findings): AbstentionReason | undefined {
  if (retrieved.length === 0) return 'no-passages';
  if (selected.length === 0) return 'weak-evidence';
  if (drafted.completeness === 'none') return 'model-declined';
  return drafted.cited.length === 0 ? 'ungrounded' : undefined;
}

async function remember(conversationId: string, answer: Answer, conversations: Conversations): Promise<void> {
  await conversations.remember(conversationId, {
    question: answer.standaloneQuestion,
    standaloneQuestion: answer.standaloneQuestion,
    answer: answer.answer,
    documentIds: [...new Set(answer.citations.map(({ documentId }) => documentId))],
  });
}
