import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstInOrder, inSlices, mapInSlices } from '../../../src/event-loop/in-slices.ts';

/** Holds the thread for so long: what a slice is measured against. */
function hold(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

/** Counts how often others got the thread while this was at work. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let over = false;
  const count = (): void => {
    turns++;
    if (!over) setImmediate(count);
  };
  setImmediate(count);
  await work();
  over = true;
  return turns;
}

describe('work in slices', () => {
  it('lets others work in between, and gives what it gives at once', async () => {
    function* work(): Generator<void, string> {
      for (let n = 0; n < 10; n++) {
        hold(12);
        yield;
      }
      return 'done';
    }
    let result = '';
    const turns = await turnsDuring(async () => {
      result = await inSlices(work());
    });
    expect(result).toBe('done');
    expect(turns).toBeGreaterThanOrEqual(9);
  });

  it('lets others work while a long list is mapped or sorted', async () => {
    const items = Array.from({ length: 300 }, (_, n) => (n * 7_919) % 300);
    const slowly = (n: number): number => {
      hold(0.5);
      return n + 1;
    };
    expect(await turnsDuring(() => mapInSlices(items, slowly))).toBeGreaterThanOrEqual(10);
    const compare = (a: number, b: number): number => {
      hold(0.1);
      return a - b;
    };
    expect(await turnsDuring(() => firstInOrder(items, compare))).toBeGreaterThanOrEqual(3);
  });

  it('passes on what breaks', async () => {
    const broken = mapInSlices([1, 2], () => {
      throw new Error('broken');
    });
    await expect(broken).rejects.toThrow('broken');
  });
});

describe('the first in order', () => {
  it('are those of the whole list sorted, equal ones in their order, for any list', async () => {
    const item = fc.record({ key: fc.integer({ min: 0, max: 40 }), place: fc.integer() });
    await fc.assert(
      fc.asyncProperty(fc.array(item, { maxLength: 700 }), fc.nat(800), async (items, most) => {
        const compare = (a: { key: number }, b: { key: number }): number => a.key - b.key;
        expect(await firstInOrder(items, compare, most)).toEqual(items.toSorted(compare).slice(0, most));
        expect(await firstInOrder(items, compare)).toEqual(items.toSorted(compare));
      }),
      { numRuns: 60 },
    );
  });
});
