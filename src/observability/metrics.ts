import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { type MetricSamples, samplesOf } from './metric-samples.ts';

/** What the product counts. Every method is cheap and never throws; labels are fixed words, never names. */
export interface Metrics {
  /** `kind` and `outcome` as in the scan's record. */
  scanFinished(kind: string, outcome: string, seconds: number, usersRead: number, changes: number): void;
  auditCollected(source: string, records: number): void;
  incidentOpened(cause: string): void;
  /** Firings of detections, by class (`none` for a rule without one) and level. */
  detectionFired(detectionClass: string, level: string, count: number): void;
  /** How long the oldest matches of a run waited until alerts were made of them, ms. */
  detectLag(ms: number): void;
  /** Why people were alerted or were not: a word of a closed list, and how often. */
  alertDecided(reason: string, count: number): void;
  cardDelivered(outcome: 'sent' | 'edited' | 'failed' | 'found' | 'posted-again' | 'copy-found'): void;
  restoreStep(outcome: string): void;
  /** `at` is ms UTC. */
  jobFinished(job: string, ok: boolean, at: number): void;
  /** One answer of Microsoft, by HTTP status; `null` when there was no answer. */
  requestAnswered(service: string, status: number | null): void;
  /** One turn of the bot; `kind` is the activity type. */
  turnHandled(kind: string, outcome: 'ok' | 'failed', seconds: number): void;
  /** One message that was not worked on: over the limit of its sender, or of everybody together. */
  turnDropped(over: 'person' | 'everybody'): void;
  /** In Prometheus' text format. */
  render(): Promise<string>;
  /** The same figures as values. */
  samples(): Promise<MetricSamples[]>;
  readonly contentType: string;
}

export type MetricsOptions = {
  /** Asked at each scrape; a failure leaves the figure out. */
  outboxWaiting?: () => Promise<number>;
  /** Asked at each scrape: how far the SIEM is behind; null where there is none. */
  siemBehind?: () => Promise<{ records: number; seconds: number } | null>;
  /** Asked at each scrape: how many matches of detections wait to be looked at, and for how long the oldest does. */
  detectBehind?: () => Promise<{ records: number; seconds: number }>;
  /** Asked at each scrape: what readiness is judged by. */
  checks?: () => Promise<readonly { name: string; ok: boolean }[]>;
  /** Adds memory, CPU and event loop of the process. */
  processMetrics?: boolean;
};

const THROTTLED = new Set([429, 503]);

