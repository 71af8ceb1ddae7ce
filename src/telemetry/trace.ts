import { setTimeout } from 'node:timers/promises';
import type { Context, Span, Tracer as SpanTracer } from '@opentelemetry/api';
import type { AskOptions, AskResult } from '../ask/ask.ts';
import type { ModelCall } from '../ask-trace.ts';
import type { Question } from '../domain.ts';
import { AppError } from '../errors.ts';

/** Tells a collector of each question: a span for it, for each stage, and for each request to a model. */
export interface Tracer {
  /** Runs `ask` with options that tell the tracer too. */
  trace(question: Question, options: AskOptions, ask: (options: AskOptions) => Promise<AskResult>): Promise<AskResult>;
  /** Sends what is not sent yet, if that can be done soon. */
  close(): Promise<void>;
}

export interface TracerOptions {
  readonly serviceName: string;
  /** The `LLM` setting. */
  readonly model: string;
  /** Whether question and answer are told as well. */
  readonly content: boolean;
  /** Told once that spans cannot be sent. */
  readonly onNotice: (notice: string) => void;
}

/** A collector that is down does not hold up a stop. */
const CLOSE_MS = 2000;

/** Where nobody listens. */
export const SILENT_TRACER: Tracer = {
  trace: (_question, options, ask) => ask(options),
  close: async () => {},
};

/**
 * OpenTelemetry over HTTP; where to and with which headers is read from its own variables (`OTEL_EXPORTER_OTLP_…`,
 * `OTEL_RESOURCE_ATTRIBUTES`). Spans join the trace of the request that carries a `traceparent`.
 */
export async function openTracer({ serviceName, model, content, onNotice }: TracerOptions): Promise<Tracer> {
  const { api, core, sdk, resources, otlp } = await load();
  const resource = resources
    .resourceFromAttributes({ 'service.name': serviceName })
    .merge(resources.detectResources({ detectors: [resources.envDetector] }));
  const processor = new sdk.BatchSpanProcessor({ exporter: new otlp.OTLPTraceExporter() });
  const provider = new sdk.TracerProvider({ resource, spanProcessors: [processor] });
  const tracer = provider.getTracer('concordat');
  let told = false;
  const tellOnce = (error: unknown): void => {
    if (!told) onNotice(`Traces cannot be sent: ${error instanceof Error ? error.message : String(error)}.`);
    told = true;
  };
  core.setGlobalErrorHandler(tellOnce);
  const contextOf = (traceParent: string | undefined): Context => {
    const caller = traceParent === undefined ? null : core.parseTraceParent(traceParent);
    return caller ? api.trace.setSpanContext(api.ROOT_CONTEXT, { ...caller, isRemote: true }) : api.ROOT_CONTEXT;
  };
  return {
    async trace(question, options, ask) {
      const attributes = describeQuestion(question, content);
      const kind = api.SpanKind.SERVER;
      const whole = tracer.startSpan('ask', { kind, attributes }, contextOf(options.traceParent));
      const inside = (span: Span): Context => api.trace.setSpan(api.ROOT_CONTEXT, span);
      const stages = followStages(tracer, { whole, inside, model, kind: api.SpanKind.CLIENT });
      try {
        const result = await ask({
          ...options,
          onStage: (name) => (stages.begin(name), options.onStage?.(name)),
          onCall: (call) => (stages.tellCall(call), options.onCall?.(call)),
        });
        whole.setAttributes(describeAnswer(result, content));
        return result;
      } catch (error) {
        whole.setStatus({ code: api.SpanStatusCode.ERROR, message: describeError(error) });
        throw error;
      } finally {
        stages.end();
        whole.end();
      }
    },
    async close() {
      const closed = provider.shutdown().catch(tellOnce);
      await Promise.race([closed, setTimeout(CLOSE_MS, undefined, { ref: false })]);
    },
  };
}

interface Followed {
  readonly whole: Span;
  readonly inside: (span: Span) => Context;
  readonly model: string;
  readonly kind: number;
}

/** One stage at a time; requests to a model belong to the stage that is on. */
function followStages(
  tracer: SpanTracer,
  { whole, inside, model, kind }: Followed,
): { begin: (name: string) => void; tellCall: (call: ModelCall) => void; end: () => void } {
  let stage: Span | undefined;
  return {
    begin(name) {
      stage?.end();
      stage = tracer.startSpan(name, {}, inside(whole));
    },
    tellCall(call) {
      const end = Date.now();
      const options = { kind, startTime: end - call.durationMs, attributes: describeCall(call, model) };
      tracer.startSpan(`chat ${call.step}`, options, inside(stage ?? whole)).end(end);
    },
    end: () => stage?.end(),
  };
}

function describeCall(call: ModelCall, spec: string): Record<string, string | number> {
  const [provider = '', ...model] = spec.split(':');
  return {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': provider,
    'gen_ai.request.model': model.join(':'),
    'gen_ai.usage.input_tokens': call.inputTokens,
    'gen_ai.usage.output_tokens': call.outputTokens,
    'concordat.step': call.step,
    ...(call.costUsd !== undefined && { 'concordat.cost_usd': call.costUsd }),
    ...(call.firstTokenMs !== undefined && { 'concordat.first_token_ms': call.firstTokenMs }),
    ...(call.error !== undefined && { 'error.type': call.error }),
  };
}

function describeQuestion({ text, language }: Question, content: boolean): Record<string, string> {
  return { 'concordat.language': language, ...(content && { 'concordat.question': text }) };
}

function describeAnswer({ answer, trace }: AskResult, content: boolean): Record<string, string | number> {
  const { outcome, reason, completeness, citations } = answer;
  return {
    'concordat.outcome': outcome,
    'concordat.completeness': completeness,
    'concordat.citations': citations.length,
    ...(reason !== null && { 'concordat.reason': reason }),
    ...(trace.model?.fallback !== undefined && { 'concordat.fallback': trace.model.fallback }),
    ...(content && { 'concordat.answer': answer.answer }),
  };
}

/** Of what is no failure of ours, its kind alone: its words may hold what was asked. */
function describeError(error: unknown): string {
  if (error instanceof AppError) return error.message;
  return error instanceof Error ? error.name : 'unknown';
}

/** Only where somebody listens: a start without them is faster. */
async function load() {
  const [api, core, sdk, resources, otlp] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/core'),
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/exporter-trace-otlp-http'),
  ]);
  return { api, core, sdk, resources, otlp };
}
