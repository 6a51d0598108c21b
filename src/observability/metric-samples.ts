import type { Registry } from 'prom-client';
import { z } from 'zod';

/** One row of a metric; `name` is that of a histogram’s row, such as `…_sum`. */
const MetricSample = z
  .object({
    metricName: z.string().optional(),
    labels: z.record(z.string(), z.union([z.string(), z.number()])),
    value: z.number().or(z.nan()),
  })
  .transform(({ metricName, labels, value }) => ({ name: metricName ?? null, labels, value }));
export type MetricSample = z.infer<typeof MetricSample>;

/** A metric with all of its rows. The package’s own types call `type` a number; it is a word. */
const MetricSamples = z.object({
  name: z.string(),
  help: z.string(),
  type: z.enum(['counter', 'gauge', 'histogram', 'summary']),
  values: z.array(MetricSample),
});
export type MetricSamples = z.infer<typeof MetricSamples>;

const Read = z.array(MetricSamples);

/** All figures of a registry as they are now; those that are asked for at each scrape are asked. */
export async function samplesOf(registry: Registry): Promise<MetricSamples[]> {
  return Read.parse(await registry.getMetricsAsJSON());
}
