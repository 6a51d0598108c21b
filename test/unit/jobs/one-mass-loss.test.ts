import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { review } from '../../../src/jobs/explain/review.ts';
import { aStandingWorld, MINUTE, type StandingWorld, userIds } from './standing-world.ts';

let world: StandingWorld;
beforeEach(async () => {
  world = await aStandingWorld({ massLossPercent: 10 });
});
afterEach(() => world.store.close());

describe('one mass loss', () => {
  it.each([0, 20])('stays one card over several reads and late records about %s users', async (known) => {
    const all = userIds(20);
    await world.strip(...all);
    await world.strip();
    world.clock.advance(MINUTE + 1);
    await world.beat();
    await world.strip();
    await world.beat();
    if (known > 0) await world.record('cleaner', ...all.slice(0, known));
    await review(world.context);
    await world.strip();
    await world.beat();
    expect(world.cards().filter(({ how }) => how === 'post')).toEqual([
      { how: 'post', status: 'open', users: 20 },
    ]);
    expect(await world.store.incidents.open()).toHaveLength(1);
  });
});
