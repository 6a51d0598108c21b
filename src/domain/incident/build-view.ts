import { namesLicensing } from '../attribution/causes/no-record.ts';
import type { Actor, ServiceIssue, SourceCoverage } from '../audit/event.ts';
import type { LicensedGroup } from '../license/sku.ts';
import { type Assignment, DIRECT, gives, type UserState } from '../license/user-state.ts';
import type { ExplainedChange, StoredUser } from '../ports.ts';
import { planRestore } from '../restore/plan.ts';
import type { Decision, RestoreStep } from './decision.ts';
import { flappingSentence, isFlapping } from './flapping.ts';
import type { Incident } from './incident.ts';
import type { AffectedUser, AffectedUserStatus, IncidentView } from './view.ts';
import { causeSentence, certainty, flappingTitle, halfSwapTitle, incidentTitle } from './wording.ts';

/** All that a card needs, loaded from the store. */
export type IncidentFacts = {
  incident: Incident;
  changes: readonly ExplainedChange[];
  /** The incident's users, and its actor where it is one. */
  users: readonly StoredUser[];
  decisions: readonly Decision[];
  steps: readonly RestoreStep[];
  groups: readonly LicensedGroup[];
  coverage: readonly SourceCoverage[];
  auditingEnabled: boolean | null;
  serviceIssues: readonly ServiceIssue[];
  productName: (skuId: string) => string;
  planName: (planId: string) => string;
};

const SOURCE_NAMES: Record<SourceCoverage['source'], string> = {
  directoryAudits: 'Entra audit log',
  activity: 'Unified audit log',
  auditSearch: 'Purview audit search',
};

/** Everything an incident's card shows. Pure: the same facts give the same view. */
export function buildIncidentView(facts: IncidentFacts): IncidentView {
  const { incident, changes, serviceIssues } = facts;
  const plan = planOf(facts);
  const affected = affectedUsers(facts, plan);
  const issues = serviceIssues.filter(namesLicensing);
  const groupName = incident.groupId === null ? null : nameOfGroup(facts.groups, incident.groupId);
  const verdicts = changes.flatMap(({ verdict }) => verdict ?? []);
  const windows = changes.map(({ change }) => change);
  const open = incident.status === 'open';
  const states = new Map(facts.users.map((user) => [user.state.id, user.state]));
  const synced = incident.userIds.filter((id) => states.get(id)?.onPremisesSyncEnabled === true).length;
  return {
    incidentId: incident.id,
    revision: incident.revision,
    kind: incident.kind,
    cause: incident.cause,
    level: incident.level,
    severity: incident.severity,
    status: incident.status,
    title: titleOf(facts)(
      incident,
      affected.map((user) => user.name),
      incident.skuIds.map(facts.productName),
      windows.findLast((change) => change.kind === 'subscription-changed')?.skuAfter?.capabilityStatus ??
        null,
    ),
    observedBefore: Math.min(...windows.map((change) => change.observedBefore)),
    observedAfter: Math.max(...windows.map((change) => change.observedAfter)),
    causeSentence: [
      isFlapping(incident)
        ? flappingSentence(changes, (actor) => nameNow(actor, states))
        : causeSentence(
            { ...incident, actor: nameNow(incident.actor, states) },
            groupName,
            issues[0]?.id ?? null,
            facts.auditingEnabled !== false,
          ),
      ...(open && incident.level === 'unexplained' ? ['This card changes when a record arrives.'] : []),
    ].join(' '),
    certainty: certainty(
      incident.level,
      verdicts.some((verdict) => verdict.evidence.length > 0),
    ),
    // What is not known is said once, by the cause and by what was checked.
    chain: chainOf(verdicts.filter(({ cause, evidence }) => cause !== 'unknown' || evidence.length > 0)),
    checked: {
      sources: facts.coverage.map(({ source, completeTo }) => ({ name: SOURCE_NAMES[source], completeTo })),
      auditingEnabled: facts.auditingEnabled,
      serviceIssues: issues.map(({ id, title, status }) => ({ id, title, status: inWords(status) })),
      cloudUsers: incident.userIds.length - synced,
      syncedUsers: synced,
    },
    users: affected,
    userCount: incident.userIds.length,
    restoredCount: affected.filter((user) => user.status === 'restored').length,
    failedCount: affected.filter((user) => user.status === 'failed').length,
    log: decisionLog(facts),
    snoozedUntil: incident.snoozedUntil,
    can: {
      reassign:
        open && affected.some(({ userId, status }) => plan.restorable.has(userId) && status !== 'restoring'),
      approve: open,
      snooze: open,
    },
  };
}

/** A license that goes and comes, and a swap that stopped half-way, are told as what they are. */
function titleOf({ incident, changes, productName }: IncidentFacts): typeof incidentTitle {
  if (isFlapping(incident)) return flappingTitle;
  const missing = changes.map(({ verdict }) => verdict?.missingSkuId);
  const [first] = missing;
  if (first === undefined || missing.some((skuId) => skuId !== first)) return incidentTitle;
  return (_incident, users, products) => halfSwapTitle(users, products, productName(first));
}

