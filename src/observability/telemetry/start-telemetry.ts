import { type DiagLogger, DiagLogLevel, diag } from '@opentelemetry/api';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Logger } from '../logger.ts';
import type { Metrics } from '../metrics.ts';
import type { Tracing } from '../tracing.ts';
import { createOtlpTracing } from './otlp-tracing.ts';
import { prometheusProducer } from './prometheus-producer.ts';
import { createChosenIds } from './span-ids.ts';

export type TelemetryOptions = {
  /** Origin and path of a receiver of OTLP over HTTP, without `/v1/traces`. */
  endpoint: string;
  /** What the receiver asks for, such as a key. */
  headers: Readonly<Record<string, string>>;
  serviceName: string;
  log: Logger;
  now(): number;
};

export type Telemetry = {
  tracing: Tracing;
  /** Sends these figures every minute. */
  sendMetrics(metrics: Pick<Metrics, 'samples'>): void;
  /** Sends what is left, and ends. Never throws, and waits for no receiver that hangs. */
  stop(): Promise<void>;
};

const METRICS_EVERY_MS = 60_000;
const SEND_WITHIN_MS = 10_000;
/** A stop has seconds in all. */
const STOP_WITHIN_MS = 2_000;

/**
 * Connects to a receiver of OpenTelemetry. The only module that loads its packages: it is imported where an address is
 * set, and not otherwise. A receiver that is down costs nothing but a warning.
 */
export function startTelemetry(options: TelemetryOptions): Telemetry {
  const { endpoint, serviceName, log, now } = options;
  diag.setLogger(quietLogger(log), { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
  const base = endpoint.replace(/\/+$/, '');
  const shared = { headers: { ...options.headers }, timeoutMillis: SEND_WITHIN_MS };
  const resource = resourceFromAttributes({ 'service.name': serviceName });
  const ids = createChosenIds();
  const exporter = new OTLPTraceExporter({ url: `${base}/v1/traces`, ...shared });
  const spans = new BatchSpanProcessor({ exporter });
  const provider = new TracerProvider({ resource, idGenerator: ids, spanProcessors: [spans] });
  const startedAt = now();
  let meters: MeterProvider | null = null;
  return {
    tracing: createOtlpTracing(provider.getTracer('license-watch'), ids),
    sendMetrics(metrics) {
      const reader = new PeriodicExportingMetricReader({
        exporter: new OTLPMetricExporter({ url: `${base}/v1/metrics`, ...shared }),
        exportIntervalMillis: METRICS_EVERY_MS,
        exportTimeoutMillis: SEND_WITHIN_MS,
        metricProducers: [prometheusProducer(metrics, now, startedAt)],
      });
      meters = new MeterProvider({ resource, readers: [reader] });
    },
    async stop() {
      const patience = new AbortController();
      const orderly = Promise.allSettled([provider.shutdown(), meters?.shutdown()]);
      const limit = new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, STOP_WITHIN_MS);
        patience.signal.addEventListener('abort', () => clearTimeout(timer));
      });
      await Promise.race([orderly, limit]);
      patience.abort();
    },
  };
}

/** Its own words can hold what the receiver answered, or the headers of a request: the log says only that it failed. */
function quietLogger(log: Logger): DiagLogger {
  const failed = (message: string): void =>
    log.warn({ kind: /metric/i.test(message) ? 'metrics' : 'traces' }, 'telemetry was not taken');
  const nothing = (): void => undefined;
  return { error: failed, warn: failed, info: nothing, debug: nothing, verbose: nothing };
}
