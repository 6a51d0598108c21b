import { afterEach, describe, expect, it } from 'vitest';
import type { ArchivedEvent } from '../../../src/domain/audit/event.ts';
import { HOUR_MS } from '../../../src/domain/durations.ts';
import type { AuditPage, AuditReader, StoredContents } from '../../../src/domain/ports/audit.ts';
import { createActivityFeed } from '../../../src/microsoft365/audit/activity-feed.ts';
import { createActivityReader } from '../../../src/microsoft365/audit/activity-reader.ts';
import { explainActivityRefusal } from '../../../src/microsoft365/audit/activity-refusals.ts';
import { contentWindows } from '../../../src/microsoft365/audit/content-windows.ts';
import { createDirectoryAuditReader } from '../../../src/microsoft365/audit/directory-audit-reader.ts';
import { createPace } from '../../../src/microsoft365/http/pace.ts';
import { aManualClock } from '../../builders/manual-clock.ts';
import {
  type LocalService,
  type ReceivedRequest,
  type Reply,
  startLocalService,
} from '../../builders/servers/local-service.ts';
import { aDoor, aGraph, signal } from './a-graph.ts';

const TENANT = '8f0c4b0e-5a77-4b7e-9a63-1d8c7b1f2a10';
const now = Date.parse('2026-11-23T09:00:00Z');
const lastHours = (hours: number) => ({ from: now - hours * HOUR_MS, to: now });

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
  for (const page of await pagesOf(reader, window)) events.push(...page.events);
  return events;
};

const nothingStored = async (): Promise<Set<string>> => new Set();

const pagesOf = async (
  reader: AuditReader,
  window: { from: number; to: number },
  stored: StoredContents = nothingStored,
): Promise<AuditPage[]> => {
  await reader.open(signal);
  const pages: AuditPage[] = [];
  for await (const page of reader.read(window, stored, signal)) pages.push(page);
  return pages;
};

describe('the directory audit reader', () => {
  const record = (id: string, at: string) => ({
    id,
    activityDateTime: at,
    activityDisplayName: 'Change user license',
  });

  it('reads a window over all of its pages, and drops nothing that it was given', async () => {
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
    expect(events.map(({ event }) => event.id)).toEqual(['a', 'b', 'c']);
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
      event: { operation: 'Unreadable record', resultReason: expect.stringContaining('.'), at: now },
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
    const client = aDoor(service.origin, { explain: explainActivityRefusal });
    const reader = createActivityReader(
      createActivityFeed(client, TENANT),
      aManualClock(now),
      'Audit.AzureActiveDirectory',
    );
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

  it('says that a content type is closed, and since when it is open again', async () => {
    let starts = 0;
    const { reader } = await readerOf((request) => {
      if (!request.url.includes('/start')) return starts === 1 ? afError(400, 'AF20022') : { json: [] };
      starts += 1;
      return { json: { status: 'enabled' } };
    });
    await expect(pagesOf(reader, lastHours(2))).rejects.toMatchObject({ code: 'closed' });
    expect(await reader.open(signal)).toBe(now);
    expect(await reader.open(signal)).toBeNull();
    expect(await pagesOf(reader, lastHours(2))).toEqual([]);
    expect(starts).toBe(2);
  });

  it('takes a content type that was open before as open all along', async () => {
    const { reader } = await readerOf(() => afError(400, 'AF20024'));
    expect(await reader.open(signal)).toBeNull();
  });

  it('fetches no content that is stored already', async () => {
    const { reader, received } = await readerOf((request, origin) => {
      if (request.url.includes('/start')) return { json: {} };
      if (request.url.includes('/content?'))
        return { json: [content(`${origin}/blob/a`), content(`${origin}/blob/b`)] };
      return { json: [record(request.url.slice(6, 7))] };
    });
    const pages = await pagesOf(reader, lastHours(2), async ([first]) => new Set([first ?? '']));
    expect(pages.flatMap(({ events }) => events).map(({ event }) => event.id)).toEqual(['b']);
    expect(pages.flatMap(({ contents }) => contents)).toEqual([expect.stringMatching(/\/b$/)]);
    expect(received.filter(({ url }) => url.startsWith('/blob/a'))).toEqual([]);
  });

  it.each<[string, Reply, unknown]>([
    ['is cut', { text: '[{"Id":"1"' }, '[{"Id":"1"'],
    ['is no list', { json: { Id: '1' } }, '{"Id":"1"}'],
    ['is a page of HTML', { text: '<html>busy</html>' }, '<html>busy</html>'],
  ])('keeps a blob that %s as it came, reports it, and reads the others', async (_, reply, kept) => {
    const { reader } = await readerOf((request, origin) => {
      if (request.url.includes('/start')) return { json: {} };
      if (request.url.includes('/content?'))
        return { json: [content(`${origin}/bad`), content(`${origin}/good`)] };
      return request.url.startsWith('/bad') ? reply : { json: [record('kept')] };
    });
    const [page] = await pagesOf(reader, lastHours(2));
    expect(page?.unreadable).toEqual([expect.stringMatching(/^A blob is/)]);
    expect(page?.contents).toEqual([expect.stringMatching(/good$/)]);
    expect(page?.events.map(({ flaw }) => flaw)).toEqual(['unreadable content', null]);
    expect(JSON.parse(page?.events[0]?.raw ?? 'null')).toBe(kept);
  });

  it('asks for a content type that the tenant does not permit once a day', async () => {
    service = await startLocalService(() => afError(401, 'AF10001'));
    const client = aDoor(service.origin, { explain: explainActivityRefusal });
    const clock = aManualClock(now);
    const reader = createActivityReader(createActivityFeed(client, TENANT), clock, 'DLP.All', true);
    const refused = () => expect(reader.open(signal)).rejects.toMatchObject({ code: 'forbidden' });
    await refused();
    const asked = service.received.length;
    await refused();
    expect(service.received).toHaveLength(asked);
    await clock.sleep(25 * HOUR_MS);
    await refused();
    expect(service.received.length).toBeGreaterThan(asked);
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

  it('reads what was recorded before auditing was switched off, also after a restart, and then says so', async () => {
    const { reader } = await readerOf((request, origin) => {
      if (request.url.includes('/start')) return afError(400, 'AF20011', 'Tenant x does not exist.');
      if (request.url.includes('/content')) return { json: [content(`${origin}/blob`)] };
      return { json: [record('the way in')] };
    });
    await reader.open(signal);
    const came: string[] = [];
    const reading = async (): Promise<void> => {
      for await (const page of reader.read(lastHours(2), nothingStored, signal))
        came.push(...page.events.map(({ event }) => event.id));
    };
    await expect(reading()).rejects.toMatchObject({ code: 'auditing-off' });
    expect(came).toEqual(['the way in']);
  });

  it('does not follow a content link to another host, and says so', async () => {
    const { reader } = await readerOf((request) =>
      request.url.includes('/start') ? { json: {} } : { json: [content('http://127.0.0.1:9/blob')] },
    );
    const [page] = await pagesOf(reader, lastHours(2));
    expect(page).toEqual({
      events: [],
      contents: [],
      unreadable: [expect.stringContaining('not followed')],
    });
  });

  it('does not follow a page link to another host', async () => {
    const { reader } = await readerOf((request) =>
      request.url.includes('/start')
        ? { json: {} }
        : { json: [], headers: { NextPageUri: 'http://127.0.0.1:9/api/v1.0/content' } },
    );
    await expect(eventsOf(reader, lastHours(2))).rejects.toMatchObject({ code: 'cross-origin' });
  });
});
