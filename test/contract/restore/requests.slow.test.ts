import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MINUTE_MS } from '../../../src/domain/durations.ts';
import { type Assignment, gives, type UserState } from '../../../src/domain/license/user-state.ts';
import { isApplied } from '../../../src/domain/restore/applied.ts';
import { type LicenseRequest, planOnRequest } from '../../../src/domain/restore/requests/on-request.ts';
import { isAboutGroup, REQUEST_KINDS } from '../../../src/domain/restore/requests/request-kind.ts';
import type { PlannedStep } from '../../../src/domain/restore/step.ts';
import { changeLicenses } from '../../../src/jobs/decisions/change-licenses.ts';
import { factsOfRequest } from '../../../src/jobs/decisions/facts-of-request.ts';
import { undoRequest } from '../../../src/jobs/decisions/undo-request.ts';
import { LEE, MEGAN, OPERATOR } from '../../builders/jobs/morning.ts';
import { randomCase } from './random-tenant.ts';
import { aRestoreWorld, type RestoreWorld, restoreWith } from './restore-world.ts';

/** More by hand: RESTORE_RUNS=500. */
const RUNS = Number(process.env.RESTORE_RUNS ?? 25);
const PATIENCE_MS = 10 * MINUTE_MS;

type States = ReadonlyMap<string, UserState>;
type Asked = { kind: LicenseRequest['kind']; person: number; group: number; sku: number; other: number };

const asked: fc.Arbitrary<Asked> = fc.record({
  kind: fc.constantFrom(...REQUEST_KINDS),
  person: fc.nat(5),
  group: fc.nat(2),
  sku: fc.nat(2),
  other: fc.nat(2),
});
const PRODUCTS = ['SPE_E3', 'POWER_BI_PRO', 'VISIOCLIENT'];

const textOf = ({ skuId, path, disabledPlans }: Assignment): string =>
  `${skuId} by ${path} without ${disabledPlans.toSorted().join()}`;
const givenTo = (user: UserState | undefined): string[] =>
  (user?.assignments ?? []).filter(gives).map(textOf).sort();

/** What a random wish asks for in this tenant, with the plan for it; null where there is nothing to do. */
async function planFor(
  { context, tenant, clock, before }: RestoreWorld,
  { kind, person, group, sku, other }: Asked,
): Promise<{ request: LicenseRequest; steps: PlannedStep[]; digest: string } | null> {
  const upn = `random${person}@contoso.com`;
  const userId = [...before.values()].find((user) => user.userPrincipalName === upn)?.id ?? '';
  const idOfSku = (index: number): string => tenant.sku(PRODUCTS[index] ?? '')?.skuId ?? '';
  const planIds = tenant.sku(PRODUCTS[sku] ?? '') ? plansOf(before, idOfSku(sku)) : [];
  const isGroup = isAboutGroup(kind);
  const isMembership = kind === 'add-to-group' || kind === 'remove-from-group';
  const request: LicenseRequest = {
    kind,
    userIds: isGroup && !isMembership ? [] : [userId],
    skuIds: isMembership ? [] : kind === 'swap' ? [idOfSku(sku), idOfSku(other)] : [idOfSku(sku)],
    ...(kind.startsWith('turn-') ? { planIds } : {}),
    ...(isGroup ? { groupId: tenant.groupId(`RANDOM-${group}`) ?? '' } : {}),
  };
  const facts = await factsOfRequest(context, request, clock.now());
  if ('kind' in facts) throw new Error(facts.reason);
  const { steps, view } = planOnRequest(request, facts);
  return steps.length === 0 ? null : { request, steps, digest: view.digest };
}

/** Plans of a product that somebody has switched off: what can be switched. */
const plansOf = (users: States, skuId: string): string[] => [
  ...new Set(
    [...users.values()].flatMap(({ assignments }) =>
      assignments.flatMap((one) => (one.skuId === skuId ? one.disabledPlans : [])),
    ),
  ),
];

it(
  'a random request does what its plan says and nothing else, writes nothing twice, and its undo leaves all as it was',
  async () => {
    const done = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(
        randomCase,
        fc.array(asked, { minLength: 4, maxLength: 4 }),
        async (random, wishes) => {
          const world = await aRestoreWorld({ ...random, acts: [] });
          try {
            for (const wish of wishes) {
              const planned = await planFor(world, wish);
              if (planned === null) continue;
              done.set(wish.kind, (done.get(wish.kind) ?? 0) + 1);
              await expectDoneAndUndone(world, planned);
            }
          } finally {
            await world.close();
          }
        },
      ),
      { numRuns: RUNS, endOnFailure: true },
    );
    expect([...done.keys()].length).toBeGreaterThan(4);
  },
  PATIENCE_MS,
);

async function expectDoneAndUndone(
  world: RestoreWorld,
  { request, steps, digest }: { request: LicenseRequest; steps: PlannedStep[]; digest: string },
): Promise<void> {
  const { context, other } = world;
  const before = await world.read();
  const written = world.tenant.writes().length;
  const started = await changeLicenses(context, request, digest, MEGAN, OPERATOR);
  if (started.kind !== 'started') throw new Error(JSON.stringify(started));
  await restoreWith(world, [context, other]);
  const after = await world.read();
  const { groups } = await context.store.users.tenant();
  for (const { action, userIds } of steps) {
    for (const userId of userIds) expect(isApplied(action, after.get(userId), groups)).toBe(true);
  }
  const reached = new Set(steps.flatMap(({ userIds }) => userIds));
  for (const [userId, user] of before) {
    if (!reached.has(userId)) expect(givenTo(after.get(userId))).toEqual(givenTo(user));
  }
  expect(world.tenant.writes()).toHaveLength(written + steps.length);

  const undone = await undoRequest(context, started.decisionId, LEE, OPERATOR);
  expect(undone.kind).toBe('started');
  await restoreWith(world, [context, other]);
  const back = await world.read();
  for (const [userId, user] of before) expect(givenTo(back.get(userId))).toEqual(givenTo(user));
  expect(world.tenant.writes()).toHaveLength(written + 2 * steps.length);
  await world.settle();
  expect(await world.incidents()).toEqual([]);
}
