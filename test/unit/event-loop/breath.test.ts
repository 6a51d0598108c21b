import { describe, expect, it } from 'vitest';
import { createBreath } from '../../../src/event-loop/breath.ts';

/** A thread whose time is what work says that it took, and a loop that turns by hand. */
function aLoop() {
  const turns: (() => void)[] = [];
  const thread = { ms: 1_000 };
  const breath = createBreath({
    now: () => thread.ms,
    nextTurn: (work) => void turns.push(work),
    heldMs: 10,
    asideMs: 100,
  });
  return {
    ...breath,
    thread,
    /** One turn of the loop, with everything that goes on in it. */
    async turn(): Promise<void> {
      for (const work of turns.splice(0)) work();
      for (let n = 0; n < 20; n++) await Promise.resolve();
    },
  };
}

describe('whoever works for long', () => {
  it('waits for a turn of the loop when nobody has worked lately', async () => {
    const { breathe, turn } = aLoop();
    let went = false;
    void breathe().then(() => {
      went = true;
    });
    await Promise.resolve();
    expect(went).toBe(false);
    await turn();
    expect(went).toBe(true);
  });

  it('goes on within its share, and then waits again', async () => {
    const { breathe, turn, thread } = aLoop();
    const portions: number[] = [];
    const work = async (): Promise<void> => {
      for (let n = 0; n < 6; n++) {
        await breathe();
        thread.ms += 4;
        portions.push(n);
      }
    };
    void work();
    await turn();
    expect(portions).toEqual([0, 1, 2]);
    await turn();
    expect(portions).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('holds one turn at a time for one share, however many work', async () => {
    const { breathe, turn, thread } = aLoop();
    const done = new Set<number>();
    const work = async (n: number): Promise<void> => {
      for (let portion = 0; portion < 3; portion++) {
        await breathe();
        thread.ms += 12;
      }
      done.add(n);
    };
    for (let n = 0; n < 50; n++) void work(n);
    let longest = 0;
    let turns = 0;
    while (done.size < 50 && turns < 1_000) {
      const before = thread.ms;
      await turn();
      longest = Math.max(longest, thread.ms - before);
      turns++;
    }
    expect(done.size).toBe(50);
    expect(longest).toBe(12);
    expect(turns).toBe(150);
  });

  it('gets the thread in the order of asking, and nobody is left behind', async () => {
    const { breathe, turn, thread } = aLoop();
    const order: string[] = [];
    const work = async (name: string, portions: number): Promise<void> => {
      for (let portion = 0; portion < portions; portion++) {
        await breathe();
        thread.ms += 20;
        order.push(name);
      }
    };
    void work('heavy', 4);
    void work('light', 1);
    void work('also light', 1);
    for (let n = 0; n < 6; n++) await turn();
    expect(order).toEqual(['heavy', 'light', 'also light', 'heavy', 'heavy', 'heavy']);
  });

  it('steps aside while connections come in, and gets a share all the same when they do not end', async () => {
    const { breathe, turn, thread, arrived } = aLoop();
    let went = 0;
    const work = async (): Promise<void> => {
      for (;;) {
        await breathe();
        thread.ms += 12;
        went++;
      }
    };
    void work();
    await turn();
    expect(went).toBe(1);
    for (let n = 0; n < 40; n++) {
      arrived();
      thread.ms += 1;
      await turn();
    }
    expect(went).toBe(1);
    await turn();
    expect(went).toBe(2);
    for (let n = 0; n < 1_000; n++) {
      arrived();
      thread.ms += 1;
      await turn();
    }
    expect(went).toBeGreaterThanOrEqual(8);
    expect(went).toBeLessThanOrEqual(13);
  });

  it('begins one thing a turn, in order, also while its share lasts', async () => {
    const { takeTurn, turn, thread } = aLoop();
    const begun: number[] = [];
    for (let n = 0; n < 5; n++) void takeTurn().then(() => begun.push(n));
    for (let n = 1; n <= 5; n++) {
      await turn();
      thread.ms += 1;
      expect(begun).toEqual(Array.from({ length: n }, (_, at) => at));
    }
  });
});
