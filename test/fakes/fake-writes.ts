import type { LicenseGrant } from '../../src/domain/license/license-grant.ts';
import type { LicensedGroup, TenantState } from '../../src/domain/license/sku.ts';
import { compareAssignments, DIRECT, gives, type UserState } from '../../src/domain/license/user-state.ts';
import type { TenantWriter, WriteOutcome } from '../../src/domain/ports.ts';
import type { StepAction } from '../../src/domain/restore/step.ts';

const DONE: WriteOutcome = { ok: true, changed: true };
const ALREADY: WriteOutcome = { ok: true, changed: false };

/** What writes do to a tenant in memory: at once, also for groups, unless `slowGroups` is set. */
export abstract class FakeWrites implements TenantWriter {
  abstract readonly people: Map<string, UserState>;
  abstract state: TenantState;
  abstract put(...users: UserState[]): void;
  readonly members = new Map<string, Set<string>>();
  /** Accounts that lie in the deleted items. */
  readonly deleted = new Map<string, UserState>();
  /** Outcomes to give instead of doing anything, one an action, oldest first; null does it. */
  outcomes: (WriteOutcome | null)[] = [];
  /** Every action that was carried out or refused, in order. */
  readonly written: StepAction[] = [];
  /** Set: members are processed only by `processGroups`. */
  slowGroups = false;
  #waiting: (() => void)[] = [];

  /** Carries out what groups still owe their members. */
  processGroups(): void {
    for (const work of this.#waiting.splice(0)) work();
  }

  async write(actions: readonly StepAction[]): Promise<WriteOutcome[]> {
    return actions.map((action) => {
      this.written.push(action);
      return this.outcomes.shift() ?? this.#carryOut(action);
    });
  }

  async alreadyApplied(actions: readonly StepAction[]): Promise<boolean[]> {
    return actions.map((action) => this.#stands(action));
  }

  #stands(action: StepAction): boolean {
    switch (action.kind) {
      case 'restore-account':
        return this.people.has(action.userId);
      case 'assign':
        return action.licenses.every((license) => this.#holds(action.userId, license));
      case 'unassign':
        return !this.#direct(action.userId).some((one) => action.skuIds.includes(one.skuId));
      case 'swap':
        return (
          action.licenses.every((license) => this.#holds(action.userId, license)) &&
          !this.#direct(action.userId).some((one) => action.skuIds.includes(one.skuId))
        );
      case 'add-to-group':
        return this.#membersOf(action.groupId).has(action.userId);
      case 'remove-from-group':
        return !this.#membersOf(action.groupId).has(action.userId);
      case 'reprocess':
        return false;
      case 'license-group':
        return action.licenses.every(({ skuId }) =>
          this.#group(action.groupId)?.assignedLicenses.some((one) => one.skuId === skuId),
        );
      case 'unlicense-group':
        return !this.#group(action.groupId)?.assignedLicenses.some((one) =>
          action.skuIds.includes(one.skuId),
        );
    }
  }

  #carryOut(action: StepAction): WriteOutcome {
    if (action.kind === 'restore-account') return this.#restore(action.userId);
    if ('userId' in action && !this.people.has(action.userId)) {
      return { ok: false, retryable: false, code: 'not-found', message: 'The user does not exist any more.' };
    }
    if (action.kind !== 'reprocess' && this.#stands(action)) return ALREADY;
    switch (action.kind) {
      case 'assign':
        this.#setDirect(action.userId, action.licenses, new Set());
        return DONE;
      case 'unassign':
        this.#setDirect(action.userId, [], new Set(action.skuIds));
        return DONE;
      case 'swap':
        this.#setDirect(action.userId, action.licenses, new Set(action.skuIds));
        return DONE;
      case 'add-to-group':
        this.#membersOf(action.groupId).add(action.userId);
        break;
      case 'remove-from-group':
        this.#membersOf(action.groupId).delete(action.userId);
        break;
      case 'reprocess':
        for (const groupId of this.members.keys()) this.#process(groupId, action.userId);
        return DONE;
      case 'license-group':
        this.#setGroup(action.groupId, action.licenses, new Set());
        break;
      case 'unlicense-group':
        this.#setGroup(action.groupId, [], new Set(action.skuIds));
        break;
    }
    const { groupId } = action;
    const userIds = 'userId' in action ? [action.userId] : [...this.#membersOf(groupId)];
    const work = (): void => {
      for (const userId of userIds) this.#process(groupId, userId);
    };
    if (this.slowGroups) this.#waiting.push(work);
    else work();
    return DONE;
  }

  #restore(userId: string): WriteOutcome {
    if (this.people.has(userId)) return ALREADY;
    const user = this.deleted.get(userId);
    if (!user) {
      return { ok: false, retryable: false, code: 'not-found', message: 'The account is gone for good.' };
    }
    this.deleted.delete(userId);
    this.put(user);
    return DONE;
  }

  /** Gives a member what the group gives now, and takes from anybody else what it gave. */
  #process(groupId: string, userId: string): void {
    const user = this.people.get(userId);
    if (!user) return;
    const kept = user.assignments.filter(({ path }) => path !== groupId);
    const given = this.#membersOf(groupId).has(userId)
      ? (this.#group(groupId)?.assignedLicenses ?? []).map((license) => asAssignment(license, groupId))
      : [];
    this.put({ ...user, assignments: [...kept, ...given].sort(compareAssignments) });
  }

  #setDirect(userId: string, add: readonly LicenseGrant[], remove: ReadonlySet<string>): void {
    const user = this.people.get(userId);
    if (!user) return;
    const changed = new Set([...remove, ...add.map(({ skuId }) => skuId)]);
    const kept = user.assignments.filter(({ skuId, path }) => path !== DIRECT || !changed.has(skuId));
    const given = add.map((license) => asAssignment(license, DIRECT));
    this.put({ ...user, assignments: [...kept, ...given].sort(compareAssignments) });
  }

  #setGroup(groupId: string, add: readonly LicenseGrant[], remove: ReadonlySet<string>): void {
    this.state = {
      ...this.state,
      groups: this.state.groups.map((group) => {
        if (group.id !== groupId) return group;
        const changed = new Set([...remove, ...add.map(({ skuId }) => skuId)]);
        const kept = group.assignedLicenses.filter(({ skuId }) => !changed.has(skuId));
        return { ...group, assignedLicenses: [...kept, ...add] };
      }),
    };
  }

  #group(groupId: string): LicensedGroup | undefined {
    return this.state.groups.find(({ id }) => id === groupId);
  }

  #membersOf(groupId: string): Set<string> {
    const known = this.members.get(groupId);
    if (known) return known;
    const empty = new Set<string>();
    this.members.set(groupId, empty);
    return empty;
  }

  #direct(userId: string): UserState['assignments'] {
    return (this.people.get(userId)?.assignments ?? []).filter((one) => one.path === DIRECT && gives(one));
  }

  #holds(userId: string, { skuId, disabledPlans }: LicenseGrant): boolean {
    return this.#direct(userId).some(
      (one) => one.skuId === skuId && one.disabledPlans.toSorted().join() === disabledPlans.toSorted().join(),
    );
  }
}

const asAssignment = ({ skuId, disabledPlans }: LicenseGrant, path: string) => ({
  skuId,
  path,
  state: 'Active' as const,
  error: null,
  disabledPlans: disabledPlans.toSorted(),
});
