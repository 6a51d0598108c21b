import { type Attributes, type HrTime, ValueType } from '@opentelemetry/api';
import { emptyResource } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  type DataPoint,
  DataPointType,
  type Histogram,
  type MetricData,
  type MetricProducer,
} from '@opentelemetry/sdk-metrics';
import type { MetricSample, MetricSamples } from '../metric-samples.ts';
import type { Metrics } from '../metrics.ts';

/**
 * Gives the figures of `/metrics` to OpenTelemetry, under the same names and labels: what is counted is counted once.
 * @param startedAt since when counters count, ms UTC
 */
export function prometheusProducer(
  metrics: Pick<Metrics, 'samples'>,
  now: () => number,
  startedAt: number,
): MetricProducer {
  return {
    async collect() {
      const times = { startTime: hrTime(startedAt), endTime: hrTime(now()) };
      const found = (await metrics.samples()).flatMap((one) => metricData(one, times) ?? []);
      return {
        resourceMetrics: {
          resource: emptyResource(),
          scopeMetrics: [{ scope: { name: 'license-watch' }, metrics: found }],
        },
        errors: [],
      };
    },
  };
}

type Times = Pick<DataPoint<number>, 'startTime' | 'endTime'>;

function metricData({ name, help, type, values }: MetricSamples, times: Times): MetricData | null {
  const base = {
    descriptor: { name, description: help, unit: unitOf(name), valueType: ValueType.DOUBLE },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
  };
  const points = values
    .filter(({ value }) => Number.isFinite(value))
    .map(({ labels, value }) => ({ ...times, attributes: attributesOf(labels), value }));
  switch (type) {
    case 'counter':
      return { ...base, dataPointType: DataPointType.SUM, isMonotonic: true, dataPoints: points };
    case 'gauge':
      return { ...base, dataPointType: DataPointType.GAUGE, dataPoints: points };
    case 'histogram':
      return { ...base, dataPointType: DataPointType.HISTOGRAM, dataPoints: histograms(values, times) };
    case 'summary':
      // Made by nobody here, and OpenTelemetry has none to write.
      return null;
  }
}

/** One point for each set of labels: Prometheus has a row for each bucket, and its buckets hold the smaller ones too. */
function histograms(values: readonly MetricSample[], times: Times): DataPoint<Histogram>[] {
  const series = Map.groupBy(values, ({ labels }) => JSON.stringify(attributesOf(labels)));
  return [...series.values()].map((rows) => {
    const buckets = rows.filter(({ labels: { le } }) => le !== undefined);
    const boundaries = buckets.map(({ labels: { le } }) => Number(le)).filter(Number.isFinite);
    const counts = buckets.map(({ value }, index) => value - (buckets[index - 1]?.value ?? 0));
    const of = (end: string): number => rows.find(({ name }) => name?.endsWith(end))?.value ?? 0;
    return {
      ...times,
      attributes: attributesOf(rows[0]?.labels ?? {}),
      value: { buckets: { boundaries, counts }, sum: of('_sum'), count: of('_count') },
    };
  });
}

/** Labels but for the bucket's end. */
const attributesOf = (labels: MetricSample['labels']): Attributes =>
  Object.fromEntries(
    Object.entries(labels).flatMap(([name, value]) => (name === 'le' ? [] : [[name, value]])),
  );

const hrTime = (ms: number): HrTime => [Math.floor(ms / 1000), Math.round((ms % 1000) * 1e6)];
const unitOf = (name: string): string =>
  name.includes('_seconds') ? 's' : name.includes('_bytes') ? 'By' : '';
