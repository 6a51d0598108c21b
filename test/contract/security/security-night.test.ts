import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GuardedTenant } from './a-guarded-tenant.ts';

let guarded: GuardedTenant;
beforeEach(() => {
  guarded = new GuardedTenant();
});
afterEach(() => guarded.close());

describe('the scenario security-night, from the feeds to the channel', () => {
  it('tells each of the six once, and at most two others, also over a restart between the tries and the way in', async () => {
    await guarded.start();
    await guarded.pass(20);
    const ordinary = guarded.cards();
    expect(ordinary.length).toBeLessThanOrEqual(2);
    await guarded.pass(5);
    await guarded.restart();
    await guarded.pass(75);
    const told = guarded.cards().slice(ordinary.length);
    expect(told).toMatchObject([
      { labels: { address: '203.0.113.66' } },
      { level: 'high', rule: { title: expect.stringMatching(/^Somebody is in/) } },
      { title: expect.stringContaining('Mail.ReadWrite') },
      { level: 'high', title: expect.stringContaining('sends mail to collect@mailbox-backup.example') },
      { level: 'high', title: expect.stringContaining('Global Administrator') },
      { level: 'high', title: expect.stringContaining('switched auditing off') },
    ]);
    const archived = await guarded.store.audit.find({ from: 0, to: guarded.clock.now() });
    expect(archived.length).toBeGreaterThan(2_000);
    expect(new Set(archived.map(({ operation }) => operation)).size).toBeGreaterThan(10);
  }, 180_000);
});
