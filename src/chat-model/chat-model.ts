import type { Completeness, DraftClaim, Language, Passage } from '../domain.ts';

export interface DraftRequest {
  /** The stand-alone question. */
  readonly question: string;
  readonly language: Language;
  /** Best first; claims refer to them by rank. */
  readonly passages: readonly Passage[];
}

/** What a model says, in order. Nothing of it is shown before it has been checked against the passages. */
export type DraftEvent =
  | { readonly type: 'claim'; readonly claim: DraftClaim }
  /** How much of the question the claims answer, by the model's own judgement; `none` declines. */
  | { readonly type: 'completeness'; readonly completeness: Completeness };

/** Question and passages → claims with their quotes. */
export interface ChatModel {
  /** What the receipt records: the `LLM` setting. */
  readonly id: string;
  /** Digests of the prompt files used, by name. */
  readonly promptDigests: Readonly<Record<string, string>>;
  draft(request: DraftRequest, signal: AbortSignal): AsyncIterable<DraftEvent>;
}
