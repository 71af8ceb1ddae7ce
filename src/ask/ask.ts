import type { ChatModel } from '../chat-model/chat-model.ts';
import type { ModelSteps, StepContext } from '../chat-model/model-steps.ts';
import type { Conversations } from '../conversations/conversations.ts';
import type { AskTrace, ModelCall, TracedPassage } from '../ask-trace.ts';
import type { Answer, Passage, Question, Turn } from '../domain.ts';
import { NotFoundError } from '../errors.ts';
import type { Vocabulary } from '../language/vocabulary.ts';
import type { Retriever } from '../retriever/retriever.ts';
import { createAnswerableCheck } from './check-answerable.ts';
import { checkSuggestions } from './check-suggestions.ts';
import type { CitedSentence } from './cite.ts';
import { concludeInWords } from './conclude-in-words.ts';
import { measureCoverage } from './coverage.ts';
import { draftGrounded, type Drafted } from './draft-grounded.ts';
import { withRivals } from './find-rivals.ts';
import { findSuccessors, type FindSuperseding } from './find-successors.ts';
import { findTwins } from './find-twins.ts';
import { inKnownLanguages } from './in-known-languages.ts';
import { joinNeighbours } from './join-neighbours.ts';
import { putFirst } from './put-first.ts';
import { retrieveAll } from './retrieve-all.ts';
import { selectPassages } from './select-passages.ts';
import { createStopwatch } from './stopwatch.ts';
import { suggestQuestions } from './suggest-questions.ts';
import { resolveQuestion, type AskedQuestion } from './understand.ts';

/** Passages looked at before selection. */
const RETRIEVED = 40;

export interface AskDependencies {
  readonly conversations: Conversations;
  readonly retriever: Retriever;
  readonly vocabulary: Vocabulary;
  readonly chatModel: ChatModel;
  /** Without it, no document is known to be replaced. */
  readonly findSuperseding?: FindSuperseding;
  /** What a language model does in place of rules, if anything. */
  readonly steps?: ModelSteps | undefined;
  /** What the index is made of at this moment. */
  readonly describeIndex: () => Promise<{ readonly indexDigest: string; readonly embeddings: string }>;
}

export interface AskOptions {
  /** Absolute base of the links, without a slash at the end. */
  readonly publicUrl: string;
  readonly signal: AbortSignal;
  /** The W3C `traceparent` of the request, as it was sent. */
  readonly traceParent?: string | undefined;
  readonly onStage?: ((name: string) => void) | undefined;
  /** Told of each sentence once it is verified. */
  readonly onSentence?: ((sentence: CitedSentence) => void) | undefined;
  /** Told of each request to a language model once it has ended. */
  readonly onCall?: ((call: ModelCall) => void) | undefined;
}

export interface AskResult {
  readonly conversationId: string;
  /** With the first answer of a conversation only. */
  readonly conversationToken?: string;
  readonly answer: Answer;
  readonly trace: AskTrace;
}

/**
 * One question to one answer: recall → rewrite → retrieve → select → draft and ground → suggest → compose → remember.
 * @throws NotFoundError when the conversation to continue is not known.
 */
