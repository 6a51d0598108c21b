import { describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../../../src/domain/durations.ts';
import { createTurnLimits } from '../../../../src/teams/turns/turn-limits.ts';
import { createTurnQueue } from '../../../../src/teams/turns/turn-queue.ts';

function limitsOf(perMinute: number, mostInWork = 200) {
  const clock = { now: 1_000_000 };
  const limits = createTurnLimits(perMinute, () => clock.now, mostInWork);
  /** A message that is done at once: in, told, or dropped. */
  const ask = (person: string): 'in' | 'told' | 'dropped' => {
    const admission = limits.enter(person);
    if (!admission.in) return admission.tell ? 'told' : 'dropped';
    limits.leave();
    return 'in';
  };
  const many = (person: string, count: number) => Array.from({ length: count }, () => ask(person));
  return { clock, limits, ask, many };
}
const times = <Value>(count: number, value: Value): Value[] => Array<Value>(count).fill(value);

describe('the limit of one person', () => {
  it('lets the number in, tells the next, and drops the rest', () => {
    const { many, ask } = limitsOf(20);
    expect(many('megan', 23)).toEqual([...times(20, 'in'), 'told', 'dropped', 'dropped']);
    expect(ask('lee')).toBe('in');
  });

  it('is of a sliding minute, not of a clock’s', () => {
    const { clock, many, ask } = limitsOf(20);
    clock.now = 59_000;
    expect(many('megan', 10)).toEqual(times(10, 'in'));
    clock.now = 61_000;
    expect(many('megan', 11)).toEqual([...times(10, 'in'), 'told']);
    clock.now = 118_999;
    expect(ask('megan')).toBe('dropped');
    clock.now = 119_000;
    expect(many('megan', 11)).toEqual([...times(10, 'in'), 'dropped']);
    clock.now = 121_000;
    expect(many('megan', 11)).toEqual([...times(10, 'in'), 'told']);
  });

  it('does not grow by what was dropped, so that waiting a minute is enough', () => {
    const { clock, many } = limitsOf(2);
    many('megan', 500);
    clock.now += MINUTE_MS;
    expect(many('megan', 3)).toEqual(['in', 'in', 'told']);
  });

  it.each([3 * HOUR_MS, -3 * HOUR_MS])('locks nobody out when the clock jumps by %i ms', (jump) => {
    const { clock, many } = limitsOf(2);
    many('megan', 5);
    clock.now += jump;
    expect(many('megan', 3)).toEqual(['in', 'in', 'told']);
  });
});

describe('the limit of everybody', () => {
  it('is of what is in work, and tells each person once', () => {
    const { limits } = limitsOf(20, 200);
    for (let n = 0; n < 200; n++) expect(limits.enter(`p${n}`).in).toBe(true);
    expect(limits.enter('megan')).toEqual({ in: false, over: 'everybody', tell: true });
    expect(limits.enter('megan')).toEqual({ in: false, over: 'everybody', tell: false });
    expect(limits.enter('lee')).toEqual({ in: false, over: 'everybody', tell: true });
    limits.leave();
    expect(limits.enter('megan').in).toBe(true);
  });
});

/** Works for so long without a pause. */
function holdThread(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

describe('the lane', () => {
  it('runs few at once, in order, and lets the event loop turn in between', async () => {
    const lane = createTurnQueue(2);
    const order: number[] = [];
    let running = 0;
    let most = 0;
    let turnsOfTheLoop = 0;
    let over = false;
    const count = () => {
      turnsOfTheLoop++;
      if (!over) setImmediate(count);
    };
    setImmediate(count);
    const work = (n: number) => async () => {
      most = Math.max(most, ++running);
      order.push(n);
      holdThread(12);
      await Promise.resolve();
      running--;
      if (n % 3 === 0) throw new Error('broken');
    };
    const all = await Promise.allSettled(Array.from({ length: 30 }, (_, n) => lane(work(n))));
    over = true;
    expect(order).toEqual(Array.from({ length: 30 }, (_, n) => n));
    expect(most).toBeLessThanOrEqual(2);
    expect(turnsOfTheLoop).toBeGreaterThanOrEqual(15);
    expect(all.filter(({ status }) => status === 'rejected')).toHaveLength(10);
  });
});
