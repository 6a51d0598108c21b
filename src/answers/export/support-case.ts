import type { AuditEvent } from '../../domain/audit/event.ts';
import { HOUR_MS } from '../../domain/durations.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { Assignment } from '../../domain/license/user-state.ts';
import type { ExplainedChange } from '../../domain/ports.ts';
import type { AnswerStore } from '../answer/deps.ts';
import { inRecords } from '../words/in-records.ts';
import { loadNames, type Names } from '../words/names.ts';
import { type ExportedRow, type ExportTable, iso } from './table.ts';

const COLUMNS = ['part', 'at_utc', 'what', 'details'] as const;

/** Records from so long before the first read that still had the license, and after the last one, ms. */
const AROUND_MS = HOUR_MS;
/** A cause tells the time of its record to the second, ms. */
const NEAR_MS = 1_000;
/** Records that a cause names elsewhere in the log are looked for at so many times. */
const MAX_LOOKED_UP = 50;

type Part =
  | 'incident'
  | 'user'
  | 'change'
  | 'audit record'
  | 'coverage'
  | 'auditing'
  | 'service incident'
  | 'decision';

const row = (part: Part, at: number | null, what: string, details: object): ExportedRow => ({
  cells: [part, iso(at), what, JSON.stringify(details)],
  record: { part, at_utc: iso(at), what, ...details },
});

/**
 * What a support case needs of one incident, in one file: the incident, its users before and after, each change with
 * its cause, the audit records around them, how far the logs had told everything, Microsoft's own incidents at the
 * time, and what was decided. Times are UTC. Users that the store does not show are in none of it.
 */
export const supportCaseTable = (incidentId: string): ExportTable => ({
  columns: COLUMNS,
  async *rows(store) {
    const incident = await store.incidents.byId(incidentId);
    if (!incident) return;
    const names = await loadNames(store);
    const changes = await store.changes.byIds(incident.changeIds);
    const reads = changes.map(({ change }) => change);
    const from = Math.min(
      ...(reads.length > 0 ? reads.map((one) => one.observedBefore) : [incident.openedAt]),
    );
    const to = Math.max(...(reads.length > 0 ? reads.map((one) => one.observedAfter) : [incident.openedAt]));
    yield [
      row('incident', incident.openedAt, `${incident.kind}, ${incident.status}, ${incident.severity}`, {
        id: incident.id,
        last_seen_with: iso(from),
        first_seen_without: iso(to),
        cause: incident.cause,
        certainty: incident.level,
        actor: incident.actor,
        products: incident.skuIds.map((skuId) => ({ sku_id: skuId, name: names.product(skuId) })),
        group: incident.groupId,
        users: incident.userIds.length,
      }),
    ];
    yield* usersOf(store, incident.userIds, changes, names);
    yield changes.map((explained) => changeRow(explained, names));
    yield (await recordsOf(store, incident, changes, { from: from - AROUND_MS, to: to + AROUND_MS })).map(
      recordRow,
    );
    yield await coverageRows(store);
    yield (await store.audit.serviceIssues(from, to)).map((issue) =>
      row('service incident', issue.startAt, `${issue.id}: ${issue.title}`, {
        service: issue.service,
        classification: issue.classification,
        status: issue.status,
        ended_at: iso(issue.endAt),
        impact: issue.impact,
      }),
    );
    yield (await store.decisions.byIncident(incidentId)).map((decision) =>
      row('decision', decision.at, decision.kind, { id: decision.id, reason: decision.reason }),
    );
  },
});

const licenses = (assignments: readonly Assignment[], names: Names): object[] =>
  assignments.map(({ skuId, path, state, error, disabledPlans }) => ({
    sku_id: skuId,
    product: names.product(skuId),
    path: names.path(path),
    state,
    error,
    disabled_plans: disabledPlans,
  }));

async function* usersOf(
  store: AnswerStore,
  userIds: readonly string[],
  changes: readonly ExplainedChange[],
  names: Names,
): AsyncGenerator<ExportedRow[]> {
  const size = 500;
  for (let start = 0; start < userIds.length; start += size) {
    const users = await store.users.byIds(userIds.slice(start, start + size));
    yield users.map(({ state }) => {
      const own = changes.flatMap(({ change }) => (change.userId === state.id ? [change] : []));
      return row('user', null, state.userPrincipalName, {
        id: state.id,
        display_name: state.displayName,
        before: licenses(
          own.flatMap(({ before }) => before),
          names,
        ),
        after: licenses(
          own.flatMap(({ after }) => after),
          names,
        ),
        now: licenses(state.assignments, names),
      });
    });
  }
}

function changeRow({ change, verdict }: ExplainedChange, names: Names): ExportedRow {
  const product = change.skuId === null ? '' : ` ${names.product(change.skuId)}`;
  return row('change', change.observedAfter, `${change.kind}${product}`, {
    id: change.id,
    user_id: change.userId,
    seen_before: iso(change.observedBefore),
    seen_after: iso(change.observedAfter),
    cause: verdict?.cause ?? null,
    certainty: verdict?.level ?? null,
    actor: verdict?.actor ?? null,
  });
}

/** What the logs say of these users and of the group in that time, by id or name, and every record that a cause names. */
async function recordsOf(
  { audit, users }: AnswerStore,
  { userIds, groupId }: Incident,
  changes: readonly ExplainedChange[],
  window: { from: number; to: number },
): Promise<AuditEvent[]> {
  const ids = [...userIds, ...(groupId === null ? [] : [groupId])];
  const targetIds = inRecords(ids, await users.byIds(userIds));
  const found = ids.length === 0 ? [] : await audit.find({ ...window, targetIds });
  const links = changes.flatMap(({ verdict }) => verdict?.chain ?? []);
  const named = new Set(links.flatMap(({ evidence }) => evidence));
  for (const { id } of found) named.delete(id);
  const times = new Set(
    links.filter(({ evidence }) => evidence.some((id) => named.has(id))).map(({ at }) => at),
  );
  for (const at of [...times].slice(0, MAX_LOOKED_UP)) {
    const near = await audit.find({ from: at - NEAR_MS, to: at + NEAR_MS });
    for (const event of near) if (named.delete(event.id)) found.push(event);
  }
  return found.toSorted((a, b) => a.at - b.at);
}

const recordRow = (event: AuditEvent): ExportedRow =>
  row('audit record', event.at, event.operation, { ...event, at: iso(event.at) });

async function coverageRows({ audit }: AnswerStore): Promise<ExportedRow[]> {
  const { state, since } = await audit.auditing();
  return [
    row('auditing', since, state, {}),
    ...(await audit.coverage()).map(({ source, completeTo, completeFrom = null }) =>
      row('coverage', completeTo, source, { complete_from: iso(completeFrom), complete_to: iso(completeTo) }),
    ),
  ];
}
