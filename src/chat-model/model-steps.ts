import type { ModelCall } from '../ask-trace.ts';
import type { Language, Passage, Turn } from '../domain.ts';

/** What every step is given beside its input. */
export interface StepContext {
  readonly signal: AbortSignal;
  /** Told of each request to a model. */
  readonly onCall: (call: ModelCall) => void;
}

/** Names of the steps, as `LLM_STEPS` has them. */
export const STEPS = ['rewrite', 'queries', 'rerank', 'support', 'suggestions', 'framing'] as const;
export type StepName = (typeof STEPS)[number];

type Step<Input, Output> = (input: Input, context: StepContext) => Promise<Output | undefined>;

/**
 * Steps that a language model may take in place of rules. Each may be absent, and gives undefined when the model failed:
 * then the rules answer. What it gives is as little to be trusted as a draft.
 */
export interface ModelSteps {
  /** Digests of the prompt files used, by name. */
  readonly promptDigests: Readonly<Record<string, string>>;
  /** A follow-up as a question that stands alone. */
  readonly rewriteQuestion?: Step<{ readonly question: string; readonly turns: readonly Turn[] }, string>;
  /** Other wordings to search by as well. */
  readonly expandQuestion?: Step<{ readonly question: string }, readonly string[]>;
  /** Ranks of the passages, the one that answers best first. */
  readonly rankPassages?: Step<{ readonly question: string; readonly passages: readonly Passage[] }, readonly number[]>;
  /** Whether quotes say what a claim says. */
  readonly checkSupport?: Step<{ readonly claim: string; readonly quotes: readonly string[] }, boolean>;
  /** Questions that the passages answer and that could come next. */
  readonly suggestQuestions?: Step<
    { readonly question: string; readonly language: Language; readonly passages: readonly Passage[] },
    readonly string[]
  >;
  /** The words around quotes in the language of the question, piece by piece. */
  readonly translateFraming?: Step<
    { readonly question: string; readonly framing: readonly string[] },
    readonly string[]
  >;
}
