import type { AuditEvent } from '../audit/event.ts';
import { joinActs, type LicenseAct } from '../audit/license-act.ts';
import { licenseOperation } from '../audit/operation.ts';
import type { DetectedChange } from '../license/change.ts';
import { asKnownToday } from './known-today.ts';
import { ownIdsIn } from './own-work.ts';
import type { AttributionContext, OwnStep } from './verdict.ts';
import { type Window, windowOf } from './window.ts';

/**
 * The records that can explain changes, indexed by what they are about, so that a change costs only the
 * records on its own user and groups, however many there are in all. Failed records are kept
 * apart: they never count as the change. All lists are sorted oldest first.
 */
export class Evidence {
  readonly context: AttributionContext;
  readonly window: Window;
  readonly #onUser: Map<string, AuditEvent[]> = new Map();
  readonly #failures: Map<string, AuditEvent[]> = new Map();
  readonly #onGroup: Map<string, AuditEvent[]> = new Map();
  readonly #memberships: Map<string, AuditEvent[]> = new Map();
  readonly #acts: Map<string, LicenseAct[]> = new Map();
  readonly #copies: Map<string, AuditEvent[]> = new Map();
  readonly #tenantChanges: Map<string, DetectedChange>;
  readonly #changesOfUser: Map<string | null, DetectedChange[]>;
  readonly #ownSteps: Map<string | null, OwnStep[]>;

