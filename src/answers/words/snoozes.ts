import { listed } from '../../domain/english.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { count } from '../../domain/numerals.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { formatTime } from '../times/times.ts';
import { subjectNames } from './subjects.ts';

/** What is kept quiet about at present, until when, why and by whom, as rows of a table; soonest end first. */
export async function snoozeRows(snoozed: readonly Incident[], deps: AnswerDeps): Promise<string[][]> {
  const { store, now } = deps;
  const silences = await store.suppression.silences(now);
  const names = await subjectNames(deps, [
    ...silences.map(({ subject }) => subject),
    ...snoozed.flatMap(({ userIds, skuIds }) => [
      ...userIds.slice(0, 1).map((id) => ({ kind: 'user' as const, id })),
      ...skuIds.map((id) => ({ kind: 'sku' as const, id })),
    ]),
  ]);
  const rows = silences.map(({ subject, until, reason, by }) => ({
    until,
    cells: [`all about ${names.name(subject)}`, formatTime(until, deps), reason, by.name],
  }));
  for (const { id, userIds, skuIds, snoozedUntil, snoozeReason } of snoozed) {
    const [first] = userIds;
    const people = [
      ...(first === undefined ? [] : [names.name({ kind: 'user', id: first })]),
      ...(userIds.length > 1 ? [count(userIds.length - 1, 'other')] : []),
    ];
    const products = listed(skuIds.map((skuId) => names.name({ kind: 'sku', id: skuId })));
    const until = snoozedUntil ?? now;
    const who = (await store.decisions.byIncident(id)).findLast(({ kind }) => kind === 'snooze')?.by.name;
    rows.push({
      until,
      cells: [
        `the incident of ${people.length > 0 ? `${listed(people)}: ` : ''}${products}`,
        formatTime(until, deps),
        snoozeReason ?? '',
        who ?? '',
      ],
    });
  }
  return rows.toSorted((a, b) => a.until - b.until).map(({ cells }) => cells);
}
