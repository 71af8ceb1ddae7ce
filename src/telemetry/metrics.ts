import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import type { Answer, AskTrace } from '../domain.ts';

export interface Metrics {
  readonly contentType: string;
  /** The Prometheus text format. */
  render(): Promise<string>;
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
  const requests = new Histogram({
    name: 'concordat_http_request_duration_seconds',
    help: 'Duration of HTTP requests by route, method and status.',
    labelNames: ['route', 'method', 'status'],
    registers: [registry],
  });
  return {
    contentType: registry.contentType,
    render: () => registry.metrics(),
    countAnswer({ outcome, reason, language }, trace) {
      answers.inc({ outcome, reason: reason ?? '', language });
      for (const { name, durationMs } of trace.stages) stages.observe({ stage: name }, durationMs / 1000);
    },
    countRequest({ route, method, status, seconds }) {
      requests.observe({ route, method, status: String(status) }, seconds);
    },
  };
}