export async function ask(question: Question, deps: AskDependencies, options: AskOptions): Promise<AskResult> {
  const { chatModel, conversations, retriever, vocabulary, steps } = deps;
  const { time, stages } = createStopwatch(options.onStage);
  const calls: ModelCall[] = [];
  const onCall = (call: ModelCall): void => {
    calls.push(call);
    options.onCall?.(call);
  };
  const context = { signal: options.signal, onCall };
  const { turns, ...conversation } = await time('recall', () => recall(question, conversations));
  const asked = await time('rewrite', () => resolveQuestion(question, turns, { ...steps, ...context }));
  const { text, filters, aside } = asked;
  const notices: string[] = [];
  const onNotice = (notice: string): void => void notices.push(notice);
  const retrieved = await time('retrieve', async () => {
    if (aside !== undefined) return [];
    const further = await steps?.expandQuestion?.({ question: text }, context);
    return retrieveAll(retriever, { text, limit: RETRIEVED, filters, onNotice }, further);
  });
  const { passages: selected, rejected: unselected } = await time('select', async () =>
    selectPassages(inKnownLanguages(retrieved, asked.language), await measureCoverage(asked, vocabulary)),
  );
  const successors = await findSuccessors(selected, deps.findSuperseding, filters.asOf);
  const related = { successors, twins: findTwins(retrieved) };
  const drafted = await time('ground', async () => {
    const passages = joinNeighbours(selected);
    const ranks = await steps?.rankPassages?.({ question: text, passages }, context);
    const model = asked.isTimeline ? chatModel : withRivals(chatModel);
    const more = { ...context, chatModel: model, checkSupport: steps?.checkSupport, ...related };
    return draftGrounded(asked, putFirst(passages, ranks), { ...options, ...more });
  });
  const index = await deps.describeIndex();
  const said = { retrieved, selected, drafted, turns, context };
  const suggestions = await time('suggest', () => suggest(asked, said, { ...deps, ...index }));
  const answer = await time('compose', async () => {
    const promptDigests = { ...chatModel.promptDigests, ...steps?.promptDigests };
    const provenance = { ...index, chatModel: chatModel.id, promptDigests };
    const findings = { retrieved, selected, drafted, suggestions, provenance };
    return concludeInWords(asked, findings, { ...steps, ...context });
  });
  await time('remember', () => conversations.remember(conversation.conversationId, turnOf(asked, answer)));
  const rejected = [...unselected, ...drafted.rejected];
  const passages = retrieved.map(describePassage);
  const trace = { stages: stages(), passages, rejected, notices, ...describeDraft(calls, drafted) };
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

interface Said {
  readonly retrieved: readonly Passage[];
  readonly selected: readonly Passage[];
  readonly drafted: Drafted;
  readonly turns: readonly Turn[];
  readonly context: StepContext;
}

/** A model's suggestions where they are questions that passages answer, else our own. */
async function suggest(
  { aside, typed, text, language, filters }: AskedQuestion,
  { retrieved, selected, drafted, turns, context }: Said,
  { retriever, vocabulary, steps, indexDigest }: AskDependencies & { readonly indexDigest: string },
): Promise<string[]> {
  if (aside !== undefined) return [];
  const input = { question: text, language, passages: selected };
  const proposed = drafted.cited.length > 0 ? await steps?.suggestQuestions?.(input, context) : undefined;
  const sound = checkSuggestions(proposed ?? [], selected);
  if (sound.length > 0) return sound;
  const citations = drafted.cited.flatMap(({ added }) => added);
  const asked = [typed, text, ...turns.flatMap((turn) => [turn.question, turn.standaloneQuestion])];
  const quotedChunks = new Set(citations.map(({ chunkId }) => chunkId));
  const quotedDocuments = new Set(citations.map(({ documentId }) => documentId));
  const check = createAnswerableCheck({ retriever, vocabulary, indexDigest, filters });
  return suggestQuestions({ retrieved, quotedChunks, quotedDocuments, asked, language }, check);
}

function describePassage({ rank, similarity, chunk, signals }: Passage): TracedPassage {
  return { rank, chunkId: chunk.id, similarity, ...signals };
}

function describeDraft(
  calls: readonly ModelCall[],
  { confidence, fallback }: Drafted,
): Pick<AskTrace, 'confidence' | 'model'> {
  const told = confidence === undefined ? {} : { confidence };
  if (calls.length === 0 && fallback === undefined) return told;
  return { ...told, model: { calls, ...(fallback !== undefined && { fallback }) } };
}

function turnOf({ typed }: AskedQuestion, { standaloneQuestion, answer, citations }: Answer): Turn {
  const documentIds = [...new Set(citations.map(({ documentId }) => documentId))];
  return { question: typed, standaloneQuestion, answer, documentIds };
}
