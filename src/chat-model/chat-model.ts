import type { AskTrace, ModelCall } from '../ask-trace.ts';
import type { Completeness, Language, Passage } from '../domain.ts';

export interface DraftRequest {
  /** The stand-alone question. */
  readonly question: string;
  readonly language: Language;
  /** Best first; claims refer to them by rank. */
  readonly passages: readonly Passage[];
}

/** What a chat model proposed: one claim, and the words it claims to rest on. Unverified. */
export interface DraftClaim {
  readonly text: string;
  readonly quotes: readonly DraftQuote[];
}

export interface DraftQuote {
  /** The rank of the passage that the quote is from; 0 when the model named none that was given. */
  readonly passage: number;
  readonly quote: string;
  /** Where in the document the quote starts, when the model knows; else it is searched for. */
  readonly start?: number;
}

/** A claim that did not pass its check, and why. */
export interface FailedClaim {
  readonly claim: DraftClaim;
  readonly reason: string;
}

/** What a model says, in order. Nothing of it is shown before it has been checked against the passages. */
export type DraftEvent =
  | { readonly type: 'claim'; readonly claim: DraftClaim }
  /** How much of the question the claims answer, by the model's own judgement; `none` declines. */
  | {
      readonly type: 'completeness';
      readonly completeness: Completeness;
      /** How likely (0–1) the passages speak of what was asked, where the model can tell. */
      readonly confidence?: number;
      /** The parts of a question of several, as it puts them, that the claims do not answer, where the model can tell. */
      readonly unanswered?: readonly string[];
    }
  /** What did not get so far as to be a claim, or a passage that was not shown. */
  | { readonly type: 'left-out'; readonly what: AskTrace['rejected'][number] }
  /** A request to a language model has ended. */
  | { readonly type: 'call'; readonly call: ModelCall }
  /** The model failed, for this reason; what follows is another's. */
  | { readonly type: 'fallback'; readonly reason: string };

/** Question and passages → claims with their quotes. */
export interface ChatModel {
  /** What the receipt records: the `LLM` setting. */
  readonly id: string;
  /** Digests of the prompt files used, by name. */
  readonly promptDigests: Readonly<Record<string, string>>;
  /** What a model that writes words of its own was told and must not repeat; absent for one that only quotes. */
  readonly confidential?: readonly string[];
  draft(request: DraftRequest, signal: AbortSignal): AsyncIterable<DraftEvent>;
  /** Another try at claims that failed their check; absent where there is no point in it. */
  repair?(request: DraftRequest, failed: readonly FailedClaim[], signal: AbortSignal): AsyncIterable<DraftEvent>;
}
