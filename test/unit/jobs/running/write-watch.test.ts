import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  afterLook,
  createWriteWatch,
  WRITABLE,
  type WriteState,
} from '../../../../src/jobs/running/write-watch.ts';
import { aChannel, aJobWorld, type JobWorld } from '../../../builders/jobs/job-context.ts';

describe('a look at the database', () => {
  const failed = (failures: number, alerted = false): WriteState => ({ failures, since: 10, alerted });
  it.each<[string, WriteState, string | null, string | null]>([
    ['that takes writes says nothing', WRITABLE, null, null],
    ['that fails once says nothing', WRITABLE, 'full', null],
    ['that fails twice says nothing', failed(1), 'full', null],
    ['that fails three times in a row alerts', failed(2), 'full', 'cannot write'],
    ['alerts again when the notice was not posted', failed(7), 'full', 'cannot write'],
    ['that was alerted says nothing more', failed(3, true), 'full', null],
    ['that works again says so where it was alerted', failed(9, true), null, 'works again'],
    ['that works again says nothing where nobody was alerted', failed(2), null, null],
  ])('%s', (_, state, problem, say) => {
    expect(afterLook(state, problem, 20).say).toBe(say);
  });

  it('keeps since when it fails', () => {
    const first = afterLook(WRITABLE, 'full', 20).state;
    expect(afterLook(first, 'full', 30).state).toMatchObject({ since: 20, failures: 2 });
  });
});

describe('the watch on the database', () => {
  let world: JobWorld;
  beforeEach(async () => {
    world = await aJobWorld();
    await world.store.conversations.upsert(aChannel());
  });
  afterEach(() => world.store.close());

  function watchOf(problems: (string | null)[], ledLast = true) {
    const store = { ...world.store, writeProblem: async () => problems.shift() ?? null };
    const watch = createWriteWatch({ ...world.context, store }, () => ledLast);
    return async (times: number) => {
      for (let look = 0; look < times; look++) await watch.look();
      return world.notifier.posts.map(({ message }) => ('title' in message ? message.title : ''));
    };
  }

  it('posts one notice directly, and one when it works again', async () => {
    const look = watchOf(['full', 'full', 'full', 'full', 'full']);
    expect(await look(2)).toEqual([]);
    expect(await look(3)).toEqual(['License Watch is not watching']);
    expect(JSON.stringify(world.notifier.posts)).toContain('(full)');
    expect(await look(2)).toEqual(['License Watch is not watching', 'License Watch works again']);
  });

  it('tries again when Teams does not take it', async () => {
    world.notifier.failures = [{ ok: false, retryable: true, reason: 'away' }];
    const look = watchOf(['full', 'full', 'full', 'full']);
    expect(await look(4)).toEqual(['License Watch is not watching']);
  });

  it('leaves it to the process that runs the jobs', async () => {
    expect(await watchOf(['full', 'full', 'full', 'full'], false)(5)).toEqual([]);
  });
});
