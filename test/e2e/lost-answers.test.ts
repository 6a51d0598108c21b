import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { FORUM_VICTIMS } from '../../src/simulator/scenarios/forum.ts';
import { textOf } from '../unit/teams/bot-under-test.ts';
import { type Failure, FakeConnector } from '../unit/teams/fake-connector.ts';
import { CrashWorld, until } from './crash-world.ts';

let connector: FakeConnector;
let world: CrashWorld;
beforeAll(async () => {
  connector = new FakeConnector();
  await connector.start();
});
afterAll(() => connector.stop());
afterEach(async () => {
  connector.failures = [];
  await world.close();
});

/** A loss whose card Teams takes, and whose answer is lost. */
async function lose(failure: Failure, channelReadable: boolean): Promise<void> {
  world = await CrashWorld.open({ simulator: { scenario: 'forum' }, connector, channelReadable });
  await world.firstScan();
  connector.failures = [failure];
  world.simulator.tenant.act({
    kind: 'withdraw-license',
    users: [...FORUM_VICTIMS],
    sku: 'O365_BUSINESS_PREMIUM',
  });
  const child = world.start();
  await until('the card', () => world.posts.length > 0);
  world.tellHistory();
  await until('a card that stands', () => world.cardStands());
  await until('an empty outbox', () => world.nothingWaits());
  await world.stop(child);
}

describe('a card whose answer is lost', () => {
  it.each<[string, Failure]>([
    ['by a gateway', { status: 502, taken: true }],
    ['by the line', { answer: 'cut', taken: true }],
    ['in the middle', { answer: 'half', taken: true }],
    ['as it cannot be read', { answer: 'no-json', taken: true }],
  ])('%s is found in the channel by the group of the team, and stands once', async (_name, failure) => {
    await lose(failure, true);
    expect(world.posts).toHaveLength(1);
    expect(connector.teamReads.length).toBeGreaterThan(0);
  });

  it('stands twice where the channel may not be read, and the second one says so', async () => {
    await lose({ status: 502, taken: true }, false);
    expect(world.posts.map(({ activity }) => textOf(activity).includes('This may be a second copy'))).toEqual(
      [false, true],
    );
  });
});
