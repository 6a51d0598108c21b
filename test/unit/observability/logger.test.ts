import { describe, expect, it } from 'vitest';
import { componentLogger, createLogger } from '../../../src/observability/logger.ts';

const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl';

function capture(level = 'info') {
  const lines: string[] = [];
  const logger = createLogger({ level, to: { write: (line: string) => void lines.push(line) } });
  return { logger, lines, record: (): Record<string, unknown> => JSON.parse(lines.at(-1) ?? '{}') };
}

describe('a log line', () => {
  it('has the level as a word, an ISO time, the component and the data', () => {
    const { logger, record } = capture();
    componentLogger(logger, 'scan', { run: 7 }).info({ users: 5 }, 'Scan complete');
    expect(record()).toMatchObject({
      level: 'info',
      component: 'scan',
      run: 7,
      users: 5,
      msg: 'Scan complete',
    });
    expect(record().time).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  });

  it('is not written below the level', () => {
    const { logger, lines } = capture('warn');
    logger.info({}, 'Not this');
    logger.warn({}, 'But this');
    expect(lines).toHaveLength(1);
  });

  it.each<[string, object]>([
    ['a header', { headers: { Authorization: `Bearer ${TOKEN}` } }],
    ['a deep field', { a: { b: { c: [{ clientSecret: TOKEN }] } } }],
    ['a snake-case field', { access_token: TOKEN }],
    ['a text', { url: `https://x/?t=${TOKEN}` }],
    ['an error message', { err: new Error(`refused: Bearer ${TOKEN}`) }],
    ['a cause', { err: new Error('refused', { cause: new Error(TOKEN) }) }],
    [
      'a field of an error',
      { err: Object.assign(new Error('refused'), { config: { headers: { x: TOKEN } } }) },
    ],
    ['an error under another name', { reason: new Error(TOKEN) }],
    ['an address of a database', { text: `postgres://watch:${TOKEN}@db/watch` }],
  ])('hides a secret in %s', (_where, data) => {
    const { logger, lines } = capture();
    logger.error(data, 'Something failed');
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain(TOKEN);
    expect(lines[0]).toContain('Something failed');
  });

  it('hides a secret bound to a component', () => {
    const { logger, lines } = capture();
    componentLogger(logger, 'scan', { password: TOKEN }).info({}, 'Hello');
    expect(lines[0]).not.toContain(TOKEN);
  });

  it('keeps what is not secret', () => {
    const { logger, record } = capture();
    logger.info({ userId: 'u1', list: [1, 'two', null], tokensUsed: 12, at: new Date(0) }, 'Kept');
    expect(record()).toMatchObject({ userId: 'u1', list: [1, 'two', null], tokensUsed: 12 });
    expect(record().at).toBe('1970-01-01T00:00:00.000Z');
  });

  it('tells an error with its code and cause', () => {
    const { logger, record } = capture();
    const err = Object.assign(new Error('no', { cause: new Error('why') }), { code: 'forbidden' });
    logger.error({ err }, 'Read failed');
    expect(record().err).toMatchObject({
      type: 'Error',
      code: 'forbidden',
      message: 'no',
      cause: { message: 'why' },
    });
  });

  it('survives data without end', () => {
    const { logger, lines } = capture();
    const loop: Record<string, unknown> = { name: 'loop' };
    loop.self = loop;
    logger.info({ loop, big: 10n }, 'Round');
    expect(lines[0]).toContain('[cut]');
  });
});