/** Metrics with a registry of their own, so that several instances in one process do not share counts. */
export function createMetrics(options: MetricsOptions = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (options.processMetrics) collectDefaultMetrics({ register: registry });

  function counter<Label extends string>(name: string, help: string, labelNames: Label[]): Counter<Label> {
    return new Counter({ name: `license_watch_${name}`, help, labelNames, registers });
  }

  const scans = counter('scans_total', 'Scans by kind and outcome.', ['kind', 'outcome']);
  const scanSeconds = new Histogram({
    name: 'license_watch_scan_duration_seconds',
    help: 'How long scans took.',
    labelNames: ['kind'],
    buckets: [0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800],
    registers,
  });
  const users = counter('users_read_total', 'Users read by scans.', ['kind']);
  const changes = counter('changes_total', 'License changes found.', []);
  const records = counter('audit_records_total', 'New audit records, by source.', ['source']);
  const incidents = counter('incidents_opened_total', 'Incidents opened, by cause.', ['cause']);
  const firings = counter('detections_fired_total', 'Firings of detections.', ['class', 'level']);
  const lag = new Gauge({
    name: 'license_watch_detect_lag_seconds',
    help: 'How long the oldest records of the last run waited until alerts were made of them.',
    registers,
  });
  const decided = counter('alert_decisions_total', 'Why people were alerted, or were not.', ['reason']);
  const cards = counter('cards_total', 'Cards by what became of them.', ['outcome']);
  const steps = counter('restore_steps_total', 'Writes to the tenant, by outcome.', ['outcome']);
  const jobs = counter('job_runs_total', 'Job runs by outcome.', ['job', 'outcome']);
  const lastSuccess = new Gauge({
    name: 'license_watch_job_last_success_timestamp_seconds',
    help: 'When each job last succeeded, in seconds since 1970.',
    labelNames: ['job'],
    registers,
  });
  const requests = counter('microsoft_requests_total', 'Answers of Microsoft.', ['service', 'status']);
  const throttles = counter('microsoft_throttles_total', 'Answers that said to wait.', ['service']);
  const turns = counter('turns_total', 'Turns of the bot.', ['kind', 'outcome']);
  const dropped = counter('turns_dropped_total', 'Messages over a limit, by whose.', ['over']);
  const turnSeconds = new Histogram({
    name: 'license_watch_turn_duration_seconds',
    help: 'How long turns of the bot took.',
    labelNames: ['kind'],
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  if (options.outboxWaiting) registerOutbox(registry, options.outboxWaiting);
  if (options.siemBehind) {
    registerBehind(registry, 'siem', options.siemBehind, {
      records: 'Stored audit records that the SIEM has not taken yet. Absent without a SIEM.',
      seconds: 'How long ago the oldest of these records was stored.',
    });
  }
  if (options.detectBehind) {
    registerBehind(registry, 'detect', options.detectBehind, {
      records: 'Matches of detections of which no alert was made yet.',
      seconds: 'How long ago the record of the oldest of these matches came.',
    });
  }
  if (options.checks) registerChecks(registry, options.checks);

  return {
    contentType: registry.contentType,
    render: () => registry.metrics(),
    samples: () => samplesOf(registry),
    scanFinished(kind, outcome, seconds, usersRead, changesFound) {
      scans.inc({ kind, outcome });
      scanSeconds.observe({ kind }, seconds);
      users.inc({ kind }, usersRead);
      changes.inc(changesFound);
    },
    auditCollected: (source, count) => records.inc({ source }, count),
    incidentOpened: (cause) => incidents.inc({ cause }),
    detectionFired: (detectionClass, level, count) => firings.inc({ class: detectionClass, level }, count),
    detectLag: (ms) => lag.set(ms / 1000),
    alertDecided: (reason, count) => decided.inc({ reason }, count),
    cardDelivered: (outcome) => cards.inc({ outcome }),
    restoreStep: (outcome) => steps.inc({ outcome }),
    jobFinished(job, ok, at) {
      jobs.inc({ job, outcome: ok ? 'ok' : 'failed' });
      if (ok) lastSuccess.set({ job }, at / 1000);
    },
    requestAnswered(service, status) {
      requests.inc({ service, status: status === null ? 'none' : String(status) });
      if (status !== null && THROTTLED.has(status)) throttles.inc({ service });
    },
    turnDropped: (over) => dropped.inc({ over }),
    turnHandled(kind, outcome, seconds) {
      turns.inc({ kind, outcome });
      turnSeconds.observe({ kind }, seconds);
    },
  };
}

function registerChecks(
  registry: Registry,
  checks: () => Promise<readonly { name: string; ok: boolean }[]>,
): void {
  new Gauge({
    name: 'license_watch_check_ok',
    help: 'Whether each check of /readyz holds: 1 or 0. One that cannot be made is left out.',
    labelNames: ['check'],
    registers: [registry],
    async collect() {
      this.reset();
      for (const { name, ok } of await checks().catch(() => [])) this.set({ check: name }, ok ? 1 : 0);
    },
  });
}

function registerBehind(
  registry: Registry,
  what: 'siem' | 'detect',
  behind: () => Promise<{ records: number; seconds: number } | null>,
  help: { records: string; seconds: string },
): void {
  const registers = [registry];
  const ask = () => behind().catch(() => null);
  new Gauge({
    name: `license_watch_${what}_behind_records`,
    help: help.records,
    registers,
    async collect() {
      const found = await ask();
      if (found === null) this.remove();
      else this.set(found.records);
    },
  });
  new Gauge({
    name: `license_watch_${what}_behind_seconds`,
    help: help.seconds,
    registers,
    async collect() {
      const found = await ask();
      if (found === null) this.remove();
      else this.set(found.seconds);
    },
  });
}

function registerOutbox(registry: Registry, waiting: () => Promise<number>): void {
  new Gauge({
    name: 'license_watch_outbox_waiting',
    help: 'Messages that wait to be sent.',
    registers: [registry],
    async collect() {
      // A database that is down must not take the other figures with it.
      this.set(await waiting().catch(() => Number.NaN));
    },
  });
}
