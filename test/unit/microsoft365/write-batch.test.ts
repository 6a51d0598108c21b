import { afterEach, describe, expect, it } from 'vitest';
import { type InnerWrite, sendWrites } from '../../../src/microsoft365/graph/write-batch.ts';
import { OPERATIONS } from '../../../src/microsoft365/operations.ts';
import { aManualClock } from '../../builders/manual-clock.ts';
import { type LocalService, type Reply, startLocalService } from '../../builders/servers/local-service.ts';
import { aGraph, signal } from './a-graph.ts';

const WRITES: InnerWrite[] = [
  { method: 'POST', url: '/users/a/assignLicense', body: { addLicenses: [] } },
  { method: 'DELETE', url: '/groups/g/members/b/$ref' },
];

describe('sending writes in a batch', () => {
  let service: LocalService | null = null;
  const clock = aManualClock();
  afterEach(async () => {
    await service?.close();
    service = null;
  });

  const send = async (reply: Reply | ((times: number) => Reply)) => {
    let times = 0;
    service = await startLocalService(() => (typeof reply === 'function' ? reply(++times) : reply));
    const graph = aGraph(service.origin, { clock });
    return sendWrites(graph, WRITES, OPERATIONS.writeBatch, signal);
  };
  const sent = () => service?.received ?? [];

  it('gives each body its type, and none to a write without a body', async () => {
    await send({ json: { responses: [] } });
    expect(sent()).toMatchObject([{ method: 'POST', url: '/v1.0/$batch' }]);
    expect(JSON.parse(sent()[0]?.body ?? '')).toEqual({
      requests: [
        {
          id: '1',
          method: 'POST',
          url: '/users/a/assignLicense',
          headers: { 'Content-Type': 'application/json' },
          body: { addLicenses: [] },
        },
        { id: '2', method: 'DELETE', url: '/groups/g/members/b/$ref' },
      ],
    });
  });

  it('matches answers by their id, whatever their order, and reads their headers in any case', async () => {
    const answers = await send({
      json: {
        responses: [
          { id: '2', status: 429, headers: { 'Retry-After': '3' }, body: { error: {} } },
          { id: '1', status: 200, body: {} },
          { id: '9', status: 500 },
        ],
      },
    });
    expect(answers.map((answer) => answer?.status)).toEqual([200, 429]);
    expect(answers[1]?.headers['retry-after']).toBe('3');
  });

  it('says which answer is missing', async () => {
    const answers = await send({ json: { responses: [{ id: '2', status: 204 }] } });
    expect(answers.map((answer) => answer?.status ?? null)).toEqual([null, 204]);
  });

  it.each([400, 403, 429, 500, 503, 504])(
    'hands a whole answer of %i to each, and asks once',
    async (status) => {
      const answers = await send({ status, headers: { 'retry-after': '1' }, json: { error: { code: 'X' } } });
      expect(answers.map((answer) => answer?.status)).toEqual([status, status]);
      expect(sent()).toHaveLength(1);
    },
  );

  it.each<[string, Reply, string]>([
    ['an answer that is cut', 'cut', 'unreachable'],
    ['an answer that is not JSON', { text: '{"responses":' }, 'malformed'],
    ['an answer of another form', { json: { value: [] } }, 'malformed'],
  ])('fails without a second try after %s', async (_what, reply, code) => {
    await expect(send(reply)).rejects.toMatchObject({ name: 'TenantReadError', code });
    expect(sent()).toHaveLength(1);
  });

  it('asks once more with a new token after a 401, because nothing was let in', async () => {
    const answers = await send((times) => (times === 1 ? { status: 401 } : { json: { responses: [] } }));
    expect(answers).toEqual([null, null]);
    expect(sent()).toHaveLength(2);
    expect(clock.pauses).toEqual([]);
  });
});
