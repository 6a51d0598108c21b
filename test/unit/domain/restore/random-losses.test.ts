import { describe, expect, it } from 'vitest';
import { diffUser } from '../../../../src/domain/license/diff-user.ts';
import type { LicensedGroup } from '../../../../src/domain/license/sku.ts';
import {
  type Assignment,
  compareAssignments,
  DIRECT,
  gives,
  heldSkus,
  type UserState,
} from '../../../../src/domain/license/user-state.ts';
import { planRestore, readyUsers, stepsOf } from '../../../../src/domain/restore/plan.ts';
import type { RestoreFacts, RestorePlan } from '../../../../src/domain/restore/plan-types.ts';
import type { RestoreStep } from '../../../../src/domain/restore/step.ts';
import { planUndo } from '../../../../src/domain/restore/undo.ts';
import { aChange } from '../../../builders/license/license-change.ts';
import { aLicensedGroup } from '../../../builders/license/licensed-group.ts';
import { aSkuState } from '../../../builders/license/sku-state.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';
import { someRestoreFacts } from '../../../builders/restore/restore-facts.ts';
import { FakeTenant } from '../../../fakes/fake-tenant.ts';

/** Mulberry32: the same seed gives the same tenant, so that a failure can be looked at. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const SKUS = ['sku-a', 'sku-b', 'sku-c'];
const PLANS = ['plan-1', 'plan-2', 'plan-3'];
const all = { chosen: null, way: 'as-it-was', running: new Set<string>() } as const;

/** A tenant, then the same with losses, and what the planner is told of it. */
class Story {
  readonly tenant = new FakeTenant();
  readonly before: UserState[];
  readonly #chance: () => number;
  readonly #facts: RestoreFacts;
  readonly #left = new Map<string, LicensedGroup[]>();
  #bought = new Map<string, number>();

  constructor(seed: number) {
    this.#chance = randomFrom(seed);
    this.tenant.state = { skus: [], subscriptions: [], groups: this.#groups() };
    const users = Array.from({ length: 8 }, (_, index) => this.#user(`user-${index}`));
    this.before = users;
    this.tenant.put(...users);
    for (const user of users) for (const group of this.tenant.state.groups) this.#lose(user.id, group);
    for (const group of this.tenant.state.groups) this.#stopGiving(group);
    this.#facts = this.#read();
  }

  #some<Value>(values: readonly Value[], part = 0.5): Value[] {
    return values.filter(() => this.#chance() < part);
  }

  #groups(): LicensedGroup[] {
    return ['group-1', 'group-2', 'group-3'].map((id) =>
      aLicensedGroup({
        id,
        dynamic: this.#chance() < 0.2,
        onPremisesSyncEnabled: this.#chance() < 0.2,
        assignedLicenses: this.#some(SKUS, 0.6).map((skuId) => ({ skuId, disabledPlans: this.#some(PLANS) })),
      }),
    );
  }

  #user(id: string): UserState {
    const assignments: Assignment[] = this.#some(SKUS).map((skuId) =>
      anAssignment({ skuId, disabledPlans: this.#some(PLANS) }),
    );
    for (const group of this.#some(this.tenant.state.groups)) {
      const members = this.tenant.members.get(group.id) ?? new Set();
      this.tenant.members.set(group.id, members.add(id));
      assignments.push(...group.assignedLicenses.map((one) => anAssignment({ ...one, path: group.id })));
    }
    const usageLocation = this.#chance() < 0.1 ? null : 'NL';
    return { ...aUserState({ usageLocation }), id, assignments: assignments.sort(compareAssignments) };
  }

  /** Takes a user out of a group, or takes direct licenses. */
  #lose(userId: string, group: LicensedGroup): void {
    const user = this.tenant.people.get(userId);
    if (!user) return;
    if (this.#chance() < 0.3) {
      if (this.tenant.members.get(group.id)?.delete(userId)) {
        this.#left.set(userId, [...(this.#left.get(userId) ?? []), group]);
      }
      this.tenant.put({ ...user, assignments: user.assignments.filter(({ path }) => path !== group.id) });
    } else if (this.#chance() < 0.4) {
      const gone = new Set(this.#some(SKUS));
      const kept = user.assignments.filter(({ path, skuId }) => path !== DIRECT || !gone.has(skuId));
      this.tenant.put({ ...user, assignments: kept });
    }
  }

  /** Takes a license from a group and all of its members. */
  #stopGiving(group: LicensedGroup): void {
    const skuId = this.#some(group.assignedLicenses, 0.2)[0]?.skuId;
    if (skuId === undefined) return;
    group.assignedLicenses = group.assignedLicenses.filter((one) => one.skuId !== skuId);
    for (const user of this.tenant.people.values()) {
      const kept = user.assignments.filter((one) => one.path !== group.id || one.skuId !== skuId);
      this.tenant.put({ ...user, assignments: kept });
    }
  }

