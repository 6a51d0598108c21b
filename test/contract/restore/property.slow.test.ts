import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../src/domain/durations.ts';
import { type Assignment, gives, heldSkus, type UserState } from '../../../src/domain/license/user-state.ts';
import { byHandCase, plainCase, type RandomCase, randomCase } from './random-tenant.ts';
import { aRestoreWorld, pressReassign, pressUndo, type RestoreWorld, restoreWith } from './restore-world.ts';

/** More by hand: RESTORE_RUNS=500. */
const RUNS = Number(process.env.RESTORE_RUNS ?? 25);

type States = ReadonlyMap<string, UserState>;

/** An assignment that gives something, as a text. */
const textOf = ({ skuId, path, disabledPlans }: Assignment): string =>
  `${skuId} by ${path} without ${disabledPlans.toSorted().join()}`;
const givenTo = (user: UserState | undefined): Set<string> =>
  new Set((user?.assignments ?? []).filter(gives).map(textOf));
const ofSkus = (texts: ReadonlySet<string>, skuIds: ReadonlySet<string>): Set<string> =>
  new Set([...texts].filter((text) => skuIds.has(text.split(' ')[0] ?? '')));

/**
 * Why somebody does not have all of it back, as the cards tell: a note, a line of the plan that is blocked, or an
 * incident of its own, where they lost something after it had come back.
 */
async function reasonsFor(world: RestoreWorld, userId: string): Promise<string[]> {
  const reasons: string[] = [];
  for (const { id, userIds, openedAt } of await world.incidents()) {
    if (!userIds.includes(userId)) continue;
    const { users, plan, title } = await world.view(id);
    if (openedAt > world.toldAt) reasons.push(title);
    reasons.push(...users.flatMap((user) => (user.userId === userId && user.note ? [user.note] : [])));
    const line = plan?.lines.find((one) => one.userId === userId);
    reasons.push(...(line?.blocked ?? []).map(({ reason, wayOut }) => `${reason} ${wayOut}`));
  }
  return reasons;
}

/** Who of the incidents' users has all of it back, and why the others have not. */
async function outcomes(
  world: RestoreWorld,
  after: States,
): Promise<{ name: string; isBack: boolean; reasons: string[] }[]> {
  const concerned = new Set((await world.incidents()).flatMap(({ userIds }) => userIds));
  const found = [];
  for (const [userId, had] of world.before) {
    const left = world.lost.get(userId);
    const lostSkus = heldSkus(had).difference(left ? heldSkus(left) : new Set());
    if (lostSkus.size === 0 || !concerned.has(userId)) continue;
    const isBack = ofSkus(givenTo(had), lostSkus).isSubsetOf(givenTo(after.get(userId)));
    const reasons = isBack ? [] : await reasonsFor(world, userId);
    found.push({ name: had.displayName, isBack, reasons });
  }
  return found;
}

/** What nobody had, nobody has now; and what was left to them, they still have. */
function expectNothingElse({ before, lost }: RestoreWorld, after: States): void {
  for (const [userId, had] of before) {
    const left = givenTo(lost.get(userId));
    const has = givenTo(after.get(userId));
    expect([...has.difference(givenTo(had)).difference(left)]).toEqual([]);
    expect([...left.difference(has)]).toEqual([]);
  }
}

/** What Microsoft carried out: each write with what it said, for two products of one group have one address. */
const writes = ({ simulator }: RestoreWorld): string[] =>
  simulator.tenant
    .writes()
    .filter(({ status }) => status < 300)
    .map(({ method, target, body }) => `${method} ${target} ${body}`);

const checked = async (
  cases: fc.Arbitrary<RandomCase>,
  check: (world: RestoreWorld) => Promise<void>,
): Promise<void> =>
  fc.assert(
    fc.asyncProperty(cases, async (random) => {
      const world = await aRestoreWorld(random);
      try {
        await check(world);
      } finally {
        await world.close();
      }
    }),
    { numRuns: RUNS, endOnFailure: true },
  );

const PATIENCE_MS = 10 * MINUTE_MS;

describe('for random tenants and random losses', () => {
  it.each<{ name: string; contexts: (world: RestoreWorld) => RestoreWorld['context'][] }>([
    { name: 'by one process', contexts: ({ context }) => [context] },
    { name: 'by two processes at once', contexts: ({ context, other }) => [context, other] },
  ])(
    'a restore $name gives exactly the state before, or a stated reason, and writes nothing twice',
    async ({ contexts }) => {
      await checked(randomCase, async (world) => {
        await pressReassign(world);
        await restoreWith(world, contexts(world));
        const after = await world.read();
        await world.settle();
        expectNothingElse(world, after);
        const unexplained = (await outcomes(world, after)).filter(
          ({ isBack, reasons }) => !isBack && reasons.length === 0,
        );
        expect(unexplained).toEqual([]);
        const written = writes(world);
        expect(new Set(written).size).toBe(written.length);
        // Once more, by both: nothing is left to do, and nothing is done.
        await restoreWith(world, [world.context, world.other]);
        expect(writes(world)).toEqual(written);
        expect(await world.read()).toEqual(after);
      });
    },
    PATIENCE_MS,
  );

  it(
    'where nothing stands in the way, all is back and each card says so',
    async () => {
      let givenBack = 0;
      await checked(plainCase, async (world) => {
        await pressReassign(world);
        await restoreWith(world, [world.context]);
        const all = await outcomes(world, await world.read());
        expect(all.filter(({ isBack }) => !isBack)).toEqual([]);
        expect((await world.incidents()).filter(({ status }) => status !== 'restored')).toEqual([]);
        givenBack += all.length;
      });
      expect(givenBack).toBeGreaterThan(RUNS);
    },
    PATIENCE_MS,
  );

  it(
    'an undo leaves exactly what was left before the restore, and alerts nobody',
    async () => {
      await checked(byHandCase, async (world) => {
        const count = (await world.incidents()).length;
        await pressReassign(world);
        await restoreWith(world, [world.context]);
        await world.read();
        await pressUndo(world);
        await restoreWith(world, [world.context]);
        const undone = await world.read();
        for (const [userId, left] of world.lost) {
          expect([...givenTo(undone.get(userId))].sort()).toEqual([...givenTo(left)].sort());
        }
        await world.settle();
        expect(await world.incidents()).toHaveLength(count);
      });
    },
    PATIENCE_MS,
  );
});
