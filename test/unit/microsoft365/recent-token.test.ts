import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../src/domain/durations.ts';
import { recentTokens } from '../../../src/microsoft365/sign-in/recent-token.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

const { signal } = new AbortController();

describe('a recent token', () => {
  const setUp = () => {
    const clock = new FakeClock();
    const asked: string[] = [];
    const token = recentTokens(async (scope, _signal, fresh) => {
      asked.push(`${scope}${fresh ? ' fresh' : ''}`);
      return `token ${asked.length}`;
    }, clock);
    return { clock, asked, token };
  };

  it('is given again for a minute, for its own scope', async () => {
    const { clock, asked, token } = setUp();
    expect(await token('graph', signal)).toBe('token 1');
    expect(await token('graph', signal)).toBe('token 1');
    expect(await token('activity', signal)).toBe('token 2');
    clock.advance(MINUTE_MS);
    expect(await token('graph', signal)).toBe('token 3');
    expect(asked).toEqual(['graph', 'activity', 'graph']);
  });

  it('is replaced when the service has refused it', async () => {
    const { asked, token } = setUp();
    await token('graph', signal);
    expect(await token('graph', signal, true)).toBe('token 2');
    expect(await token('graph', signal)).toBe('token 2');
    expect(asked).toEqual(['graph', 'graph fresh']);
  });

  it('is not kept where there was none', async () => {
    let failing = true;
    const token = recentTokens(async () => {
      if (failing) throw new Error('no answer');
      return 'token';
    }, new FakeClock());
    await expect(token('graph', signal)).rejects.toThrow('no answer');
    failing = false;
    expect(await token('graph', signal)).toBe('token');
  });
});
