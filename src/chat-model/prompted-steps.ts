import { z } from 'zod';
import type { Passage } from '../domain.ts';
import { AppError } from '../errors.ts';
import type { Prompt } from '../prompts.ts';
import { parse } from './claim-reader.ts';
import type { MeteredCompletion, MeteredEvent } from './completion.ts';
import { LANGUAGE_NAMES } from './prompted.ts';
import type { ModelSteps, StepContext, StepName } from './model-steps.ts';
import { disarm, roomForPassages, showPassages, type ShownPassages } from './show-passages.ts';

/** What the prompt of each step must take. */
export const STEP_INPUTS: Readonly<Record<StepName, readonly string[]>> = {
  rewrite: ['question', 'turns'],
  queries: ['question'],
  rerank: ['question', 'passages'],
  support: ['claim', 'quotes'],
  suggestions: ['question', 'language', 'passages'],
  framing: ['question', 'framing'],
};

const METHODS = {
  rewrite: 'rewriteQuestion',
  queries: 'expandQuestion',
  rerank: 'rankPassages',
  support: 'checkSupport',
  suggestions: 'suggestQuestions',
  framing: 'translateFraming',
} as const satisfies Record<StepName, keyof ModelSteps>;

const MOST_PASSAGE_TOKENS = 8000;
/** Turns that a follow-up may lean on. */
const MOST_TURNS = 4;
const LONGEST_ANSWER = 600;

const rewritten = replyOf(z.object({ question: z.string() }));
const reworded = replyOf(z.object({ queries: z.array(z.string()) }));
const ranked = replyOf(z.object({ tokens: z.array(z.string()) }));
const supported = replyOf(z.object({ supported: z.boolean() }));
const suggested = replyOf(z.object({ questions: z.array(z.string()) }));
const translated = replyOf(z.object({ framing: z.array(z.string()) }));

interface Reply<T> {
  readonly schema: z.ZodType<T>;
  /** The same for the provider, without the name of its dialect, which not every one takes. */
  readonly form: Readonly<Record<string, unknown>>;
}

function replyOf<T>(schema: z.ZodType<T>): Reply<T> {
  const { $schema: _dialect, ...form } = z.toJSONSchema(schema);
  return { schema, form };
}

export interface PromptedStepsOptions {
  readonly completion: MeteredCompletion;
  readonly names: readonly StepName[];
  readonly loadPrompt: (name: string, inputs: readonly string[]) => Prompt;
}

/** The chosen steps, each one request to the model by the prompt of its name. */
export function createPromptedSteps({ completion, names, loadPrompt }: PromptedStepsOptions): ModelSteps {
  const prompts = new Map(names.map((name) => [name, loadPrompt(name, STEP_INPUTS[name])]));
  const ask = <T>(step: StepName, { reply, inputs }: Asking<T>, context: StepContext): Promise<T | undefined> =>
    request(completion, { prompt: prompts.get(step), reply, inputs }, context);
  const show = (step: StepName, passages: readonly Passage[]): ShownPassages =>
    showPassages(passages, roomForPassages({ ...completion, prompt: prompts.get(step), most: MOST_PASSAGE_TOKENS }));
  const all: Omit<Required<ModelSteps>, 'promptDigests'> = {
    async rewriteQuestion({ question, turns }, context) {
      const told = turns.slice(-MOST_TURNS).map(({ standaloneQuestion, answer }) => {
        return `Question: ${standaloneQuestion}\nAnswer: ${answer.slice(0, LONGEST_ANSWER)}`;
      });
      const inputs = { question: disarm(question), turns: disarm(told.join('\n\n')) };
      return (await ask('rewrite', { reply: rewritten, inputs }, context))?.question;
    },
    async expandQuestion({ question }, context) {
      return (await ask('queries', { reply: reworded, inputs: { question: disarm(question) } }, context))?.queries;
    },
    async rankPassages({ question, passages }, context) {
      if (passages.length < 2) return undefined;
      const shown = show('rerank', passages);
      const inputs = { question: disarm(question), passages: shown.text };
      return (await ask('rerank', { reply: ranked, inputs }, context))?.tokens.map(shown.rankOf);
    },
    async checkSupport({ claim, quotes }, context) {
      const inputs = {
        claim: disarm(claim),
        quotes: quotes.map((quote) => `<quote>${disarm(quote)}</quote>`).join('\n'),
      };
      return (await ask('support', { reply: supported, inputs }, context))?.supported;
    },
    async suggestQuestions({ question, language, passages }, context) {
      const { text } = show('suggestions', passages);
      const inputs = { question: disarm(question), language: LANGUAGE_NAMES[language], passages: text };
      return (await ask('suggestions', { reply: suggested, inputs }, context))?.questions;
    },
    async translateFraming({ question, framing }, context) {
      const pieces = framing.map((piece) => `<framing>${disarm(piece)}</framing>`).join('\n');
      const inputs = { question: disarm(question), framing: pieces };
      return (await ask('framing', { reply: translated, inputs }, context))?.framing;
    },
  };
  return {
    promptDigests: Object.fromEntries([...prompts].map(([name, { digest }]) => [name, digest])),
    ...Object.fromEntries(names.map((name) => [METHODS[name], all[METHODS[name]]])),
  };
}

interface Asking<T> {
  readonly reply: Reply<T>;
  readonly inputs: Readonly<Record<string, string>>;
}

/** The reply in its form; undefined when there is none, for none of these steps is worth a failed answer. */
async function request<T>(
  completion: MeteredCompletion,
  { prompt, reply: { schema, form }, inputs }: Asking<T> & { prompt: Prompt | undefined },
  context: StepContext,
): Promise<T | undefined> {
  if (!prompt) return undefined;
  const asked = { step: prompt.name, ...prompt.render(inputs), schema: form };
  try {
    const reply = await readAll(completion.stream(asked, context.signal), context);
    return schema.safeParse(parse(/\{[^]*\}/.exec(reply)?.[0] ?? '')).data;
  } catch (error) {
    if (context.signal.aborted || !(error instanceof AppError)) throw error;
    return undefined;
  }
}

async function readAll(events: AsyncIterable<MeteredEvent>, { onCall }: StepContext): Promise<string> {
  let reply = '';
  for await (const event of events) {
    if (event.type === 'call') onCall(event.call);
    if (event.type === 'text') reply += event.text;
  }
  return reply;
}
