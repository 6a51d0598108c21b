import type { Subject } from '../../domain/access/person.ts';
import { inScope, inScopeOf, type Scope } from '../../domain/access/scope.ts';
import { takesInAlert } from '../../domain/detection/alerts/who-may-see.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { isInError } from '../../domain/license/user-filter.ts';
import { DIRECT, heldSkus, type UserState } from '../../domain/license/user-state.ts';
import type { ExplainedChange, GroupCount, StoredUser } from '../../domain/ports.ts';
import type { AnswerStore } from '../answer/deps.ts';
import { scopedAudit } from './scope-audit.ts';
import { scopedDecisions } from './scope-decisions.ts';

type Narrow = ReadonlySet<string>;

/** How many users are read at a time. */
const USERS_AT_ONCE = 1_000;

/**
 * The store as somebody sees it who may see only some users: the one place where that is decided for answers
 * and exports. What tells of other users is left out or made narrower; what tells of the tenant as a whole
 * (products, groups, reads, logs) stays. Whoever caused a change of a visible user is named all the same.
 */
export function scopedStore(store: AnswerStore, sees: Scope): AnswerStore {
  if (sees === null) return store;
  const users = scopedUsers(store.users, sees);
  return {
    scans: store.scans,
    users,
    changes: scopedChanges(store.changes, sees),
    audit: scopedAudit(store.audit, users, sees),
    incidents: scopedIncidents(store.incidents, sees),
    decisions: scopedDecisions(store.decisions, store.incidents, sees),
    askedChanges: scopedAsked(store.askedChanges, sees),
    suppression: scopedSuppression(store.suppression, sees),
    signIns: {
      state: () => store.signIns.state(),
      byUsers: (userIds) => store.signIns.byUsers(inScopeOf(sees, userIds)),
      perhapsUnused: async (since) => inScopeOf(sees, await store.signIns.perhapsUnused(since)),
    },
    licenseDates: {
      run: () => store.licenseDates.run(),
      byUsers: (userIds) => store.licenseDates.byUsers(inScopeOf(sees, userIds)),
    },
    usage: {
      reports: () => store.usage.reports(),
      byUsers: (userIds) => store.usage.byUsers(inScopeOf(sees, userIds)),
      notUsing: async (...asked) => inScopeOf(sees, await store.usage.notUsing(...asked)),
      unknownOf: async (...asked) => inScopeOf(sees, await store.usage.unknownOf(...asked)),
    },
    outbox: scopedOutbox(store, sees),
    alerts: scopedAlerts(store, sees),
    security: {
      // A count names nobody.
      backlog: () => store.security.backlog(),
      open: async () => (await store.security.open()).filter((alert) => takesInAlert(sees, alert)),
    },
    notifications: store.notifications,
    conversations: store.conversations,
    jobs: store.jobs,
    ...(store.units ? { units: store.units } : {}),
    writeProblem: () => store.writeProblem(),
  };
}

function scopedUsers(users: AnswerStore['users'], sees: Narrow): AnswerStore['users'] {
  const all = async function* (): AsyncGenerator<StoredUser[]> {
    const ids = [...sees];
    for (let start = 0; start < ids.length; start += USERS_AT_ONCE) {
      yield await users.byIds(ids.slice(start, start + USERS_AT_ONCE));
    }
  };
  return {
    byIds: (ids) => users.byIds(inScopeOf(sees, ids)),
    find: (filter, part) =>
      users.find({ ...filter, among: filter.among ? inScopeOf(sees, filter.among) : [...sees] }, part),
    idsOf: async (filter) => inScopeOf(sees, await users.idsOf(filter)),
    departments: () => users.departments(),
    named: async (names) => (await users.named(names)).filter(({ userId }) => sees.has(userId)),
    all,
    async count() {
      const count = { present: 0, licensed: 0 };
      for await (const chunk of all()) {
        for (const { state, removedAt } of chunk) {
          if (removedAt !== null) continue;
          count.present++;
          if (heldSkus(state).size > 0) count.licensed++;
        }
      }
      return count;
    },
    async groupCounts() {
      const counts = new Map<string, GroupCount>();
      for await (const chunk of all()) {
        for (const { state, removedAt } of chunk) if (removedAt === null) countUser(counts, state);
      }
      return [...counts.values()];
    },
    tenant: () => users.tenant(),
    tenantReadAt: () => users.tenantReadAt(),
  };
}