  /** Few seats of each product are free. */
  #read(): RestoreFacts {
    const context = { skusBefore: new Map(), skusAfter: new Map(), wasRemoved: () => false };
    const changes = this.before.flatMap((before) =>
      diffUser({ before, after: this.tenant.people.get(before.id) ?? null }, context).map(
        (change, index) => ({
          ...change,
          id: `${before.id}-${index}`,
          scanId: 'scan-1',
          observedBefore: 0,
          observedAfter: 1,
        }),
      ),
    );
    this.#bought = new Map(
      SKUS.map((skuId) => [skuId, this.#holders(skuId) + Math.floor(this.#chance() * 6)]),
    );
    return someRestoreFacts({ changes, now: 2 });
  }

  #holders(skuId: string): number {
    return [...this.tenant.people.values()].filter((user) => heldSkus(user).has(skuId)).length;
  }

  /** Seats of each product that are left. */
  free(skuId: string): number {
    return (this.#bought.get(skuId) ?? 0) - this.#holders(skuId);
  }

  /** What a read of the tenant tells now. */
  get facts(): RestoreFacts {
    const skus = SKUS.map((skuId) => aSkuState({ skuId, enabled: this.free(skuId), consumed: 0 }));
    return {
      ...this.#facts,
      present: new Map(this.tenant.people),
      tenant: { ...structuredClone(this.tenant.state), skus },
    };
  }

  /** Carries a plan out; returns its steps with what became of them. */
  async carryOut(plan: RestorePlan): Promise<RestoreStep[]> {
    const steps = stepsOf(plan);
    const outcomes = await this.tenant.write(steps.map(({ action }) => action));
    expect(outcomes.filter(({ ok }) => !ok)).toEqual([]);
    return steps.map((step, index) => {
      const outcome = outcomes[index];
      const status = outcome?.ok && outcome.changed ? 'done' : 'already';
      return {
        ...step,
        decisionId: 'decision-1',
        stepNo: index + 1,
        status,
        code: null,
        message: null,
        updatedAt: 0,
      };
    });
  }

  /** What everybody has, as texts. */
  get licenses(): Map<string, string[]> {
    return new Map([...this.tenant.people.values()].map((user) => [user.id, textOf(user.assignments)]));
  }

  /**
   * Users who left a group that then stopped giving everything: nothing shows any more that they are not in it,
   * so that only its license comes back at first.
   */
  get unseen(): Set<string> {
    return new Set(
      [...this.#left]
        .filter(([, groups]) => groups.some((group) => group.assignedLicenses.length === 0))
        .map(([id]) => id),
    );
  }
}

/** Products that a user has lost and holds by no path. */
function missing({ facts }: Story, userId: string): Set<string> {
  const held = new Set(
    facts.present
      .get(userId)
      ?.assignments.filter(gives)
      .map(({ skuId }) => skuId),
  );
  return new Set(
    facts.changes
      .filter((change) => change.userId === userId && change.kind === 'lost')
      .flatMap(({ skuId }) => (skuId === null || held.has(skuId) ? [] : [skuId])),
  );
}

const textOf = (assignments: readonly Assignment[]): string[] =>
  assignments.map(({ skuId, path, disabledPlans }) => `${skuId} ${path} ${disabledPlans.join()}`).sort();

const SEEDS = Array.from({ length: 100 }, (_, index) => index + 1);

it('the tenants try group licenses, memberships, direct assignments and reasons why not', () => {
  const plans = SEEDS.map((seed) => planRestore(new Story(seed).facts, all));
  const kinds = new Set(plans.flatMap(stepsOf).map(({ action }) => action.kind));
  expect([...kinds].sort()).toEqual(['add-to-group', 'assign', 'license-group']);
  const codes = new Set(
    plans.flatMap(({ users }) => users.flatMap(({ blocks }) => blocks.map(({ code }) => code))),
  );
  expect([...codes].sort()).toEqual(['group-dynamic', 'group-synced', 'no-seats', 'usage-location']);
});

describe.each(SEEDS)('tenant %i', (seed) => {
  it('has after the plan what it had before, or the reason why not', async () => {
    const story = new Story(seed);
    const unseen = story.unseen;
    const plan = planRestore(story.facts, all);
    expect(planRestore(story.facts, all)).toEqual(plan);
    const wanted = new Map(story.before.map(({ id }) => [id, missing(story, id)]));
    await story.carryOut(plan);

    const reasons = new Map(
      plan.users.map(({ userId, blocks }) => [userId, blocks.flatMap(({ skuIds }) => skuIds)]),
    );
    for (const user of story.before.filter(({ id }) => !unseen.has(id))) {
      for (const skuId of wanted.get(user.id) ?? []) {
        if (reasons.get(user.id)?.includes(skuId)) continue;
        const ofProduct = (texts: readonly string[] = []) => texts.filter((text) => text.startsWith(skuId));
        expect(ofProduct(story.licenses.get(user.id))).toEqual(ofProduct(textOf(user.assignments)));
      }
    }
    for (const skuId of SKUS) expect(story.free(skuId)).toBeGreaterThanOrEqual(0);
  });

  it('gives nobody anything that they did not have', async () => {
    const story = new Story(seed);
    await story.carryOut(planRestore(story.facts, all));
    for (const { id, assignments } of story.before) {
      expect(textOf(assignments)).toEqual(expect.arrayContaining(story.licenses.get(id) ?? []));
    }
  });

  it('is left alone after that', async () => {
    const story = new Story(seed);
    // Who could not be seen to be out of a group is put back into it by the second plan.
    if (story.unseen.size > 0) await story.carryOut(planRestore(story.facts, all));
    await story.carryOut(planRestore(story.facts, all));
    expect(stepsOf(planRestore(story.facts, all))).toEqual([]);
  });

  it('is after the undo as it was before the plan', async () => {
    const story = new Story(seed);
    const { licenses } = story;
    const done = await story.carryOut(planRestore(story.facts, all));
    await story.tenant.write(planUndo(done).map(({ action }) => action));
    expect(story.licenses).toEqual(licenses);
  });
});

it('plans for 5,000 users as far as the seats reach', () => {
  const present = Array.from({ length: 5000 }, (_, index) => ({ ...aUserState(), id: `user-${index}` }));
  const facts = someRestoreFacts({
    changes: present.map(({ id }, index) => ({
      ...aChange({ id: `change-${id}`, userId: id }),
      before: [anAssignment({ path: index % 2 === 0 ? DIRECT : 'group-1' })],
    })),
    present,
    groups: [aLicensedGroup()],
    skus: [aSkuState({ enabled: 4000, consumed: 0 })],
  });
  const plan = planRestore(facts, all);
  expect(readyUsers(plan).size).toBe(4000);
});
