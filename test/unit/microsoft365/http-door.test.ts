import { afterEach, describe, expect, it } from 'vitest';
import { OPERATIONS } from '../../../src/microsoft365/operations.ts';
import { aManualClock } from '../../builders/manual-clock.ts';
import { type LocalService, type Reply, startLocalService } from '../../builders/servers/local-service.ts';
import { aDoor, signal } from './a-graph.ts';

const operation = OPERATIONS.listUsers;

describe('the door to a service', () => {
  let service: LocalService | null = null;
  afterEach(async () => {
    await service?.close();
    service = null;
  });

  const serve = async (...replies: Reply[]): Promise<LocalService> => {
    let sent = 0;
    service = await startLocalService(() => replies[Math.min(sent++, replies.length - 1)] ?? {});
    return service;
  };
  const get = (origin: string) =>
    ({ method: 'GET', url: `${origin}/v1.0/users`, operation, signal }) as const;

  it('sends a token and one correlation id for all attempts', async () => {
    const { origin, received } = await serve({ status: 503 }, { json: {} });
    await aDoor(origin).send(get(origin));
    const ids = received.map((request) => request.headers['client-request-id']);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    expect(received[0]?.headers.authorization).toBe('Bearer secret-token');
  });

  it.each([
    ['whole seconds', '7', 7_000],
    ['decimal seconds', '2.128', 2_128],
    ['a date', 'Mon, 23 Nov 2026 09:00:30 GMT', 30_000],
  ])('waits as long as Retry-After asks in %s', async (_, header, ms) => {
    const { origin } = await serve({ status: 429, headers: { 'retry-after': header } }, { json: {} });
    const clock = aManualClock();
    await aDoor(origin, { clock, random: () => 0 }).send(get(origin));
    expect(clock.pauses).toEqual([ms]);
  });

  it('takes a 403 with code AF429 for throttling', async () => {
    const busy = { status: 403, json: { error: { code: 'AF429', message: 'Too many requests.' } } };
    const { origin, received } = await serve(busy, { json: {} });
    expect((await aDoor(origin).send(get(origin))).status).toBe(200);
    expect(received).toHaveLength(2);
  });

  it('asks for a fresh token once when the service refuses the one it has', async () => {
    const { origin, received } = await serve({ status: 401 }, { json: {} });
    const fresh: boolean[] = [];
    const token = async (_scope: string, _signal: AbortSignal, isFresh = false): Promise<string> => {
      fresh.push(isFresh);
      return isFresh ? 'new' : 'old';
    };
    await aDoor(origin, { token }).send(get(origin));
    expect(fresh).toEqual([false, true]);
    expect(received.at(-1)?.headers.authorization).toBe('Bearer new');
  });

  it('reads compressed answers, and refuses one that grows beyond the limit', async () => {
    const { origin } = await serve(
      { text: 'ä'.repeat(1_000), gzip: true },
      { text: ' '.repeat(2_000_000), gzip: true },
    );
    const client = aDoor(origin);
    expect((await client.send(get(origin))).text).toBe('ä'.repeat(1_000));
    await expect(client.send(get(origin))).rejects.toMatchObject({ code: 'malformed' });
  });

  it('never sends its token to another host', async () => {
    const { origin, received } = await serve({ json: {} });
    const other = { ...get('http://127.0.0.1:9') };
    await expect(aDoor(origin).send(other)).rejects.toMatchObject({ code: 'cross-origin' });
    await expect(aDoor(origin).send({ ...other, url: `${origin}@127.0.0.1:9/` })).rejects.toMatchObject({
      code: 'cross-origin',
    });
    expect(received).toHaveLength(0);
  });

  it('stops at once when it is cancelled', async () => {
    const { origin } = await serve('silent');
    const stop = new AbortController();
    const sent = aDoor(origin).send({ ...get(origin), signal: stop.signal });
    stop.abort();
    await expect(sent).rejects.toMatchObject({ code: 'cancelled' });
  });
});