function countUser(counts: Map<string, GroupCount>, { assignments }: UserState): void {
  const byGroup = Map.groupBy(
    assignments.filter(({ path }) => path !== DIRECT),
    ({ path }) => path,
  );
  for (const [groupId, given] of byGroup) {
    const before = counts.get(groupId) ?? { groupId, members: 0, inError: 0 };
    const inError = before.inError + (given.some(isInError) ? 1 : 0);
    counts.set(groupId, { groupId, members: before.members + 1, inError });
  }
}

function scopedChanges(changes: AnswerStore['changes'], sees: Narrow): AnswerStore['changes'] {
  const isVisible = ({ change }: ExplainedChange): boolean =>
    change.userId === null || sees.has(change.userId);
  return {
    // Asked for in the query itself, so that a limit counts only what is visible.
    find: (filter) =>
      changes.find({ ...filter, userIds: filter.userIds ? inScopeOf(sees, filter.userIds) : [...sees] }),
    byIds: async (ids) => (await changes.byIds(ids)).filter(isVisible),
  };
}

function scopedIncidents(incidents: AnswerStore['incidents'], sees: Narrow): AnswerStore['incidents'] {
  const visible = (all: readonly Incident[]): Incident[] =>
    all.flatMap((incident) => narrowIncident(incident, sees) ?? []);
  return {
    async byId(id) {
      const incident = await incidents.byId(id);
      return incident && narrowIncident(incident, sees);
    },
    open: async () => visible(await incidents.open()),
    recent: async (limit) => visible(await incidents.recent(limit)),
  };
}

/** What was asked of a second operator, for the users who are seen only. */
const scopedAsked = (asked: AnswerStore['askedChanges'], sees: Narrow): AnswerStore['askedChanges'] => ({
  byIds: async (ids) =>
    (await asked.byIds(ids)).flatMap((change) => {
      const userIds = inScopeOf(sees, change.asked.userIds);
      return userIds.length === 0 ? [] : [{ ...change, asked: { ...change.asked, userIds } }];
    }),
});

/** Where cards of visible incidents stand. */
const scopedOutbox = (store: AnswerStore, sees: Narrow): AnswerStore['outbox'] => ({
  backlog: (now) => store.outbox.backlog(now),
  postedCard: async (incidentId) =>
    (await seesIncident(store, incidentId, sees)) ? store.outbox.postedCard(incidentId) : null,
});

/** Why there was an alert or none, of visible changes and incidents. */
const scopedAlerts = (store: AnswerStore, sees: Narrow): AnswerStore['alerts'] => ({
  async about(changeIds, incidentIds) {
    const changes = await scopedChanges(store.changes, sees).byIds(changeIds);
    const seen = await Promise.all(incidentIds.map((id) => seesIncident(store, id, sees)));
    return store.alerts.about(
      changes.map(({ change }) => change.id),
      incidentIds.filter((_, index) => seen[index]),
    );
  },
  reads: (from, to, limit) => store.alerts.reads(from, to, limit),
});

async function seesIncident({ incidents }: AnswerStore, id: string, sees: Narrow): Promise<boolean> {
  const incident = await incidents.byId(id);
  return incident !== null && narrowIncident(incident, sees) !== null;
}

/** An incident with only the users that somebody may see; null when it has users and none of them is. */
export function narrowIncident(incident: Incident, sees: Scope): Incident | null {
  const userIds = inScopeOf(sees, incident.userIds);
  if (userIds.length === 0 && incident.userIds.length > 0) return null;
  const { request } = incident;
  return {
    ...incident,
    userIds,
    restoredUserIds: inScopeOf(sees, incident.restoredUserIds),
    undoneUserIds: inScopeOf(sees, incident.undoneUserIds),
    request: request && { ...request, userIds: request.userIds && inScopeOf(sees, request.userIds) },
  };
}

/** Whether somebody may know that this is watched, or kept quiet about. */
const seesSubject = (sees: Scope, { kind, id }: Subject): boolean => kind !== 'user' || inScope(sees, id);

const scopedSuppression = (
  suppression: AnswerStore['suppression'],
  sees: Narrow,
): AnswerStore['suppression'] => ({
  rules: () => suppression.rules(),
  silences: async (now) =>
    (await suppression.silences(now)).filter(({ subject }) => seesSubject(sees, subject)),
  marks: async () => (await suppression.marks()).filter(({ subject }) => seesSubject(sees, subject)),
});
