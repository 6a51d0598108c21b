import { afterEach, describe, expect, it } from 'vitest';
import { createChannelHistory } from '../../../src/microsoft365/channel/channel-history.ts';
import { type LocalService, type Reply, startLocalService } from '../../builders/servers/local-service.ts';
import { aGraph, signal } from './a-graph.ts';

const GROUP = '5d1e7c1a-6a57-4b6e-8a7e-3a9f0c2d4b10';

describe('looking for a card in a channel', () => {
  let service: LocalService | null = null;
  afterEach(async () => {
    await service?.close();
    service = null;
  });

  const find = async (reply: (page: number, origin: string) => Reply) => {
    let page = 0;
    service = await startLocalService((_, origin) => reply(page++, origin));
    const log = { debug: () => undefined, warn: () => undefined };
    const history = createChannelHistory(aGraph(service.origin), log, signal);
    const found = await history.findMessage({
      groupId: GROUP,
      channelId: '19:c@thread.tacv2',
      key: 'incident:7:2',
    });
    return { found, requests: service.received.map((request) => request.url) };
  };
  const KEY = 'incident:7:2';
  const message = (id: string, card: object | string, more: object = {}) => ({
    id,
    attachments: [{ content: typeof card === 'string' ? card : JSON.stringify(card) }],
    ...more,
  });
  const marked = (key: string) => ({ body: [{ type: 'Container', id: `license-watch:${key}` }] });

  it.each<[string, object]>([
    ['any card, by its mark', marked(KEY)],
    ['a card of a former version, by its buttons', { actions: [{ data: { cardKey: KEY } }] }],
    ['a notice of a former version, by its fallback text', { fallbackText: `Reading fails (${KEY})` }],
  ])('finds %s', async (_name, card) => {
    const { found, requests } = await find(() => ({
      json: {
        value: [
          { id: '1' },
          message('2', marked(`${KEY}2`)),
          message('3', `no JSON with ${KEY}`),
          message('4', { body: [{ type: 'TextBlock', text: `Somebody quotes ${KEY}` }] }),
          message('5', card, { deletedDateTime: '2026-11-30T08:00:00Z' }),
          message('6', card),
        ],
      },
    }));
    expect(found).toEqual({ known: true, activityId: '6' });
    expect(requests[0]).toContain(`/teams/${GROUP}/channels/19:c@thread.tacv2/messages`);
  });

  it('knows that there is none after the newest pages', async () => {
    const { found, requests } = await find((page, origin) => ({
      json: {
        value: [],
        '@odata.nextLink': `${origin}/v1.0/teams/${GROUP}/messages?page=${page + 1}`,
      },
    }));
    expect(found).toEqual({ known: true, activityId: null });
    expect(requests.length).toBeLessThanOrEqual(5);
  });

  it('knows nothing where the team has not consented', async () => {
    const { found } = await find(() => ({
      status: 403,
      json: { error: { code: 'Forbidden', message: '' } },
    }));
    expect(found).toEqual({ known: false });
  });
});
