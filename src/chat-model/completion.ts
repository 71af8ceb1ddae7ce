import type { ModelCall } from '../ask-trace.ts';

/** One request to a language model. */
export interface CompletionRequest {
  /** The prompt's name: which step of answering asks. */
  readonly step: string;
  /** Instructions, which nothing that users or documents say is part of. */
  readonly system: string;
  readonly user: string;
  /** The JSON Schema of the reply, which providers that can are held to. */
  readonly schema: Readonly<Record<string, unknown>>;
}

interface TextEvent {
  readonly type: 'text';
  readonly text: string;
}

interface StopEvent {
  readonly type: 'stop';
  readonly reason: 'length' | 'refusal';
}

/** Adds to what was counted so far: providers tell it once or in parts. */
interface UsageEvent {
  readonly type: 'usage';
  readonly inputTokens: number;
  readonly outputTokens: number;
}

interface CallEvent {
  readonly type: 'call';
  readonly call: ModelCall;
}

export type CompletionEvent = TextEvent | StopEvent | UsageEvent;
/** The last one tells what the request took, also when it failed. */
export type MeteredEvent = TextEvent | StopEvent | CallEvent;

interface Streaming<Event> {
  /** The `LLM` setting. */
  readonly id: string;
  /** Tokens that request and reply may have together; absent where the provider does not tell. */
  readonly windowTokens?: number | undefined;
  /** Requests that it can serve at a time; absent where it is for whoever asks to say. */
  readonly atATime?: number;
  /** Aborting the signal ends the request at the provider. */
  stream(request: CompletionRequest, signal: AbortSignal): AsyncIterable<Event>;
}

/** Text in, text out: the part of a provider that everything model-aided stands on. Throws what its client throws. */
export type Completion = Streaming<CompletionEvent>;

/** The same within its limits, counted. Throws nothing but AppError, or the reason of its signal. */
export type MeteredCompletion = Streaming<MeteredEvent>;
