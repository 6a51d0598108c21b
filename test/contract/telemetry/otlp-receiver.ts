import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

const Value = z.union([
  z.object({ stringValue: z.string() }).transform(({ stringValue }) => stringValue),
  z.object({ intValue: z.union([z.number(), z.string()]) }).transform(({ intValue }) => Number(intValue)),
  z.object({ doubleValue: z.number() }).transform(({ doubleValue }) => doubleValue),
  z.object({ boolValue: z.boolean() }).transform(({ boolValue }) => boolValue),
]);
const Attributes = z
  .array(z.object({ key: z.string(), value: Value }))
  .default([])
  .transform((pairs) => Object.fromEntries(pairs.map(({ key, value }) => [key, value])));
const Resource = z.object({ attributes: Attributes });

const ReceivedSpan = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  kind: z.number(),
  startTimeUnixNano: z.coerce.number(),
  endTimeUnixNano: z.coerce.number(),
  attributes: Attributes,
  status: z.object({ code: z.number().default(0) }).default({ code: 0 }),
});
export type ReceivedSpan = z.infer<typeof ReceivedSpan>;
const Traces = z.object({
  resourceSpans: z.array(
    z.object({ resource: Resource, scopeSpans: z.array(z.object({ spans: z.array(ReceivedSpan) })) }),
  ),
});

const Point = z.object({
  attributes: Attributes,
  asDouble: z.number().optional(),
  count: z.coerce.number().optional(),
  sum: z.number().optional(),
  bucketCounts: z.array(z.coerce.number()).optional(),
  explicitBounds: z.array(z.number()).optional(),
});
const Points = z.object({ dataPoints: z.array(Point) });
const ReceivedMetric = z.object({
  name: z.string(),
  sum: Points.extend({ isMonotonic: z.boolean(), aggregationTemporality: z.number() }).optional(),
  gauge: Points.optional(),
  histogram: Points.optional(),
});
export type ReceivedMetric = z.infer<typeof ReceivedMetric>;
const Figures = z.object({
  resourceMetrics: z.array(
    z.object({ resource: Resource, scopeMetrics: z.array(z.object({ metrics: z.array(ReceivedMetric) })) }),
  ),
});

/** A receiver of OTLP over HTTP on this machine, which takes JSON and keeps what it is sent. */
export class OtlpReceiver {
  readonly spans: ReceivedSpan[] = [];
  readonly metrics: ReceivedMetric[] = [];
  readonly services = new Set<unknown>();
  readonly keys = new Set<unknown>();
  /** All bodies as they came, to look for what may not be in them. */
  text = '';
  endpoint = '';
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        this.text += text;
        this.keys.add(request.headers['x-key']);
        this.#take(request.url ?? '', text);
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    });
  }

  static async open(): Promise<OtlpReceiver> {
    const receiver = new OtlpReceiver();
    await new Promise<void>((resolve) => receiver.#server.listen(0, '127.0.0.1', resolve));
    const { port } = receiver.#server.address() as AddressInfo;
    receiver.endpoint = `http://127.0.0.1:${port}`;
    return receiver;
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #take(path: string, text: string): void {
    if (path === '/v1/traces') {
      for (const { resource, scopeSpans } of Traces.parse(JSON.parse(text)).resourceSpans) {
        this.services.add(resource.attributes['service.name']);
        this.spans.push(...scopeSpans.flatMap(({ spans }) => spans));
      }
    }
    if (path === '/v1/metrics') {
      for (const { resource, scopeMetrics } of Figures.parse(JSON.parse(text)).resourceMetrics) {
        this.services.add(resource.attributes['service.name']);
        this.metrics.push(...scopeMetrics.flatMap(({ metrics }) => metrics));
      }
    }
  }
}
