import type { EvalAnswer } from './eval-answer.ts';
import type { EvalClient } from './eval-client.ts';
import type { EvalQuestion } from './question-set.ts';

/** One line of the file between the two steps: all that scoring needs. */
export interface AnswerRecord {
  readonly question: EvalQuestion;
  readonly answer: EvalAnswer | null;
  /** Why there is no answer. */
  readonly error?: string;
  /** The cited documents' texts by id; null for a document that does not exist. */
  readonly texts: Readonly<Record<string, string | null>>;
  readonly latencyMs: number;
}

/** Asks every question in turn, each in a conversation of its own. */
export async function* generateAnswers(
  questions: readonly EvalQuestion[],
  client: EvalClient,
): AsyncGenerator<AnswerRecord> {
  for (const question of questions) yield await askOne(question, client);
}

async function askOne(question: EvalQuestion, client: EvalClient): Promise<AnswerRecord> {
  let start = performance.now();
  try {
    const conversationId = await tellHistory(question, client);
    start = performance.now();
    const answer = await client.ask({
      question: question.question,
      ...(conversationId !== undefined && { conversationId }),
      ...(question.asOf !== undefined && { asOf: question.asOf }),
    });
    const latencyMs = performance.now() - start;
    return { question, answer, texts: await readTexts(answer, client), latencyMs };
  } catch (error) {
    return { question, answer: null, error: String(error), texts: {}, latencyMs: performance.now() - start };
  }
}

/** Asks the user turns before the question; the assistant's turns are the server's own. */
async function tellHistory({ history }: EvalQuestion, client: EvalClient): Promise<string | undefined> {
  let conversationId: string | undefined;
  for (const { role, content } of history) {
    if (role !== 'user') continue;
    const request = { question: content, ...(conversationId !== undefined && { conversationId }) };
    ({ conversationId } = await client.ask(request));
  }
  return conversationId;
}

async function readTexts({ citations }: EvalAnswer, client: EvalClient): Promise<Record<string, string | null>> {
  const texts: Record<string, string | null> = {};
  for (const { documentId } of citations) texts[documentId] = await client.readText(documentId);
  return texts;
}
