import { isHidden } from '../../domain/alert/suppressed.ts';
import type { SecurityIncident } from '../../domain/detection/alerts/security-incident.ts';
import { WEEK_MS } from '../../domain/durations.ts';
import { listed } from '../../domain/english.ts';
import type { Incident, Severity } from '../../domain/incident/incident.ts';
import { count } from '../../domain/numerals.ts';
import type { Query } from '../../language/query.ts';
import type { About } from '../answer/about.ts';
import type { Answer, TableBlock } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer, pageTable, table } from '../answer/make-answer.ts';
import { pageOf } from '../answer/paging.ts';
import { formatTime } from '../times/times.ts';
import { completeUntil } from '../words/completeness.ts';
import { openAlerts } from '../words/detections-text.ts';
import { EXPECTED_BY_A_RULE } from '../words/expected.ts';
import { loadNames, usersById } from '../words/names.ts';

const ORDER: Readonly<Record<Severity, number>> = { critical: 0, high: 1, medium: 2, low: 3 };
const MAX_INCIDENTS = 25;

/** Open incidents that concern the people, products and groups of a query, the gravest and newest first. */
export async function openIncidents(query: About, { store }: Pick<AnswerDeps, 'store'>): Promise<Incident[]> {
  return (await store.incidents.open())
    .filter((incident) => concerns(incident, query))
    .toSorted((a, b) => ORDER[a.severity] - ORDER[b.severity] || b.openedAt - a.openedAt);
}

/** Restored incidents of which somebody asks to undo the restore: a second operator is waited for. */
export async function waitingUndos(query: Query, { store }: AnswerDeps): Promise<Incident[]> {
  const recent = await store.incidents.recent(MAX_RECENT);
  return recent.filter(
    (incident) => incident.status !== 'open' && incident.request !== null && concerns(incident, query),
  );
}

/** The newest incident about these people that was approved: that can be taken back. */
export async function approvedLately(query: Query, { store }: AnswerDeps): Promise<Incident | null> {
  if (query.people.length === 0) return null;
  const recent = await store.incidents.recent(MAX_RECENT);
  return recent.find((incident) => incident.status === 'approved' && concerns(incident, query)) ?? null;
}

/** What waits for a decision. A single one is shown as its card. */
export async function incidents(query: Query, deps: AnswerDeps): Promise<Answer> {
  const open = [...(await openIncidents(query, deps)), ...(await waitingUndos(query, deps))];
  const until = await completeUntil(deps.store, deps);
  const alerts = await openAlerts(query, deps);
  const alertTable = securityTable(alerts, deps);
  const [only] = open;
  if (!only) {
    const none = await noneOpen(query, deps);
    const lead =
      alerts.length === 0
        ? none
        : `${none} ${count(alerts.length, 'security alert is', 'security alerts are')} open.`;
    return makeAnswer('incidents', lead, {
      blocks: [...alertTable, ...(await expectedLately(query, deps))],
      completeUntil: until,
      next: ['lost licenses this week'],
    });
  }
  const { shown: onPage, rest } = pageOf(open, query, deps);
  const views = await Promise.all(onPage.map(({ id }) => deps.incidentView(id)));
  const [view] = views;
  const also = alerts.length === 0 ? '' : ` and ${count(alerts.length, 'open security alert')}`;
  return makeAnswer('incidents', `${count(open.length, 'open incident')}${also}.`, {
    blocks: [
      ...pageTable(
        ['Incident', 'Severity', 'Since', 'Cause', 'How sure'],
        views
          .filter((shown) => shown !== null)
          .map((shown) => [
            shown.title,
            shown.severity,
            formatTime(shown.observedAfter, deps),
            shown.causeSentence,
            shown.snoozedUntil !== null && shown.snoozedUntil > deps.now
              ? `${shown.certainty}; snoozed until ${formatTime(shown.snoozedUntil, deps)}`
              : shown.certainty,
          ]),
      ),
      ...alertTable,
      ...(await expectedLately(query, deps)),
    ],
    completeUntil: until,
    // A person is enough to name an incident: with one that fits, its card is shown.
    next: views
      .flatMap((shown) => shown?.users[0]?.userPrincipalName ?? [])
      .map((upn) => `open incidents of ${upn}`),
    request:
      open.length === 1 && alerts.length === 0 && view ? { kind: 'show-incident', incident: view } : null,
    ...rest,
  });
}

/** Alerts of detections stand in a table of their own: they have cards of another kind. */
function securityTable(alerts: readonly SecurityIncident[], deps: AnswerDeps): TableBlock[] {
  if (alerts.length === 0) return [];
  return table(
    ['Security alert', 'Level', 'Since'],
    alerts
      .slice(0, MAX_INCIDENTS)
      .map(({ words, level, firstAt, snoozedUntil }) => [
        words.title,
        snoozedUntil !== null && snoozedUntil > deps.now
          ? `${level}; snoozed until ${formatTime(snoozedUntil, deps)}`
          : level,
        formatTime(firstAt, deps),
      ]),
    alerts.length,
  );
}

/** "No incident is open." of everything, "No open incident about Visio Plan 2." of what was asked. */
export async function noneOpen(about: About, deps: Pick<AnswerDeps, 'store'>): Promise<string> {
  const names = await loadNames(deps.store);
  const people = [...(await usersById(deps.store, about.people)).values()];
  const asked = [
    ...people.map(({ state }) => state.displayName),
    ...about.skus.map(names.product),
    ...about.groups.map(names.group),
  ];
  return asked.length === 0 ? 'No incident is open.' : `No open incident about ${listed(asked)}.`;
}

/** Whether an incident is about what was asked for. */
export const concerns = ({ userIds, skuIds, groupId }: Incident, { people, skus, groups }: About): boolean =>
  touches(people, userIds) && touches(skus, skuIds) && touches(groups, groupId === null ? [] : [groupId]);

const touches = (wanted: readonly string[], ids: readonly string[]): boolean =>
  wanted.length === 0 || wanted.some((id) => ids.includes(id));

const MAX_RECENT = 500;

/** A rule hides the alert, never the history: what was expected in the time asked about, else in a week. */
async function expectedLately(query: Query, deps: AnswerDeps): Promise<TableBlock[]> {
  const { from, to } = query.range ?? { from: deps.now - WEEK_MS, to: Number.POSITIVE_INFINITY };
  const rules = await deps.store.suppression.rules();
  if (rules.length === 0) return [];
  const expected = (await deps.store.incidents.recent(MAX_RECENT)).filter(
    (incident) =>
      isHidden(incident) && incident.openedAt >= from && incident.openedAt < to && concerns(incident, query),
  );
  if (expected.length === 0) return [];
  const views = await Promise.all(expected.slice(0, MAX_INCIDENTS).map(({ id }) => deps.incidentView(id)));
  return table(
    ['Incident', 'Since', 'Why nobody was alerted'],
    views
      .filter((view) => view !== null)
      .map((view) => [view.title, formatTime(view.observedAfter, deps), EXPECTED_BY_A_RULE]),
    expected.length,
  );
}
