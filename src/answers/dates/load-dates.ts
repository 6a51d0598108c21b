import type { AuditEvent } from '../../domain/audit/event.ts';
import { type AssignmentDates, datesOf } from '../../domain/dates/dates-of.ts';
import { type Period, periodNow } from '../../domain/dates/periods.ts';
import { type Holding, holdingsOf } from '../../domain/license/holdings.ts';
import { type Assignment, heldSkus } from '../../domain/license/user-state.ts';
import type { StoredUser } from '../../domain/ports.ts';
import type { AnswerStore } from '../answer/deps.ts';
import { inRecords } from '../words/in-records.ts';

/** Since when people have what they have. */
export type KnownDates = {
  /** The four dates of one assignment. */
  of(user: StoredUser, assignment: Pick<Assignment, 'skuId' | 'path' | 'disabledPlans'>): AssignmentDates;
  /** The period in which somebody has a product now, by whatever path; null when changes do not tell. */
  periodOf(user: StoredUser, skuId: string): Period | null;
};

/** More changes of so many people than this are not looked through: the oldest are left out. */
const MAX_CHANGES = 20_000;

/**
 * Loads what tells since when these people have their licenses: Microsoft's dates, changes that were seen, and audit
 * records of any age. Takes up to a thousand people at a time.
 * @param now ms UTC
 */
export async function loadDates(
  users: readonly StoredUser[],
  store: Pick<AnswerStore, 'licenseDates' | 'changes' | 'audit' | 'users'>,
  now: number,
): Promise<KnownDates> {
  const ids = [...new Set(users.map(({ state }) => state.id))];
  const dates = new Map((await store.licenseDates.byUsers(ids)).map((one) => [one.userId, one]));
  const changes = ids.length === 0 ? [] : await store.changes.find({ userIds: ids, limit: MAX_CHANGES });
  const targetIds = inRecords(ids, users);
  const events = ids.length === 0 ? [] : await store.audit.find({ from: 0, to: now + 1, targetIds });
  const eventsOf = byTarget(events);
  const plans = new Map((await store.users.tenant()).skus.map(({ skuId, planIds }) => [skuId, planIds]));
  const changesOf = Map.groupBy(changes, ({ change }) => change.userId);
  const holdings = new Map<string, Holding[]>();
  const partsOf = ({ state }: StoredUser, skuId: string) => {
    const changes = (changesOf.get(state.id) ?? []).map(({ change }) => change);
    const all = holdings.get(state.id) ?? holdingsOf(state, changes);
    holdings.set(state.id, all);
    return all.filter((holding) => holding.skuId === skuId);
  };
  return {
    periodOf: (user, skuId) => periodNow(partsOf(user, skuId)),
    of(user, assignment) {
      const { skuId, path } = assignment;
      const { state, firstSeenAt } = user;
      return datesOf(assignment, {
        dates: dates.get(state.id) ?? null,
        period: periodNow(partsOf(user, skuId).filter((part) => part.path === path)),
        firstSeenAt,
        events: inRecords([state.id], [user]).flatMap((name) => eventsOf.get(name) ?? []),
        plansOf: (id) => plans.get(id) ?? [],
        otherSkus: [...heldSkus(state)].filter((other) => other !== skuId),
      });
    },
  };
}

/** Records by the id and the name, in lower case, of each of their targets. */
function byTarget(events: readonly AuditEvent[]): Map<string, AuditEvent[]> {
  const found = new Map<string, AuditEvent[]>();
  for (const event of events) {
    const keys = event.targets.flatMap(({ id, name }) => [id, name?.toLowerCase()]);
    for (const key of new Set(keys)) {
      if (!key) continue;
      const known = found.get(key);
      if (known) known.push(event);
      else found.set(key, [event]);
    }
  }
  return found;
}
