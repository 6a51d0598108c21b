import { describe, expect, it } from 'vitest';
import { countedExchange } from '../../../src/microsoft365/http/counted-exchange.ts';
import { ExchangeError, type HttpRequest } from '../../../src/microsoft365/http/exchange.ts';

const request = (signal = new AbortController().signal): HttpRequest => ({
  method: 'GET',
  url: new URL('https://graph.example/v1.0/users'),
  headers: {},
  body: null,
  timeoutMs: 1_000,
  maxBodyBytes: 1_000,
  signal,
});

describe('counting answers', () => {
  it.each([200, 429, 503])('tells of a %i', async (status) => {
    const told: unknown[] = [];
    const exchange = countedExchange(
      async () => ({ status, headers: {}, text: '' }),
      'graph',
      (...answer) => told.push(answer),
    );
    expect((await exchange(request())).status).toBe(status);
    expect(told).toEqual([['graph', status]]);
  });

  it.each([
    { name: 'an answer that never came', aborted: false, want: [['graph', null]] },
    { name: 'nothing that we cancelled ourselves', aborted: true, want: [] },
  ])('tells of $name, and passes the failure on', async ({ aborted, want }) => {
    const told: unknown[] = [];
    const fail = async () => {
      throw new ExchangeError('unreachable', 'The connection failed.');
    };
    const exchange = countedExchange(fail, 'graph', (...answer) => told.push(answer));
    const signal = aborted ? AbortSignal.abort() : new AbortController().signal;
    await expect(exchange(request(signal))).rejects.toMatchObject({ code: 'unreachable' });
    expect(told).toEqual(want);
  });
});