  constructor(stored: AttributionContext) {
    const context = { ...stored, events: asKnownToday(stored.events) };
    const ownIds = ownIdsIn(context.events, context.ownSteps ?? []);
    this.context =
      ownIds.length === 0 ? context : { ...context, ownAppIds: [...context.ownAppIds, ...ownIds] };
    this.window = windowOf(context);
    this.#ownSteps = Map.groupBy(context.ownSteps ?? [], (step) => step.userId);
    this.#tenantChanges = new Map(
      context.changes.flatMap((change) =>
        change.userId === null && change.skuId !== null ? [[change.skuId, change]] : [],
      ),
    );
    this.#changesOfUser = Map.groupBy(context.changes, (change) => change.userId);
    const once = new Map(context.events.map((event) => [event.id, event]));
    for (const event of [...once.values()].sort((a, b) => a.at - b.at)) {
      if (event.result === 'failure') this.#addFailure(event);
      else if (event.at >= this.window.rootFrom && event.at <= this.window.to) this.#add(event);
    }
  }

  #add(event: AuditEvent): void {
    for (const target of event.targets) {
      // A membership is looked up by its member: a group has thousands of them.
      if (target.kind === 'group' && event.group !== null) continue;
      if (target.kind === 'group' && target.id !== null) push(this.#onGroup, target.id, event);
      else if (target.id !== null) push(this.#onUser, target.id, event);
      else if (target.name !== null) push(this.#onUser, nameKey(target.name), event);
    }
    if (event.group) {
      for (const { kind, id, name } of event.targets) {
        const member = kind === 'group' ? null : (id ?? (name === null ? null : nameKey(name)));
        if (member !== null) push(this.#memberships, membershipKey(member, event.group.id), event);
      }
    }
  }

  #addFailure(event: AuditEvent): void {
    for (const { kind, id } of event.targets) {
      if (kind !== 'group' && id !== null && event.at <= this.window.to) push(this.#failures, id, event);
    }
  }

  /**
   * What failed on the user, however long ago it is known. It is never the change, and never its proof; it may
   * tell what was meant.
   */
  failuresOn({ userId }: DetectedChange): readonly AuditEvent[] {
    return userId === null ? [] : (this.#failures.get(userId) ?? []);
  }

  /** All records on the user, by object id; by name only those that carry no id, for a name is reused. */
  onUser(change: DetectedChange): AuditEvent[] {
    return this.#lookUp(this.#onUser, change, (key) => key);
  }

  /** Records that put the user into the group or took them out. */
  memberships(change: DetectedChange, groupId: string): AuditEvent[] {
    return this.#lookUp(this.#memberships, change, (key) => membershipKey(key, groupId));
  }

  /** Records on the group itself: its licenses, its rule, its end. */
  onGroup(groupId: string): AuditEvent[] {
    return this.#onGroup.get(groupId) ?? [];
  }

  /** A record together with its copies in the other log, oldest first: they are one act. */
  withCopies(record: AuditEvent): AuditEvent[] {
    const known = this.#copies.get(record.id);
    if (known) return known;
    const near = record.targets.flatMap(({ id }) =>
      id === null ? [] : [...(this.#onUser.get(id) ?? []), ...(this.#onGroup.get(id) ?? [])],
    );
    const copies = [...new Set([record, ...near.filter((other) => isCopy(record, other))])];
    copies.sort((a, b) => a.at - b.at);
    this.#copies.set(record.id, copies);
    return copies;
  }

  /** What was done to the user's licenses within the change's own window. */
  acts(change: DetectedChange): LicenseAct[] {
    const { userId } = change;
    if (userId === null) return [];
    const known = this.#acts.get(userId);
    if (known) return known;
    const inWindow = this.onUser(change).filter(({ at }) => at >= this.window.from);
    const acts = joinActs(inWindow);
    this.#acts.set(userId, acts);
    return acts;
  }

  /** What happened to the SKU itself between the same reads, if anything. */
  tenantChange(skuId: string): DetectedChange | null {
    return this.#tenantChanges.get(skuId) ?? null;
  }

  changesOfUser(userId: string | null): readonly DetectedChange[] {
    return this.#changesOfUser.get(userId) ?? [];
  }

  /** What we did ourselves for a user, and for everybody in a group. */
  ownSteps(userId: string | null): readonly OwnStep[] {
    const forAll = this.#ownSteps.get(null) ?? [];
    return userId === null ? forAll : [...(this.#ownSteps.get(userId) ?? []), ...forAll];
  }

  #lookUp(
    index: ReadonlyMap<string, AuditEvent[]>,
    { userId, user }: DetectedChange,
    toKey: (key: string) => string,
  ): AuditEvent[] {
    if (userId === null) return [];
    const byId = index.get(toKey(userId)) ?? [];
    const byName = user ? (index.get(toKey(nameKey(user.userPrincipalName))) ?? []) : [];
    return byName.length === 0 ? byId : [...byId, ...byName].sort((a, b) => a.at - b.at);
  }
}

/** The logs number their records differently and may be seconds apart. */
const COPY_MS = 2_000;

function isCopy(a: AuditEvent, b: AuditEvent): boolean {
  if (a.operation.toLowerCase() !== b.operation.toLowerCase() || a.group?.id !== b.group?.id) return false;
  if (a.correlationId !== null && a.correlationId === b.correlationId) return true;
  const sameActor = a.actor !== null && a.actor.id !== null && a.actor.id === b.actor?.id;
  return a.source !== b.source && sameActor && Math.abs(a.at - b.at) <= COPY_MS;
}

const nameKey = (name: string): string => `name:${name.toLowerCase()}`;
const membershipKey = (member: string, groupId: string): string => `${member}|${groupId}`;

function push(index: Map<string, AuditEvent[]>, key: string, event: AuditEvent): void {
  const list = index.get(key);
  if (list) list.push(event);
  else index.set(key, [event]);
}

/** The last record of one of these operations, up to an instant (ms UTC), that fits. */
export const lastOf = (
  events: readonly AuditEvent[],
  operations: readonly ReturnType<typeof licenseOperation>[],
  until: number,
  fits: (event: AuditEvent) => boolean = () => true,
): AuditEvent | null =>
  events.findLast(
    (event) => event.at <= until && operations.includes(licenseOperation(event.operation)) && fits(event),
  ) ?? null;
