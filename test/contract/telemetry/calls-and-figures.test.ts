import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '../../../src/observability/logger.ts';
import { createMetrics } from '../../../src/observability/metrics.ts';
import { startTelemetry, type Telemetry } from '../../../src/observability/telemetry/start-telemetry.ts';
import { aConnectedTenant } from '../../unit/microsoft365/a-connected-tenant.ts';
import { OtlpReceiver } from './otlp-receiver.ts';

const signal = new AbortController().signal;

let receiver: OtlpReceiver;
let telemetry: Telemetry;
beforeEach(async () => {
  receiver = await OtlpReceiver.open();
  telemetry = startTelemetry({
    endpoint: receiver.endpoint,
    headers: {},
    serviceName: 'license-watch-test',
    now: () => Date.now(),
    log: createLogger({ level: 'silent', to: 'stderr' }),
  });
});
afterEach(() => receiver.close());

describe('a call of Graph', () => {
  it('is a span of what it is made for, with permission, status and request id, and nobody in it', async () => {
    const { tracing } = telemetry;
    const tenant = await aConnectedTenant({ tracing });
    const id = tenant.user('alexw');
    const group = tenant.group('LIC-E3');
    await tracing.within('scan', {}, async () => {
      await tenant.connected.reader.usersById([id], signal);
      await tenant.connected.reader.groupMembers(group, signal);
    });
    await telemetry.stop();
    await tenant.close();

    const scan = receiver.spans.find(({ name }) => name === 'scan');
    const calls = receiver.spans.filter(({ kind }) => kind === 3);
    expect(calls.map(({ name }) => name)).toContain('read the members of a group');
    for (const call of calls) {
      expect(call).toMatchObject({ parentSpanId: scan?.spanId, traceId: scan?.traceId });
      expect(call.attributes['license_watch.permission']).toMatch(/^[\w.]+\.All$/);
      expect(call.attributes['license_watch.request_id']).toMatch(/^[\da-f-]{36}$/);
      expect(call.attributes['http.response.status_code']).toBe(200);
    }
    for (const secret of [id, group, 'alexw', 'Bearer', 'eyJ', tenant.simulator.clientSecret]) {
      expect(receiver.text).not.toContain(secret);
    }
  });
});

describe('the figures', () => {
  it('are those of /metrics, under the same names', async () => {
    const metrics = createMetrics({ outboxWaiting: async () => 4 });
    metrics.scanFinished('full', 'complete', 2, 100, 5);
    metrics.scanFinished('full', 'complete', 40, 100, 5);
    telemetry.sendMetrics(metrics);
    await telemetry.stop();

    const of = (name: string) => receiver.metrics.find((one) => one.name === `license_watch_${name}`);
    expect(of('scans_total')?.sum).toMatchObject({
      isMonotonic: true,
      aggregationTemporality: 2,
      dataPoints: [{ attributes: { kind: 'full', outcome: 'complete' }, asDouble: 2 }],
    });
    expect(of('outbox_waiting')?.gauge?.dataPoints).toMatchObject([{ asDouble: 4 }]);
    const [seconds] = of('scan_duration_seconds')?.histogram?.dataPoints ?? [];
    expect(seconds).toMatchObject({ attributes: { kind: 'full' }, count: 2, sum: 42 });
    expect(seconds?.bucketCounts?.length).toBe((seconds?.explicitBounds?.length ?? 0) + 1);
    const inBuckets = seconds?.bucketCounts?.reduce((sum, count) => sum + count, 0);
    expect(inBuckets).toBe(2);
    const rendered = await metrics.render();
    const names = new Set([...rendered.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name));
    for (const { name } of receiver.metrics) expect(names).toContain(name);
  });
});

/** Starts the product with these settings as far as it goes without a tenant, and lists OpenTelemetry’s modules. */
function loadedWith(endpoint: string | null): string[] {
  const program = `
    import { registerHooks } from 'node:module';
    const seen = [];
    registerHooks({ load(url, context, next) { if (url.includes('opentelemetry')) seen.push(url); return next(url, context); } });
    const { compose } = await import('./src/app/compose.ts');
    const { loadConfig } = await import('./src/config/config.ts');
    const loaded = loadConfig({
      AAD_APP_TENANT_ID: '11111111-1111-4111-8111-111111111111',
      AAD_APP_CLIENT_ID: '22222222-2222-4222-8222-222222222222',
      AAD_APP_CLIENT_SECRET: 'a secret of nobody',
      DATABASE_URL: 'file::memory:',
      LOG_LEVEL: 'silent',
      ${endpoint === null ? '' : `OTEL_EXPORTER_OTLP_ENDPOINT: '${endpoint}',`}
    });
    if (!loaded.ok) throw new Error(loaded.problems.join(' '));
    const app = await compose(loaded.config);
    await app.stop();
    console.log(JSON.stringify(seen));
  `;
  const ran = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  if (ran.status !== 0) throw new Error(ran.stderr);
  return JSON.parse(ran.stdout) as string[];
}

describe('the packages of OpenTelemetry', () => {
  it('are loaded where a receiver is set', () => {
    expect(loadedWith('http://127.0.0.1:9').some((url) => url.includes('exporter-trace-otlp-http'))).toBe(
      true,
    );
  });

  it('are not loaded otherwise, but for the interface that Prometheus’ own package asks for', () => {
    const packages = loadedWith(null).map((url) => /@opentelemetry\/([\w-]+)/.exec(url)?.[1]);
    expect([...new Set(packages)].filter((name) => name !== 'api')).toEqual([]);
  });
});
