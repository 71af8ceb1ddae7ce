import type { PassageSignals } from './domain.ts';

/** One object, four readers: the log line, the metrics, `explain`, the evaluation. */
export interface AskTrace {
  readonly stages: readonly { readonly name: string; readonly durationMs: number }[];
  readonly passages: readonly TracedPassage[];
  /** What was left out, by which check, and why; the words of a claim that must not be seen are not in it. */
  readonly rejected: readonly {
    readonly chunkId?: string;
    readonly text?: string;
    readonly check?: string;
    readonly reason: string;
  }[];
  /** How likely (0–1) the passages speak of what was asked, where the model tells. */
  readonly confidence?: number;
  /** What did not work as it is set, each in a sentence. */
  readonly notices: readonly string[];
  /** Requests to a language model, in order, and why it was given up for quoting alone; absent where there were none. */
  readonly model?: { readonly calls: readonly ModelCall[]; readonly fallback?: string };
}

/** One request to a language model. */
export interface ModelCall {
  /** The prompt's name. */
  readonly step: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** US dollars, where prices are set. */
  readonly costUsd?: number;
  readonly durationMs: number;
  /** Until the first of the reply; absent when there was none. */
  readonly firstTokenMs?: number;
  /** What made it fail: an HTTP status, or the name of a fault; nothing of what was asked. */
  readonly error?: string;
}

export interface TracedPassage extends PassageSignals {
  readonly rank: number;
  readonly chunkId: string;
  readonly similarity: number;
}