/** The logs name people by UPN: where the actor is known, by the name that everybody knows. */
function nameNow(actor: Actor | null, states: ReadonlyMap<string, UserState>): Actor | null {
  const known = actor?.kind === 'user' ? states.get(actor.id ?? '') : undefined;
  return actor && known ? { ...actor, name: known.displayName } : actor;
}

/** `serviceDegradation` as people say it. */
const inWords = (status: string): string => status.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();

/** The story, each sentence once, oldest first; a long one is told by its first twenty sentences. */
function chainOf(
  verdicts: readonly NonNullable<ExplainedChange['verdict']>[],
): { at: number; what: string }[] {
  const links = new Map<string, { at: number; what: string }>();
  for (const verdict of verdicts) {
    for (const { at, what } of verdict.chain) links.set(`${at} ${what}`, { at, what });
    if (links.size > 200) break;
  }
  return [...links.values()].sort((a, b) => a.at - b.at).slice(0, 20);
}

const nameOfGroup = (groups: readonly LicensedGroup[], id: string): string =>
  groups.find((group) => group.id === id)?.displayName ?? id;

type Plan = { restorable: Set<string>; blocked: Map<string, string> };

/** Whom Reassign would help, and why it would not help the others. */
function planOf({ incident, changes, users, groups }: IncidentFacts): Plan {
  const present = new Map(
    users.filter((user) => user.removedAt === null).map(({ state }) => [state.id, state]),
  );
  const all = changes.map(({ change }) => change);
  const plan = planRestore(all, present, new Set(incident.userIds), (id) => nameOfGroup(groups, id));
  return {
    restorable: new Set(plan.users.map((user) => user.userId)),
    blocked: new Map(plan.blocked.map(({ userId, reason }) => [userId, reason])),
  };
}

function affectedUsers(facts: IncidentFacts, plan: Plan): AffectedUser[] {
  const { incident } = facts;
  const changesByUser = Map.groupBy(facts.changes, ({ change }) => change.userId);
  const stepsByUser = Map.groupBy(facts.steps, (step) => step.userId);
  const stored = new Map(facts.users.map((user) => [user.state.id, user]));
  const restored = new Set(incident.restoredUserIds);
  return incident.userIds
    .map((userId): AffectedUser => {
      const mine = changesByUser.get(userId) ?? [];
      const then = mine[0]?.change.user;
      const now = stored.get(userId)?.state;
      const step = stepsByUser.get(userId)?.at(-1);
      return {
        userId,
        name: now?.displayName ?? then?.displayName ?? userId,
        userPrincipalName: now?.userPrincipalName ?? then?.userPrincipalName ?? '',
        had: lastHeld(mine).map((assignment) => hadOf(facts, assignment)),
        status: statusOf(restored.has(userId), step),
        note: restored.has(userId) ? null : (step?.message ?? plan.blocked.get(userId) ?? null),
      };
    })
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** What somebody held before the changes; of a license that was lost more than once, as it was the last time. */
function lastHeld(changes: readonly ExplainedChange[]): Assignment[] {
  const byLicense = new Map<string, Assignment>();
  for (const { change } of changes.toSorted((a, b) => a.change.observedAfter - b.change.observedAfter)) {
    for (const held of change.before.filter(gives)) byLicense.set(`${held.skuId}|${held.path}`, held);
  }
  return [...byLicense.values()];
}

function hadOf(facts: IncidentFacts, assignment: Assignment): AffectedUser['had'][number] {
  return {
    product: facts.productName(assignment.skuId),
    path:
      assignment.path === DIRECT
        ? 'assigned directly'
        : `through ${nameOfGroup(facts.groups, assignment.path)}`,
    disabledPlans: assignment.disabledPlans.map(facts.planName),
  };
}

function statusOf(restored: boolean, step: RestoreStep | undefined): AffectedUserStatus {
  if (restored) return 'restored';
  if (!step) return 'lost';
  return step.status === 'refused' || step.status === 'failed' ? 'failed' : 'restoring';
}

function decisionLog(facts: IncidentFacts): { at: number; what: string }[] {
  const { incident } = facts;
  const names = new Map(facts.users.map((user) => [user.state.id, user.state.displayName]));
  const log = facts.decisions.map((decision) => ({
    at: decision.at,
    what: decisionSentence(decision, names, incident),
  }));
  if (incident.status === 'restored') {
    log.push({ at: incident.updatedAt, what: 'A new read of the tenant shows that everything is back' });
  }
  return log.sort((a, b) => a.at - b.at);
}

function decisionSentence(
  decision: Decision,
  names: ReadonlyMap<string, string>,
  incident: Incident,
): string {
  const by = decision.by.name;
  const because = decision.reason ? `: “${decision.reason}”` : '';
  switch (decision.kind) {
    case 'reassign': {
      const chosen = decision.userIds?.map((id) => names.get(id) ?? id) ?? [];
      const some = decision.userIds !== null && chosen.length < incident.userIds.length;
      return `${by} pressed Reassign for ${some ? chosen.join(', ') : 'everyone'}`;
    }
    case 'approve':
      return `${by} approved the change${because}`;
    case 'snooze':
      return `${by} snoozed this${because}`;
    case 'set-channel':
      return `${by} moved the alerts to this channel`;
  }
}
