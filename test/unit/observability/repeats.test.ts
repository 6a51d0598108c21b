import { describe, expect, it } from 'vitest';
import { componentLogger, createLogger } from '../../../src/observability/logger.ts';

const MINUTE_MS = 60_000;

function aLog() {
  let now = Date.UTC(2026, 10, 2);
  const lines: Record<string, unknown>[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>);
  const log = createLogger({ level: 'info', to: { write }, now: () => now });
  return {
    log,
    lines,
    pass: (ms: number): void => {
      now += ms;
    },
  };
}

describe('a warning that repeats', () => {
  it('a thousand times is three lines, and one with how many more', () => {
    const { log, lines, pass } = aLog();
    for (let n = 0; n < 1_000; n++)
      log.warn({ what: 'list the users', code: 'timeout', attempt: n }, 'request failed');
    expect(lines).toHaveLength(3);
    pass(10 * MINUTE_MS);
    log.warn({ job: 'scan' }, 'another');
    expect(lines.slice(3)).toMatchObject([
      { msg: 'request failed', repeated: 997, what: 'list the users' },
      { msg: 'another' },
    ]);
  });

  it('is written as it comes again once ten minutes are over', () => {
    const { log, lines, pass } = aLog();
    for (let n = 0; n < 10; n++) log.error({}, 'broken');
    pass(10 * MINUTE_MS + 1);
    log.error({}, 'broken');
    expect(lines.map(({ repeated }) => repeated)).toEqual([undefined, undefined, undefined, 7, undefined]);
  });

  it('says its count when the process ends', () => {
    const { log, lines } = aLog();
    for (let n = 0; n < 5; n++) log.warn({}, 'broken');
    log.flush();
    expect(lines.at(-1)).toMatchObject({ msg: 'broken', level: 'warn', repeated: 2 });
  });

  it('counts also where the clock was set back', () => {
    const { log, lines, pass } = aLog();
    for (let n = 0; n < 5; n++) log.warn({}, 'broken');
    pass(-60 * MINUTE_MS);
    log.warn({}, 'broken');
    expect(lines).toHaveLength(5);
  });

  it.each<[string, object, object]>([
    ['job', { job: 'scan' }, { job: 'collect' }],
    ['code', { code: 'timeout' }, { code: 'unreachable' }],
    ['permission', { permission: 'User.Read.All' }, { permission: 'Group.Read.All' }],
    ['error', { err: new TypeError('a') }, { err: new RangeError('a') }],
  ])('is another one by its %s', (_, one, other) => {
    const { log, lines } = aLog();
    for (let n = 0; n < 3; n++) log.warn(one, 'broken');
    log.warn(other, 'broken');
    expect(lines).toHaveLength(4);
  });

  it('is another one by the component that wrote it', () => {
    const { log, lines } = aLog();
    for (const component of ['jobs', 'teams']) {
      for (let n = 0; n < 4; n++) componentLogger(log, component).warn({}, 'broken');
    }
    expect(lines.map(({ component }) => component)).toEqual([
      'jobs',
      'jobs',
      'jobs',
      'teams',
      'teams',
      'teams',
    ]);
  });

  it('hides secrets also in the line with the count', () => {
    const { log, lines } = aLog();
    for (let n = 0; n < 5; n++) log.warn({ token: 'of nobody' }, 'broken');
    log.flush();
    expect(JSON.stringify(lines)).not.toContain('of nobody');
  });

  it('of more kinds than are counted at a time loses none', () => {
    const { log, lines } = aLog();
    for (let n = 0; n < 5; n++) log.warn({ code: 'first' }, 'broken');
    for (let n = 0; n < 300; n++) log.warn({ code: n }, 'broken');
    expect(lines.find(({ repeated }) => repeated === 2)).toMatchObject({ code: 'first' });
  });
});

it('what is no warning is written each time', () => {
  const { log, lines } = aLog();
  for (let n = 0; n < 50; n++) log.info({}, 'job finished');
  expect(lines).toHaveLength(50);
});
