import type { AnswerResponse } from '../answer-response.ts';
import type { Language } from '../domain.ts';
import type { Renderable } from './render-messages.ts';

/** A request of a chat tool's servers, as it came. */
export interface ChannelRequest {
  header(name: string): string | undefined;
  /** The bytes that were signed. */
  readonly body: Buffer;
  readonly receivedAtMs: number;
}

/** What is answered at once; an object goes out as JSON. */
export interface ChannelReply {
  readonly status: number;
  readonly body?: object | string;
}

/** Values that JSON can hold: what is kept of an event until it is answered. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };
export type JsonObject = Readonly<Record<string, Json | undefined>>;

/** What someone wants of us. Events with an id are worked on after the reply, once, even across a restart. */
export type ChannelEvent =
  | {
      readonly kind: 'question';
      /** The tool's ids of this event, the first of which names the job: whatever comes again under any is known. */
      readonly ids: readonly [string, ...string[]];
      /** Whose conversation this is, and where. Two people never share one. */
      readonly thread: string;
      /** As typed, without the mention of us; empty: they only called. */
      readonly text: string;
      readonly target: JsonObject;
      /** Of the person, where the tool says it; an answer takes that of the question. */
      readonly language?: Language | undefined;
      /** The language that was asked for. */
      readonly answerIn?: Language | undefined;
    }
  | { readonly kind: 'sources'; readonly ids: readonly [string]; readonly askId: string; readonly target: JsonObject }
  | {
      readonly kind: 'feedback';
      /** The ask, or the id that the tool gave to the message which answered it. */
      readonly about: { readonly askId: string } | { readonly sentId: string };
      readonly rating: 'up' | 'down';
      readonly comment?: string | undefined;
      /** Where to say thanks, where the reply cannot. */
      readonly thank?: { readonly ids: readonly [string]; readonly target: JsonObject };
    };

/** What a request means, and what is answered at once. */
export interface Reading {
  readonly events: readonly ChannelEvent[];
  readonly reply: ChannelReply;
  /** Where the answer itself may be the reply, if it is ready in time. */
  readonly wait?: {
    readonly timeoutMs: number;
    readonly replyOf: (outgoing: readonly JsonObject[]) => ChannelReply;
  };
}

/** What there is to say. */
export type Saying =
  | { readonly kind: 'answer'; readonly response: AnswerResponse }
  | { readonly kind: 'sources'; readonly response: AnswerResponse }
  | { readonly kind: 'words'; readonly text: string; readonly language: Language };

/** One place where people ask. Everything is in the tool's own terms; what they share is beside this file. */
export interface Channel {
  readonly name: string;
  /** Where its requests come, under `/channels/`. */
  readonly path: string;
  /** Whether the tool sent exactly these bytes, and lately. Nothing is parsed before. */
  authenticate(request: ChannelRequest): boolean | Promise<boolean>;
  /** @throws InvalidRequestError when the request, though authentic, is not understood. */
  read(request: ChannelRequest): Reading;
  /** The calls of the tool's API that say it, in order. At least one. */
  render(saying: Saying, target: JsonObject): readonly JsonObject[];
  /** Shows that the question is being worked on; failing does no harm. */
  begin?(target: JsonObject, signal: AbortSignal): Promise<void>;
  /**
   * Shows the sentences that are verified so far, while others are still being made. Gives the target at which `send` puts the answer in
   * their place. Failing does no harm.
   */
  show?(soFar: Renderable, target: JsonObject, signal: AbortSignal): Promise<JsonObject>;
  /**
   * Makes one of the calls; `index` counts from 0 within the answer, `key` names the call. Gives the tool's id of the message, if any.
   * Absent where answers are replies only.
   * @throws VendorError
   */
  send?(
    outgoing: JsonObject,
    target: JsonObject,
    call: { readonly index: number; readonly key: string; readonly signal: AbortSignal },
  ): Promise<string | undefined>;
}
