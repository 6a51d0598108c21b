import { afterEach, describe, expect, it } from 'vitest';
import type { ArchivedEvent } from '../../../src/domain/audit/event.ts';
import type { AuditReader } from '../../../src/domain/ports.ts';
import { createActivityFeed } from '../../../src/microsoft365/audit/activity-feed.ts';
import { createActivityReader } from '../../../src/microsoft365/audit/activity-reader.ts';
import { explainActivityRefusal } from '../../../src/microsoft365/audit/activity-refusals.ts';
import { contentWindows } from '../../../src/microsoft365/audit/content-windows.ts';
import { createDirectoryAuditReader } from '../../../src/microsoft365/audit/directory-audit-reader.ts';
import { createPace } from '../../../src/microsoft365/http/pace.ts';
import {
  type LocalService,
  type ReceivedRequest,
  type Reply,
  startLocalService,
} from '../../builders/local-service.ts';
import { aManualClock } from '../../builders/manual-clock.ts';
import { aDoor, aGraph, signal } from './a-graph.ts';

const HOUR = 3_600_000;
const TENANT = '8f0c4b0e-5a77-4b7e-9a63-1d8c7b1f2a10';
const now = Date.parse('2026-11-23T09:00:00Z');
const lastHours = (hours: number) => ({ from: now - hours * HOUR, to: now });

let service: LocalService | null = null;
afterEach(async () => {
  await service?.close();
  service = null;
});

const eventsOf = async (
  reader: AuditReader,
  window: { from: number; to: number },
): Promise<ArchivedEvent[]> => {
  const events: ArchivedEvent[] = [];
  for await (const page of reader.read(window, signal)) events.push(...page);
  return events;
};

describe('the directory audit reader', () => {
  const record = (id: string, at: string) => ({
    id,
    activityDateTime: at,
    activityDisplayName: 'Change user license',
  });

  it('reads a half-open window over all of its pages', async () => {
    service = await startLocalService((request, origin) =>
      request.url.includes('skiptoken')
        ? { json: { value: [record('c', '2026-11-23T09:00:00Z')] } }
        : {
            json: {
              value: [record('a', '2026-11-23T08:30:00Z'), record('b', '2026-11-23T08:59:59Z')],
              '@odata.nextLink': `${origin}/v1.0/auditLogs/directoryAudits?$skiptoken=1`,
            },
          },
    );
    const events = await eventsOf(createDirectoryAuditReader(aGraph(service.origin)), lastHours(1));
    expect(events.map(({ event }) => event.id)).toEqual(['a', 'b']);
    expect(service.received[0]?.url).toContain(
      '$filter=activityDateTime ge 2026-11-23T08:00:00.000Z and activityDateTime le 2026-11-23T09:00:00.000Z',
    );
  });

  it('keeps a record that it cannot read, with the reason and an id that stays the same', async () => {
    service = await startLocalService(() => ({ json: { value: ['not a record'] } }));
    const reader = createDirectoryAuditReader(aGraph(service.origin));
    const [first] = await eventsOf(reader, lastHours(1));
    const [again] = await eventsOf(reader, lastHours(1));
    expect(first).toMatchObject({
      raw: '"not a record"',
      event: { operation: 'Unreadable record', resultReason: expect.stringContaining('.'), at: now - HOUR },
    });
    expect(again?.event.id).toBe(first?.event.id);
  });

  it('keeps to five requests in ten seconds', async () => {
    let page = 0;
    service = await startLocalService((_, origin) => {
      page += 1;
      return {
        json: { value: [], ...(page < 7 ? { '@odata.nextLink': `${origin}/v1.0/x?p=${page}` } : {}) },
      };
    });
    const clock = aManualClock(now);
    const graph = aGraph(service.origin, { clock, pace: createPace(5, 10_000, clock) });
    await eventsOf(createDirectoryAuditReader(graph), lastHours(1));
    expect(clock.pauses).toEqual([10_000]);
  });
});

describe('the windows of a content listing', () => {
  it.each([
    ['one for up to a day', lastHours(24), [['2026-11-22T09:00:00', '2026-11-23T09:00:00']]],
    [
      'one a day',
      lastHours(30),
      [
        ['2026-11-22T03:00:00', '2026-11-23T03:00:00'],
        ['2026-11-23T03:00:00', '2026-11-23T09:00:00'],
      ],
    ],
    ['none for an empty window', { from: now, to: now }, []],
  ])('are %s', (_, window, expected) => {
    expect(contentWindows(window, now).map(({ startTime, endTime }) => [startTime, endTime])).toEqual(
      expected,
    );
  });

  it('reach no further back than seven days', () => {
    const windows = contentWindows(lastHours(24 * 30), now);
    expect(windows).toHaveLength(7);
    expect(windows[0]?.startTime).toBe('2026-11-16T09:05:00');
  });
});

