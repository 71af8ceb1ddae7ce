import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { AskTrace } from '../ask-trace.ts';
import type { Answer } from '../domain.ts';

export interface Metrics {
  readonly contentType: string;
  /** The Prometheus text format. */
  render(): Promise<string>;
  /** Asked whenever the metrics are read. */
  watchQueue(count: () => Promise<number>): void;
  countAnswer(answer: Answer, trace: AskTrace): void;
  countRequest(request: {
    readonly route: string;
    readonly method: string;
    readonly status: number;
    readonly seconds: number;
  }): void;
}

/** A registry of its own for each server, so that two in one process do not mix. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const answers = new Counter({
    name: 'concordat_answers_total',
    help: 'Questions by outcome, and by reason when abstained.',
    labelNames: ['outcome', 'reason', 'language'],
    registers: [registry],
  });
  const stages = new Histogram({
    name: 'concordat_stage_duration_seconds',
    help: 'Duration of each stage of answering.',
    labelNames: ['stage'],
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30],
    registers: [registry],
  });
  const countModel = createModelMetrics(registry);
  const requests = new Histogram({
    name: 'concordat_http_request_duration_seconds',
    help: 'Duration of HTTP requests by route, method and status.',
    labelNames: ['route', 'method', 'status'],
    registers: [registry],
  });
  return {
    contentType: registry.contentType,
    render: () => registry.metrics(),
    watchQueue(count) {
      const open = new Gauge({
        name: 'concordat_jobs_open',
        help: 'Jobs in the queue, those under way included.',
        registers: [],
        async collect() {
          // While the database is away nothing is known.
          this.set(await count().catch(() => Number.NaN));
        },
      });
      registry.registerMetric(open);
    },
    countAnswer({ outcome, reason, language }, trace) {
      answers.inc({ outcome, reason: reason ?? '', language });
      for (const { name, durationMs } of trace.stages) stages.observe({ stage: name }, durationMs / 1000);
      if (trace.model) countModel(trace.model);
    },
    countRequest({ route, method, status, seconds }) {
      requests.observe({ route, method, status: String(status) }, seconds);
    },
  };
}

/** What requests to a language model take. */
function createModelMetrics(registry: Registry): (model: NonNullable<AskTrace['model']>) => void {
  const modelTokens = new Counter({
    name: 'concordat_model_tokens_total',
    help: 'Tokens of requests to a language model, by step and direction.',
    labelNames: ['step', 'direction'],
    registers: [registry],
  });
  const modelCost = new Counter({
    name: 'concordat_model_cost_usd_total',
    help: 'Cost of requests to a language model, where prices are set.',
    labelNames: ['step'],
    registers: [registry],
  });
  const modelCalls = new Histogram({
    name: 'concordat_model_call_duration_seconds',
    help: 'Duration of requests to a language model.',
    labelNames: ['step'],
    buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers: [registry],
  });
  const fallbacks = new Counter({
    name: 'concordat_model_fallbacks_total',
    help: 'Answers that quotes alone gave because the language model failed.',
    registers: [registry],
  });
  return ({ calls, fallback }) => {
    if (fallback !== undefined) fallbacks.inc();
    for (const { step, inputTokens, outputTokens, costUsd = 0, durationMs } of calls) {
      modelTokens.inc({ step, direction: 'input' }, inputTokens);
      modelTokens.inc({ step, direction: 'output' }, outputTokens);
      modelCost.inc({ step }, costUsd);
      modelCalls.observe({ step }, durationMs / 1000);
    }
  };
}
