import { capitalised, listedUpTo } from '../english.ts';
import type { Incident } from '../incident/incident.ts';
import { compareSeverity } from '../incident/severity.ts';
import { count, plural } from '../numerals.ts';

/** What the notices need of an incident. */
type Known = Pick<Incident, 'kind' | 'userIds' | 'restoredUserIds' | 'skuIds' | 'severity'>;

/** A title and a text for the channel. */
export type NoticeText = { title: string; text: string };

/**
 * What became worse in an incident, a sentence each; empty when nothing did: more people without their license,
 * more products, or more severe than before.
 */
export function whatIsWorse(before: Known, after: Known, productName: (skuId: string) => string): string[] {
  const already = new Set(without(before));
  const more = without(after).filter((userId) => !already.has(userId)).length;
  const products = after.skuIds.filter((skuId) => !before.skuIds.includes(skuId)).map(productName);
  return [
    ...(more > 0 ? [`${count(more, 'more user')} ${plural(more, 'is', 'are')} affected now.`] : []),
    ...(products.length > 0 ? [`It now also concerns ${namesOf(products)}.`] : []),
    ...(compareSeverity(after.severity, before.severity) < 0
      ? [`Its severity has risen from ${before.severity} to ${after.severity}.`]
      : []),
  ];
}

/** Says that a snoozed incident is back before its time. Names no users: all of the channel reads it. */
export const worseNotice = (
  after: Known,
  worse: readonly string[],
  productName: (skuId: string) => string,
): NoticeText => ({
  title: 'A snoozed incident got worse',
  text: [...worse, `The snooze is over: ${standing(after, productName)}`].join(' '),
});

/** Says that an incident whose card stands already now concerns somebody that people keep an eye on. */
export const watchedNotice = (incident: Known, productName: (skuId: string) => string): NoticeText => ({
  title: 'Somebody on the watch list is affected',
  text: `An incident that was alerted before now concerns them too: ${standing(incident, productName)}`,
});

/** Says that the time of a snooze has come and the incident is still open. Names no users. */
export const snoozeOverNotice = (
  incident: Known,
  reason: string | null,
  productName: (skuId: string) => string,
): NoticeText => ({
  title: 'The snooze is over',
  text: [
    capitalised(standing(incident, productName)),
    ...(reason === null || reason === '' ? [] : [`It was snoozed because of “${reason}”.`]),
  ].join(' '),
});

/** "3 users are still without Microsoft 365 E3." */
function standing(incident: Known, productName: (skuId: string) => string): string {
  const left = without(incident).length;
  const products = namesOf(incident.skuIds.map(productName));
  if (left === 0) return `the incident about ${products} is still open.`;
  const users = `${count(left, 'user')} ${plural(left, 'is', 'are')}`;
  return incident.kind === 'account-removed'
    ? `${users} still deleted.`
    : `${users} still without ${products}.`;
}

const without = ({ userIds, restoredUserIds }: Known): string[] =>
  userIds.filter((userId) => !restoredUserIds.includes(userId));

const namesOf = (names: readonly string[]): string => listedUpTo(names, 2) || 'the subscription';