describe('the Management Activity reader', () => {
  const afError = (status: number, code: string, message = ''): Reply => ({
    status,
    json: { error: { code, message } },
  });
  const content = (uri: string) => ({
    contentUri: uri,
    contentId: 'x',
    contentCreated: '2026-11-23T08:10:00',
  });
  const record = (Id: string) => ({
    Id,
    Operation: 'Change user license.',
    CreationTime: '2026-11-20T08:00:00',
  });

  const readerOf = async (reply: (request: ReceivedRequest, origin: string) => Reply) => {
    service = await startLocalService(reply);
    const door = aDoor(service.origin, { explain: explainActivityRefusal });
    const reader = createActivityReader(createActivityFeed(door, TENANT), aManualClock(now));
    return { reader, received: service.received };
  };

  it.each(['NextPageUri', 'NextPageUrl', 'nextpageuri'])(
    'reads the blobs of every page named by %s',
    async (header) => {
      const { reader, received } = await readerOf((request, origin) => {
        if (request.url.includes('/start')) return afError(400, 'AF20024');
        if (request.url.includes('nextPage=1')) return { json: [content(`${origin}/blobs/2$x`)] };
        if (request.url.includes('/content?')) {
          const next = `${origin}/api/v1.0/${TENANT}/activity/feed/subscriptions/content?nextPage=1`;
          return { json: [content(`${origin}/blobs/1$x`)], headers: { [header]: next } };
        }
        return { json: [record(request.url.includes('/1$') ? 'first' : 'second')] };
      });
      const events = await eventsOf(reader, lastHours(2));
      expect(events.map(({ event }) => [event.id, event.at])).toEqual([
        ['first', Date.parse('2026-11-20T08:00:00Z')],
        ['second', Date.parse('2026-11-20T08:00:00Z')],
      ]);
      expect(received.every((request) => request.url.includes(`PublisherIdentifier=${TENANT}`))).toBe(true);
      expect(received[0]).toMatchObject({ method: 'POST' });
      expect(received[1]?.url).toContain('startTime=2026-11-23T07:00:00&endTime=2026-11-23T09:00:00&');
    },
  );

  it('starts a content type again when the service says that it is closed', async () => {
    let starts = 0;
    const { reader } = await readerOf((request) => {
      if (!request.url.includes('/start')) return starts === 1 ? afError(400, 'AF20022') : { json: [] };
      starts += 1;
      return { json: { status: 'enabled' } };
    });
    await eventsOf(reader, lastHours(2));
    await eventsOf(reader, lastHours(2));
    expect(starts).toBe(2);
  });

  it('leaves out a blob that has expired since it was listed', async () => {
    const { reader } = await readerOf((request, origin) => {
      if (request.url.includes('/start')) return { json: {} };
      if (request.url.includes('/content?'))
        return { json: [content(`${origin}/old`), content(`${origin}/new`)] };
      return request.url.startsWith('/old') ? afError(400, 'AF20051') : { json: [record('kept')] };
    });
    expect((await eventsOf(reader, lastHours(2))).map(({ event }) => event.id)).toEqual(['kept']);
  });

  it.each<[string, Reply, string]>([
    ['AF20011', afError(400, 'AF20011', 'Tenant x does not exist.'), 'auditing-off'],
    [
      'the text alone',
      afError(
        500,
        'AF50000',
        `Microsoft.Office.Compliance.Audit.DataServiceException: Tenant ${TENANT} does not exist.`,
      ),
      'auditing-off',
    ],
    [
      'AF10001',
      afError(
        401,
        'AF10001',
        'The permission set () sent in the request does not include ActivityFeed.Read.',
      ),
      'forbidden',
    ],
    ['AF20010', afError(400, 'AF20010', 'Wrong tenant.'), 'refused'],
  ])('reports %s', async (_, reply, code) => {
    const { reader } = await readerOf(() => reply);
    await expect(eventsOf(reader, lastHours(2))).rejects.toMatchObject({ code });
  });

  it('does not follow a content link to another host', async () => {
    const { reader } = await readerOf((request) =>
      request.url.includes('/start') ? { json: {} } : { json: [content('http://127.0.0.1:9/blob')] },
    );
    await expect(eventsOf(reader, lastHours(2))).rejects.toMatchObject({ code: 'cross-origin' });
  });
});
