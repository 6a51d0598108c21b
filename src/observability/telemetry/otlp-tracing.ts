import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Context,
  ROOT_CONTEXT,
  type Span as SdkSpan,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import type { Span, SpanOptions, SpanPlace, Tracing } from '../tracing.ts';
import { type ChosenIds, spanIdOf, traceIdOf } from './span-ids.ts';

const KINDS = { client: SpanKind.CLIENT, producer: SpanKind.PRODUCER, consumer: SpanKind.CONSUMER } as const;

/** Traces by a tracer of the SDK, whose ids `ids` makes. */
export function createOtlpTracing(tracer: Tracer, ids: ChosenIds): Tracing {
  const around = new AsyncLocalStorage<Context>();

  function begin(name: string, options: SpanOptions): { span: SdkSpan; context: Context } {
    const context = options.at ? contextOf(options.at) : (around.getStore() ?? ROOT_CONTEXT);
    const { at, kind, facts, startedAt } = options;
    const wanted = {
      traceId: at ? traceIdOf(at.trace) : null,
      spanId: at?.span === undefined ? null : spanIdOf(at.span),
    };
    const span = ids.choose(wanted, () =>
      tracer.startSpan(
        name,
        {
          kind: kind ? KINDS[kind] : SpanKind.INTERNAL,
          ...(facts ? { attributes: { ...facts } } : {}),
          ...(startedAt === undefined ? {} : { startTime: startedAt }),
        },
        context,
      ),
    );
    return { span, context: trace.setSpan(context, span) };
  }

  const isLeftOut = ({ onlyWithin }: SpanOptions): boolean =>
    onlyWithin === true && around.getStore() === undefined;

  return {
    on: true,
    async within(name, options, work) {
      if (isLeftOut(options)) return work({ note: () => undefined, failed: () => undefined });
      const { span, context } = begin(name, options);
      try {
        return await around.run(context, () => work(handleOf(span)));
      } catch (error) {
        handleOf(span).failed(codeOf(error));
        throw error;
      } finally {
        span.end();
      }
    },
    apart: (work) => around.exit(work),
    note(name, options) {
      if (!isLeftOut(options)) begin(name, options).span.end();
    },
  };
}

/** What a span of a known place hangs below; that one may be of another process, or of last week. */
const contextOf = ({ trace: words, parent }: SpanPlace): Context =>
  parent === undefined
    ? ROOT_CONTEXT
    : trace.setSpanContext(ROOT_CONTEXT, {
        traceId: traceIdOf(words),
        spanId: spanIdOf(parent),
        traceFlags: TraceFlags.SAMPLED,
        isRemote: true,
      });

const handleOf = (span: SdkSpan): Span => ({
  note: (facts) => void span.setAttributes({ ...facts }),
  failed(code) {
    span.setAttribute('error.type', code);
    span.setStatus({ code: SpanStatusCode.ERROR });
  },
});

/** The stable code of an error, or its class. Its message may name people, and stays in the log. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
