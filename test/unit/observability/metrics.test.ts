import { describe, expect, it } from 'vitest';
import { createMetrics } from '../../../src/observability/metrics.ts';

describe('metrics', () => {
  it('tell scans, deliveries, jobs, requests and turns', async () => {
    const metrics = createMetrics();
    metrics.scanFinished('full', 'complete', 2, 100, 5);
    metrics.scanFinished('full', 'complete', 2, 100, 0);
    metrics.auditCollected('activity', 12);
    metrics.incidentOpened('unknown');
    metrics.cardDelivered('sent');
    metrics.restoreStep('done');
    metrics.jobFinished('scan', true, 1_700_000_000_500);
    metrics.jobFinished('scan', false, 1_700_000_001_000);
    metrics.turnHandled('message', 'ok', 0.02);
    const text = await metrics.render();
    for (const line of [
      'license_watch_scans_total{kind="full",outcome="complete"} 2',
      'license_watch_users_read_total{kind="full"} 200',
      'license_watch_changes_total 5',
      'license_watch_scan_duration_seconds_sum{kind="full"} 4',
      'license_watch_audit_records_total{source="activity"} 12',
      'license_watch_incidents_opened_total{cause="unknown"} 1',
      'license_watch_cards_total{outcome="sent"} 1',
      'license_watch_restore_steps_total{outcome="done"} 1',
      'license_watch_job_runs_total{job="scan",outcome="failed"} 1',
      'license_watch_job_last_success_timestamp_seconds{job="scan"} 1700000000.5',
      'license_watch_turns_total{kind="message",outcome="ok"} 1',
    ]) {
      expect(text).toContain(line);
    }
    expect(metrics.contentType).toContain('text/plain');
  });

  it('count answers by status, and those that said to wait', async () => {
    const metrics = createMetrics();
    for (const status of [200, 200, 429, 503, null]) metrics.requestAnswered('graph', status);
    const text = await metrics.render();
    expect(text).toContain('license_watch_microsoft_requests_total{service="graph",status="200"} 2');
    expect(text).toContain('license_watch_microsoft_requests_total{service="graph",status="none"} 1');
    expect(text).toContain('license_watch_microsoft_throttles_total{service="graph"} 2');
  });

  it('ask for the outbox at each scrape', async () => {
    let waiting = 3;
    const metrics = createMetrics({ outboxWaiting: async () => waiting });
    expect(await metrics.render()).toContain('license_watch_outbox_waiting 3');
    waiting = 0;
    expect(await metrics.render()).toContain('license_watch_outbox_waiting 0');
  });

  it('say how far the alerts of detections are behind, also while the job does not run', async () => {
    let behind = { records: 7, seconds: 1_200 };
    const metrics = createMetrics({ detectBehind: async () => behind });
    const first = await metrics.render();
    expect(first).toContain('license_watch_detect_behind_records 7');
    expect(first).toContain('license_watch_detect_behind_seconds 1200');
    behind = { records: 0, seconds: 0 };
    expect(await metrics.render()).toContain('license_watch_detect_behind_records 0');
  });

  it('are told even when the database is down', async () => {
    const metrics = createMetrics({ outboxWaiting: () => Promise.reject(new Error('down')) });
    metrics.cardDelivered('failed');
    expect(await metrics.render()).toContain('license_watch_cards_total{outcome="failed"} 1');
  });

  it('do not mix between instances', async () => {
    const first = createMetrics({ processMetrics: true });
    first.cardDelivered('sent');
    const text = await createMetrics({ processMetrics: true }).render();
    expect(text).not.toContain('license_watch_cards_total{outcome="sent"} 1');
    expect(text).toContain('process_resident_memory_bytes');
  });
});
