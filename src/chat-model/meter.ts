import type { ModelCall } from '../ask-trace.ts';
import { AppError } from '../errors.ts';
import type { CompletionEvent, CompletionRequest } from './completion.ts';
import { estimateTokens } from './show-passages.ts';

const MILLION = 1_000_000;

/** US dollars for a million tokens. */
export interface Prices {
  readonly inputPrice?: number | undefined;
  readonly outputPrice?: number | undefined;
}

/** Counts one request: what the provider tells, else what can be told from its length. */
export function createMeter(
  { step, system, user }: CompletionRequest,
  prices: Prices,
): { count: (event: CompletionEvent) => void; fail: (name: string) => void; call: () => ModelCall } {
  const start = performance.now();
  let firstTokenMs: number | undefined;
  let reply = '';
  const told = { inputTokens: 0, outputTokens: 0 };
  let error: string | undefined;
  return {
    count(event) {
      if (event.type === 'usage') {
        told.inputTokens += event.inputTokens;
        told.outputTokens += event.outputTokens;
      }
      if (event.type !== 'text') return;
      firstTokenMs ??= round(performance.now() - start);
      reply += event.text;
    },
    fail: (name) => void (error = name),
    call() {
      const inputTokens = told.inputTokens || estimateTokens(`${system}${user}`);
      const outputTokens = told.outputTokens || estimateTokens(reply);
      return {
        step,
        inputTokens,
        outputTokens,
        ...costOf({ inputTokens, outputTokens }, prices),
        durationMs: round(performance.now() - start),
        ...(firstTokenMs !== undefined && { firstTokenMs }),
        ...(error !== undefined && { error }),
      };
    },
  };
}

function costOf(
  { inputTokens, outputTokens }: Pick<ModelCall, 'inputTokens' | 'outputTokens'>,
  { inputPrice, outputPrice }: Prices,
): Pick<ModelCall, 'costUsd'> {
  if (inputPrice === undefined && outputPrice === undefined) return {};
  return { costUsd: (inputTokens * (inputPrice ?? 0) + outputTokens * (outputPrice ?? 0)) / MILLION };
}

/** What was spent on a day (UTC, `YYYY-MM-DD`), by whoever keeps it. */
export interface TokenLedger {
  spentOn(day: string): Promise<number>;
  add(day: string, tokens: number): Promise<void>;
}

/** Of this process alone. */
export function createProcessLedger(): TokenLedger {
  let [latest, spent] = ['', 0];
  return {
    spentOn: async (day) => (day === latest ? spent : 0),
    async add(day, tokens) {
      if (day !== latest) [latest, spent] = [day, 0];
      spent += tokens;
    },
  };
}

/** The tokens of a day. */
export function createBudget(
  dayTokens: number | undefined,
  ledger: TokenLedger,
): { check: () => Promise<void>; spend: (meter: { call: () => ModelCall }) => Promise<void> } {
  const today = (): string => new Date().toISOString().slice(0, 10);
  return {
    /** @throws AppError when the day's tokens are spent. */
    async check() {
      if (dayTokens === undefined) return;
      const day = today();
      if ((await ledger.spentOn(day)) < dayTokens) return;
      const midnight = Date.parse(`${day}T24:00:00Z`);
      throw new AppError('The chat model has answered all it may today.', {
        status: 503,
        retryable: true,
        retryAfterSeconds: Math.max(1, Math.ceil((midnight - Date.now()) / 1000)),
      });
    },
    async spend(meter) {
      if (dayTokens === undefined) return;
      const { inputTokens, outputTokens } = meter.call();
      await ledger.add(today(), inputTokens + outputTokens);
    },
  };
}

function round(ms: number): number {
  return Math.round(ms * 100) / 100;
}
