import { afterEach, describe, expect, it } from 'vitest';
import { DAY_MS, WEEK_MS } from '../../../src/domain/durations.ts';
import type { SearchedPage } from '../../../src/domain/ports/audit.ts';
import { backfill } from '../../../src/jobs/collect/backfill.ts';
import { createAuditSearch } from '../../../src/microsoft365/audit/audit-search.ts';
import { aJobWorld } from '../../builders/jobs/job-context.ts';
import { aManualClock, type ManualClock } from '../../builders/manual-clock.ts';
import {
  type LocalService,
  type ReceivedRequest,
  type Reply,
  startLocalService,
} from '../../builders/servers/local-service.ts';
import { aGraph, signal } from './a-graph.ts';

const WINDOW = { from: Date.parse('2026-06-01T00:00:00Z'), to: Date.parse('2026-06-03T00:00:00Z') };
const PATH = '/v1.0/security/auditLog/queries';

let service: LocalService | null = null;
afterEach(async () => {
  await service?.close();
  service = null;
});

const record = (id: string) => ({
  id: `row-${id}`,
  auditLogRecordType: 'azureActiveDirectory',
  auditData: {
    '@odata.type': '#microsoft.graph.security.defaultAuditData',
    Id: id,
    CreationTime: '2026-06-02T08:00:00',
    Operation: 'Change user license.',
    UserId: 'ines@fabrikam.example',
  },
});

/** A search that ends with the last of these states; its records come on two pages. */
const aSearch =
  (states: object[]) =>
  ({ method, url }: ReceivedRequest, origin: string): Reply => {
    if (method === 'POST') return { status: 201, json: { id: 'q 1', status: 'notStarted' } };
    if (url.includes('/records?') && !url.includes('skiptoken')) {
      const next = `${origin}${PATH}/q%201/records?$skiptoken=2`;
      return { json: { value: [record('a')], '@odata.nextLink': next } };
    }
    if (url.includes('/records')) return { json: { value: [record('b'), 'no record'] } };
    return { json: { id: 'q 1', ...(states.length > 1 ? states.shift() : states[0]) } };
  };

async function searched(
  reply: (request: ReceivedRequest, origin: string) => Reply,
  clock: ManualClock = aManualClock(),
): Promise<SearchedPage[]> {
  service = await startLocalService(reply);
  const found: SearchedPage[] = [];
  const search = createAuditSearch(aGraph(service.origin, { clock }), { clock, random: () => 1 });
  for await (const page of search.search(WINDOW, signal)) found.push(page);
  return found;
}

describe('the Purview audit search', () => {
  it('is made for the window, waited for with growing pauses, and read page by page', async () => {
    const clock = aManualClock();
    const states = [{ status: 'notStarted' }, { status: 'Running' }, { status: 'succeeded' }];
    const found = await searched(aSearch(states), clock);
    expect(JSON.parse(service?.received[0]?.body ?? '')).toMatchObject({
      filterStartDateTime: '2026-06-01T00:00:00.000Z',
      filterEndDateTime: '2026-06-03T00:00:00.000Z',
      recordTypeFilters: ['azureActiveDirectory'],
    });
    expect(clock.pauses).toEqual([10_000, 20_000, 40_000]);
    const events = found.flatMap((page) => page.events);
    expect(events.map(({ event }) => event.id)).toEqual(['a', 'b', expect.stringMatching(/^unreadable:/)]);
    expect(events[0]?.event).toMatchObject({ source: 'auditSearch', operation: 'Change user license' });
    expect(JSON.parse(events[0]?.raw ?? '')).toEqual(record('a'));
    expect(found.every(({ truncated }) => !truncated)).toBe(true);
  });

  it('says that there is more than it gives out', async () => {
    const found = await searched(aSearch([{ status: 'succeeded', isRecordCountLimitExceeded: true }]));
    expect(found.every(({ truncated }) => truncated)).toBe(true);
  });

  it.each<[string, (request: ReceivedRequest, origin: string) => Reply, string]>([
    ['that failed', aSearch([{ status: 'failed' }]), 'refused'],
    ['that was cancelled', aSearch([{ status: 'cancelled' }]), 'refused'],
    ['that never ends', aSearch([{ status: 'running' }]), 'timeout'],
    [
      'in a tenant that does not audit',
      () => ({
        status: 400,
        json: {
          error: { code: 'x', message: '{"error":{"message":"Status: \\"AuditingDisabledTenant\\""}}' },
        },
      }),
      'auditing-off',
    ],
    ['without the permission', () => ({ status: 403, json: { error: { code: 'Forbidden' } } }), 'forbidden'],
    ['of another form', () => ({ status: 201, json: { name: 'x' } }), 'malformed'],
  ])('%s is reported', async (_, reply, code) => {
    await expect(searched(reply)).rejects.toMatchObject({ code });
  });
});

describe('a back-fill', () => {
  it('searches a week at a time, stores what is missing, and names what was truncated', async () => {
    const { context, store, clock } = await aJobWorld();
    service = await startLocalService(aSearch([{ status: 'succeeded', isRecordCountLimitExceeded: true }]));
    const search = createAuditSearch(aGraph(service.origin), { clock, random: () => 1 });
    const window = { from: WINDOW.from, to: WINDOW.from + 10 * DAY_MS };
    const result = await backfill(context, search, window, signal);
    expect(result).toEqual({
      added: 3,
      truncated: [
        { from: window.from, to: window.from + WEEK_MS },
        { from: window.from + WEEK_MS, to: window.to },
      ],
    });
    expect(await backfill(context, search, WINDOW, signal)).toMatchObject({ added: 0 });
    expect(await store.audit.coverage()).toEqual([]);
    await store.close();
  });
});
