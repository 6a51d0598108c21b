import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { jobTable } from '../../../src/jobs/running/job-table.ts';
import { createMetrics } from '../../../src/observability/metrics.ts';
import { aJobWorld } from '../../builders/jobs/job-context.ts';
import { projectFile } from '../packaging/project-files.ts';

const Rules = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({
          alert: z.string(),
          expr: z.string(),
          labels: z.object({ severity: z.enum(['critical', 'warning', 'info']) }),
          annotations: z.object({ summary: z.string(), description: z.string() }),
        }),
      ),
    }),
  ),
});
const Dashboard = z.object({
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })) })),
});

const RULES = Rules.parse(parse(projectFile('infra/monitoring/alerts.yml'))).groups.flatMap(
  ({ rules }) => rules,
);
const PANELS = Dashboard.parse(JSON.parse(projectFile('infra/monitoring/dashboard.json'))).panels;

/** What Prometheus adds to each series itself. */
const BY_PROMETHEUS = ['instance', 'job'];
const FUNCTIONS = new Set(
  'sum min max rate increase time histogram_quantile by and on or unless ignoring group_left'.split(' '),
);

/** Every metric that the product exports, with the labels of its rows, after each kind of thing has happened once. */
async function exported(): Promise<Map<string, Set<string>>> {
  const metrics = createMetrics({
    processMetrics: true,
    outboxWaiting: async () => 1,
    siemBehind: async () => ({ records: 1, seconds: 1 }),
    detectBehind: async () => ({ records: 1, seconds: 1 }),
    checks: async () => [{ name: 'database', ok: true }],
  });
  metrics.scanFinished('full', 'complete', 1, 1, 1);
  metrics.auditCollected('activity', 1);
  metrics.incidentOpened('unknown');
  metrics.detectionFired('roles', 'high', 1);
  metrics.detectLag(1);
  metrics.alertDecided('first', 1);
  metrics.cardDelivered('sent');
  metrics.restoreStep('done');
  metrics.jobFinished('scan', true, 1);
  metrics.requestAnswered('graph', 429);
  metrics.turnHandled('message', 'ok', 1);
  metrics.turnDropped('person');
  const names = new Map<string, Set<string>>();
  for (const [, name = '', labels = ''] of (await metrics.render()).matchAll(
    /^([a-z]\w+)(?:\{(.*)\})? \S+$/gm,
  )) {
    const known = names.get(name) ?? new Set<string>();
    for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) known.add(label);
    names.set(name, known);
  }
  return names;
}

type Selector = { metric: string; labels: string[] };

/** The metrics of an expression with the labels that it selects by, and all labels that it groups by. */
function partsOf(expr: string): { selectors: Selector[]; groupedBy: string[] } {
  const groupedBy = [...expr.matchAll(/\b(?:by|on)\s*\(([^)]*)\)/g)].flatMap(([, list = '']) =>
    list.split(/,\s*/),
  );
  const rest = expr.replaceAll(/\b(?:by|on)\s*\([^)]*\)/g, '').replaceAll(/\[\d+[smhd]\]/g, '');
  const selectors = [...rest.matchAll(/\b([a-z_]\w*)\b(?!\s*\()(?:\{([^}]*)\})?/g)]
    .map(([, metric = '', labels = '']) => ({
      metric,
      labels: [...labels.matchAll(/(\w+)\s*=~?/g)].map(([, label = '']) => label),
    }))
    .filter(({ metric }) => !FUNCTIONS.has(metric) && rest.includes(metric) && !isQuotedOnly(rest, metric));
  return { selectors, groupedBy };
}

const isQuotedOnly = (text: string, word: string): boolean =>
  !new RegExp(`\\b${word}\\b`).test(text.replaceAll(/"[^"]*"/g, '').replaceAll(/\{[^}]*\}/g, ''));

const ALL = [
  ...RULES.map(({ alert, expr }) => ({ what: `alert ${alert}`, expr })),
  ...PANELS.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ what: `panel ${title}`, expr }))),
];

describe('each expression of the alerts and the dashboard', () => {
  it.each(ALL)('$what asks for metrics and labels that there are', async ({ expr }) => {
    const there = await exported();
    const { selectors, groupedBy } = partsOf(expr);
    expect(selectors.length).toBeGreaterThan(0);
    for (const { metric, labels } of selectors) {
      if (metric === 'up') continue;
      expect([...there.keys()], expr).toContain(metric);
      const known = [...(there.get(metric) ?? []), ...BY_PROMETHEUS];
      for (const label of labels) expect(known, `${metric} in ${expr}`).toContain(label);
    }
    const ofAny = selectors.flatMap(({ metric }) => [...(there.get(metric) ?? [])]);
    for (const label of groupedBy) expect([...ofAny, ...BY_PROMETHEUS], expr).toContain(label);
  });

  it('names jobs that there are', async () => {
    const { context, store } = await aJobWorld();
    const schedules = { scan: '*', fullScan: '*', collect: '*', auditCheck: '*', confirmAfterMs: 0 };
    const jobs = jobTable(context, schedules, {
      runDueWorkSoon: () => undefined,
      startLater: () => undefined,
    });
    await store.close();
    const names = new Set([...jobs.flatMap(({ name, runsAs }) => [name, runsAs ?? name]), 'license-watch']);
    for (const { expr } of ALL) {
      for (const [, job = ''] of expr.matchAll(/\bjob="([^"]+)"/g)) expect([...names]).toContain(job);
    }
  });
});

describe('the check itself', () => {
  it.each([
    ['license_watch_no_such_total > 1', ['license_watch_no_such_total']],
    [
      'sum by (kind) (rate(license_watch_scans_total{outcome="x"}[5m])) / up{job="a"}',
      ['license_watch_scans_total', 'up'],
    ],
  ])('finds the metrics of %s', (expr, metrics) => {
    expect(partsOf(expr).selectors.map(({ metric }) => metric)).toEqual(metrics);
  });
});

it('every metric of ours is on the dashboard', async () => {
  const shown = new Set(
    PANELS.flatMap(({ targets }) =>
      targets.flatMap(({ expr }) => partsOf(expr).selectors.map(({ metric }) => metric)),
    ),
  );
  const ours = [...(await exported()).keys()].filter(
    (name) => name.startsWith('license_watch_') && !/_(sum|count)$/.test(name),
  );
  expect(ours.filter((name) => !shown.has(name))).toEqual([]);
});

it.each(['infra/monitoring/prometheus.yml', 'docs/admin-guide.md'])('%s keeps our own label job', (file) => {
  const text = projectFile(file);
  const yaml = file.endsWith('.yml') ? text : (/```yaml\n(scrape_configs:[\s\S]*?)```/.exec(text)?.[1] ?? '');
  expect(parse(yaml)).toMatchObject({ scrape_configs: [{ job_name: 'license-watch', honor_labels: true }] });
});
