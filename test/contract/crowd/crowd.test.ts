import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { anAnswer } from '../../builders/answer.ts';
import { BotUnderTest, MEGAN } from '../../unit/teams/bot-under-test.ts';

const person = (n: number) => `${String(n).padStart(8, '0')}-2222-4333-8444-555555555555`;

let bot: BotUnderTest;
beforeEach(async () => {
  bot = new BotUnderTest();
  bot.turnsPerMinute = 20;
  await bot.start();
});
afterEach(() => bot.stop());

const from = (aadObjectId: string) => ({
  ...bot.personal(),
  from: { id: `29:${aadObjectId}`, name: 'Somebody', aadObjectId },
  conversation: { id: `a:${aadObjectId}`, conversationType: 'personal' },
});
const texts = () =>
  bot.connector.said.map(({ activity }) => activity.text).filter((text) => typeof text === 'string');

describe('a crowd of messages', { timeout: 30_000 }, () => {
  it('of one person: twenty are answered, one answer says to wait, the rest is dropped and counted', async () => {
    const all = await Promise.all(Array.from({ length: 50 }, () => bot.send(bot.personal())));
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200]));
    expect(bot.services.asked).toHaveLength(20);
    expect(texts().filter((text) => text?.includes('Ask me again in a minute.'))).toHaveLength(1);
    expect(bot.dropped).toEqual(Array(30).fill('person'));
  });

  it('of somebody without a role costs as little', async () => {
    await Promise.all(Array.from({ length: 200 }, () => bot.send(from(person(7)))));
    expect(texts().filter((text) => text?.includes('not among the people'))).toHaveLength(20);
    expect(texts()).toHaveLength(21);
  });

  it('does not count presses on cards', async () => {
    for (let n = 0; n < 30; n++) await bot.press('view', { incidentId: 'i1' }, bot.personal());
    await bot.send(bot.personal());
    expect(bot.services.asked).toHaveLength(1);
    expect(bot.dropped).toEqual([]);
  });

  it('lets a press through while twenty-five people’s questions are in work', async () => {
    const waiting: (() => void)[] = [];
    bot.services.answer = () => new Promise((resolve) => waiting.push(() => resolve(anAnswer())));
    for (let n = 0; n < 25; n++) bot.services.roles.set(person(n), 'reader');
    const asked = Array.from({ length: 25 }, (_, n) => bot.send(from(person(n))));
    while (waiting.length < 4) await bot.press('view', { incidentId: 'i1' }, bot.personal());
    expect((await bot.press('view', { incidentId: 'i1' }, bot.personal())).status).toBe(200);
    // No more than four are worked on, however many wait.
    expect(bot.services.asked).toHaveLength(4);
    while (bot.services.asked.length < 25 || waiting.length > 0) {
      for (const done of waiting.splice(0)) done();
      await bot.press('view', { incidentId: 'i1' }, bot.personal());
    }
    expect((await Promise.all(asked)).every(({ status }) => status === 200)).toBe(true);
  });

  it('of everybody: two hundred are in work, and each of the others is told once', async () => {
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    bot.services.answer = () => gate.then(() => anAnswer());
    for (let n = 0; n < 30; n++) bot.services.roles.set(person(n), 'reader');
    const asked = Array.from({ length: 300 }, (_, n) => bot.send(from(person(n % 30))));
    await vi.waitUntil(() => bot.dropped.length >= 100, { timeout: 20_000 });
    open();
    await Promise.all(asked);
    expect(bot.services.asked).toHaveLength(200);
    expect(new Set(bot.dropped)).toEqual(new Set(['everybody']));
    const told = texts().filter((text) => text?.startsWith('Too many people'));
    expect(told.length).toBeGreaterThan(0);
    expect(told.length).toBeLessThanOrEqual(30);
  });

  it('keeps the health check in front of questions that hold the thread', async () => {
    const order: string[] = [];
    bot.services.answer = () => {
      const until = performance.now() + 20;
      while (performance.now() < until);
      order.push('answer');
      return anAnswer();
    };
    for (let n = 0; n < 30; n++) bot.services.roles.set(person(n), 'reader');
    const asked = Array.from({ length: 60 }, (_, n) => bot.send(from(person(n % 30))));
    while (order.length < 5) await bot.press('view', { incidentId: 'i1' }, bot.personal());
    const before = order.length;
    expect((await fetch(`${bot.url}/healthz`)).status).toBe(200);
    // Not behind the crowd: a few questions pass it at most.
    expect(order.length - before).toBeLessThan(20);
    await Promise.all(asked);
    expect(order).toHaveLength(60);
    expect(bot.services.asked.every(({ asker }) => asker.person.aadObjectId !== MEGAN)).toBe(true);
  });
});
