import { afterEach, describe, expect, it } from 'vitest';
import { createChannelHistory } from '../../../src/microsoft365/channel/channel-history.ts';
import { type LocalService, type Reply, startLocalService } from '../../builders/local-service.ts';
import { aGraph, signal } from './a-graph.ts';

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
      teamId: 't1',
      channelId: '19:c@thread.tacv2',
      key: 'incident:7:2',
    });
    return { found, requests: service.received.map((request) => request.url) };
  };
  const message = (id: string, data: object) => ({
    id,
    attachments: [{ content: JSON.stringify({ actions: [{ data }] }) }],
  });

  it('finds the message that carries the key', async () => {
    const { found, requests } = await find(() => ({
      json: {
        value: [{ id: '1' }, message('2', { key: 'incident:7:22' }), message('3', { key: 'incident:7:2' })],
      },
    }));
    expect(found).toEqual({ known: true, activityId: '3' });
    expect(requests[0]).toContain('/teams/t1/channels/19:c@thread.tacv2/messages');
  });

  it('knows that there is none after the newest pages', async () => {
    const { found, requests } = await find((page, origin) => ({
      json: { value: [], '@odata.nextLink': `${origin}/v1.0/teams/t1/messages?page=${page + 1}` },
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
