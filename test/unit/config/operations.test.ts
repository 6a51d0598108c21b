import { describe, expect, it } from 'vitest';
import { readHttp } from '../../../src/config/bot.ts';
import { Settings } from '../../../src/config/settings.ts';

const read = (env: Record<string, string>) => {
  const settings = new Settings(env);
  return { http: readHttp(settings), problems: settings.problems };
};

describe('where the metrics are', () => {
  it('is a port of their own, on this machine unless said', () => {
    expect(read({ OPERATIONS_PORT: '9464' }).http.operations).toEqual({ host: '127.0.0.1', port: 9464 });
    const everywhere = read({ OPERATIONS_PORT: '9464', OPERATIONS_HOST: '0.0.0.0' });
    expect(everywhere.http.operations?.host).toBe('0.0.0.0');
    expect(everywhere.problems).toEqual([]);
  });

  it.each([
    [{ OPERATIONS_PORT: '3978' }, /^Set OPERATIONS_PORT to another port than PORT/],
    [{ OPERATIONS_PORT: '8080', PORT: '8080' }, /^Set OPERATIONS_PORT to another port than PORT/],
    [{ OPERATIONS_PORT: 'nine' }, /^Set OPERATIONS_PORT to a whole number/],
    [{ OPERATIONS_HOST: '0.0.0.0' }, /^Set OPERATIONS_PORT too/],
    [{ OPERATIONS_TOKEN: 'short' }, /^Set OPERATIONS_TOKEN to a secret of at least 16 characters\.$/],
    [{ TURNS_PER_MINUTE: '0' }, /^Set TURNS_PER_MINUTE to a whole number/],
  ])('%j is refused in a sentence', (env, sentence) => {
    expect(read(env as Record<string, string>).problems).toEqual([expect.stringMatching(sentence)]);
  });
});
