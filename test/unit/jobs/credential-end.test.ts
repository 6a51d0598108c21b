import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../src/domain/durations.ts';
import { noteCredentialEnd } from '../../../src/jobs/upkeep/credential-end.ts';
import { aJobWorld, type JobWorld } from '../../builders/jobs/job-context.ts';

let world: JobWorld;
let endsAt: number | null;
let botEndsAt: number | null;
const look = () =>
  noteCredentialEnd({
    ...world.context,
    credentialEndsAt: async () => endsAt,
    botCredentialEndsAt: async () => botEndsAt,
  });
/** Looks every day for so many days. */
async function live(days: number): Promise<void> {
  for (let day = 0; day < days; day++) {
    await look();
    await world.clock.sleep(DAY_MS);
  }
}
const titles = async () =>
  (await world.store.outbox.due(world.clock.now())).map(({ message }) =>
    message.kind === 'notice' ? message.title : message.kind,
  );

beforeEach(async () => {
  world = await aJobWorld();
  endsAt = world.clock.now() + 40 * DAY_MS;
  botEndsAt = null;
});
afterEach(() => world.store.close());

describe('a certificate that ends', () => {
  it('is said 30, 14 and 3 days before and at its end, once each, however often it is looked at', async () => {
    await live(45);
    expect(await titles()).toEqual([
      'The certificate that reads the tenant ends in 30 days',
      'The certificate that reads the tenant ends in 14 days',
      'The certificate that reads the tenant ends in 3 days',
      'The certificate that reads the tenant has ended',
    ]);
  });

  it('is said at the step that is next when nobody looked for a while', async () => {
    await world.clock.sleep(33 * DAY_MS);
    await look();
    expect(await titles()).toEqual(['The certificate that reads the tenant ends in 7 days']);
  });

  it('is said no more when a new one is there, and of that again in its time', async () => {
    await live(12);
    endsAt = world.clock.now() + 365 * DAY_MS;
    await live(60);
    expect(await titles()).toHaveLength(1);
  });

  it('is said of the bot’s own, too, each in its time', async () => {
    endsAt = null;
    botEndsAt = world.clock.now() + 12 * DAY_MS;
    await live(14);
    expect(await titles()).toEqual([
      'The certificate that speaks for the bot ends in 12 days',
      'The certificate that speaks for the bot ends in 3 days',
      'The certificate that speaks for the bot has ended',
    ]);
  });

  it('is not said where nobody knows its end', async () => {
    endsAt = null;
    await live(3);
    expect(await titles()).toEqual([]);
  });
});
