import type { Subject } from '../access/person.ts';
import type { Incident } from '../incident/incident.ts';
import { isInForce, type Silence } from './suppression.ts';

/** Why an incident is quiet, and until when (ms UTC). */
export type Quiet = { until: number; reason: string };

/**
 * Whether silences cover all of an incident: each of its users, each of its products, or its group. It is quiet
 * for as long as one of these holds, and not after the first of its users (or products) may be told of again.
 * `now` is ms UTC.
 */
export function silenceOver(
  incident: Pick<Incident, 'userIds' | 'skuIds' | 'groupId'>,
  silences: readonly Silence[],
  now: number,
): Quiet | null {
  const inForce = silences.filter((silence) => isInForce(silence, now));
  const ways = [
    overAll(inForce, 'user', incident.userIds),
    overAll(inForce, 'sku', incident.skuIds),
    overAll(inForce, 'group', incident.groupId === null ? [] : [incident.groupId]),
  ].flatMap((silence) => silence ?? []);
  const longest = ways.toSorted((a, b) => b.until - a.until)[0];
  return longest ? { until: longest.until, reason: longest.reason } : null;
}

/** The silence over these that ends first, each counted with its longest; null when one of them has none. */
function overAll(
  silences: readonly Silence[],
  kind: Subject['kind'],
  ids: readonly string[],
): Silence | null {
  const longest = ids.map(
    (id) =>
      silences
        .filter(({ subject }) => subject.kind === kind && subject.id === id)
        .toSorted((a, b) => b.until - a.until)[0],
  );
  if (longest.some((silence) => silence === undefined)) return null;
  return longest.flatMap((silence) => silence ?? []).toSorted((a, b) => a.until - b.until)[0] ?? null;
}
