import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExportRequest } from '../../../src/answers/answer/export-request.ts';
import { NOTHING_TOLD } from '../../../src/answers/answer/spend-facts.ts';
import { exportFileName, exportLines } from '../../../src/answers/export/request.ts';
import { scopedStore } from '../../../src/answers/scope/scope.ts';
import type { Scope } from '../../../src/domain/access/scope.ts';
import type { Store } from '../../../src/domain/ports.ts';
import { anArchivedEvent } from '../../builders/audit/archived-event.ts';
import { anIncident } from '../../builders/incident/incident.ts';
import { aQuery } from '../../builders/query.ts';
import { ask, askQuery, at, aWatchedTenant, NOW, STANDARD } from './a-watched-tenant.ts';

let store: Store;
beforeEach(async () => {
  store = await aWatchedTenant();
  await store.incidents.commit({
    incidents: [anIncident({ userIds: ['rick', 'adele'], skuIds: [STANDARD], changeIds: ['change-1'] })],
    verdicts: [],
    settled: [],
    outbox: [],
  });
});
afterEach(() => store.close());

const REQUEST: ExportRequest = {
  intent: 'support-case',
  incidentId: 'incident-1',
  people: [],
  skus: [],
  groups: [],
  range: { from: 0, to: NOW + 1 },
  days: null,
  format: 'ndjson',
};

async function rows(
  over: Partial<ExportRequest> = {},
  sees: Scope = null,
): Promise<Record<string, unknown>[]> {
  const lines = exportLines(
    scopedStore(store, sees),
    { ...REQUEST, ...over },
    { now: NOW, spend: NOTHING_TOLD },
  );
  let text = '';
  for await (const part of lines) text += part.text;
  return text.trim() === ''
    ? []
    : text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
}
const parts = (all: readonly Record<string, unknown>[], part: string) =>
  all.filter((one) => one.part === part);

describe('a file for a support case', () => {
  it('has the incident, its users before and after, the change, and the coverage, in UTC', async () => {
    const all = await rows();
    expect(all[0]).toMatchObject({
      part: 'incident',
      id: 'incident-1',
      last_seen_with: '2026-11-23T10:05:00.000Z',
      first_seen_without: expect.stringMatching(/Z$/),
    });
    const [rick] = parts(all, 'user').filter(({ id }) => id === 'rick');
    expect(rick).toMatchObject({ before: [{ sku_id: STANDARD, path: 'directly' }], after: [], now: [] });
    expect(parts(all, 'change')).toMatchObject([{ id: 'change-1', user_id: 'rick' }]);
    expect(
      parts(all, 'coverage')
        .map(({ what }) => what)
        .sort(),
    ).toEqual(['activity', 'directoryAudits']);
    expect(parts(all, 'auditing')).toMatchObject([{ what: 'on' }]);
  });

  it('has the audit records on these users around it, and no others', async () => {
    const record = (id: string, who: string, time: number) => {
      const archived = anArchivedEvent({ id, at: time });
      return {
        ...archived,
        event: { ...archived.event, targets: [{ kind: 'user' as const, id: who, name: who }] },
      };
    };
    await store.audit.append(
      [
        record('near', 'rick', at('23T10:10')),
        record('before', 'rick', at('21T10:10')),
        record('other', 'bo', at('23T10:10')),
      ],
      NOW,
    );
    expect(parts(await rows(), 'audit record').map(({ id }) => id)).toEqual(['near']);
  });

  it('has Microsoft’s incidents of the time', async () => {
    await store.audit.saveServiceIssues([
      {
        id: 'MO213912',
        title: 'Licenses are gone',
        service: 'Microsoft 365 suite',
        feature: null,
        classification: 'incident',
        status: 'serviceDegradation',
        startAt: at('23T09:00'),
        endAt: null,
        isResolved: false,
        impact: '',
      },
    ]);
    expect(parts(await rows(), 'service incident')).toMatchObject([
      { what: 'MO213912: Licenses are gone', at_utc: '2026-11-23T09:00:00.000Z' },
    ]);
  });

  it('has nobody whom the asker may not see, and is empty where that is everybody', async () => {
    const seen = await rows({}, new Set(['adele']));
    expect(JSON.stringify(seen)).not.toMatch(/rick/i);
    expect(parts(seen, 'user')).toHaveLength(1);
    expect(await rows({}, new Set(['bo']))).toEqual([]);
  });

  it('is empty for an incident that is none', async () => {
    expect(await rows({ incidentId: 'nothing' })).toEqual([]);
  });

  it('has a name that says what it is and when', () => {
    expect(exportFileName(REQUEST, NOW)).toBe('support-case-2026-11-23-1030.ndjson');
  });
});

describe('“export the evidence”', () => {
  const wanted = aQuery({ intent: 'export', evidence: true });

  it('offers the file of the one open incident', async () => {
    const { answer } = await askQuery(store, wanted);
    expect(answer.request).toMatchObject({
      kind: 'export',
      request: { intent: 'support-case', incidentId: 'incident-1', format: 'ndjson' },
    });
  });

  it('offers none of an incident that the asker may not see', async () => {
    const { answer } = await askQuery(store, wanted, new Set(['bo']));
    expect(answer).toMatchObject({ lead: 'No incident is open.', request: null });
  });

  it('asks whose, of several', async () => {
    await store.incidents.commit({
      incidents: [anIncident({ id: 'incident-2', fingerprint: 'other', changeIds: [], userIds: ['ines'] })],
      verdicts: [],
      settled: [],
      outbox: [],
    });
    const { answer } = await askQuery(store, wanted);
    expect(answer.lead).toBe('2 incidents are open: say whose the file is for.');
    expect((await askQuery(store, { ...wanted, people: ['ines'] })).answer.request).toMatchObject({
      request: { incidentId: 'incident-2' },
    });
  });

  it('is read in a sentence about an export', async () => {
    expect((await ask(store, 'export the evidence for a support case')).query).toMatchObject({
      intent: 'export',
      evidence: true,
    });
  });
});
