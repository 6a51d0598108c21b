import type { Incident } from './incident.ts';
import type { IncidentGroup } from './incident-group.ts';
import { closeIncident, explainIncident, joinIncident, openIncident, touchIncident } from './life-cycle.ts';
import { staysWhole } from './stays-whole.ts';

export type Regrouping = {
  /** The incident whose changes were explained again. */
  incident: Incident;
  /** How its changes belong together now; empty when none of them needs telling any more. */
  groups: readonly IncidentGroup[];
  /** Ids of the changes that the groups' positions mean. */
  changeIds: readonly string[];
  /** Other open incidents, by fingerprint. */
  others: ReadonlyMap<string, Incident>;
  /** Whether somebody set out to restore it: then its users stay together with what was decided for them. */
  isBegun: boolean;
  /** Whether some of its changes have a new verdict, which its card then shows. */
  isNews: boolean;
  newId: () => string;
  /** ms UTC. */
  now: number;
};

/**
 * Late evidence splits and merges incidents as their changes now belong: the largest part stays with the
 * incident, the others join the open incident with their cause or open one; a part whose cause has an
 * incident already leaves for it. An incident that was decided on, or that somebody set out to restore, is
 * explained, but not taken apart: on another card nobody would see what is under way, and press once more. One of
 * many users is not taken apart either while the logs may still tell of those that no record explains.
 * @returns the incidents that are new or changed, the given one first if it is among them
 */
export function regroup(regrouping: Regrouping): Incident[] {
  const { incident, others, now } = regrouping;
  const groups = regrouping.groups.toSorted((a, b) => b.changes.length - a.changes.length);
  const idsOf = (group: IncidentGroup): string[] =>
    group.changes.flatMap((index) => regrouping.changeIds[index] ?? []);
  const [largest] = groups;
  const elsewhere = (group: IncidentGroup): Incident | undefined => {
    const other = others.get(group.fingerprint);
    return other && other.id !== incident.id ? other : undefined;
  };
  if (incident.status !== 'open' || regrouping.isBegun) {
    if (!largest) return [];
    // Two open incidents cannot have one fingerprint.
    const fingerprint = elsewhere(largest) ? incident.fingerprint : largest.fingerprint;
    return unlessSame(incident, explainAll(incident, { ...largest, fingerprint }, now));
  }
  if (staysWhole(incident, groups, now)) {
    const rest = groups.find(({ level }) => level === 'unexplained') ?? largest;
    if (!rest) return [];
    const whole = explainAll(incident, { ...rest, fingerprint: incident.fingerprint }, now);
    return whole === incident && regrouping.isNews
      ? [touchIncident(incident, now)]
      : unlessSame(incident, whole);
  }
  const staying = groups.find((group) => !elsewhere(group));
  const kept = staying
    ? explainIncident(incident, staying, idsOf(staying), now)
    : closeIncident(incident, now);
  const leaving = groups.filter((group) => group !== staying);
  return [
    ...unlessSame(incident, kept),
    ...leaving.map((group) => {
      const other = elsewhere(group);
      return other
        ? joinIncident(other, group, idsOf(group), now)
        : openIncident(group, idsOf(group), regrouping.newId(), now);
    }),
  ];
}

const unlessSame = (before: Incident, after: Incident): Incident[] => (after === before ? [] : [after]);

/** One group speaks for the whole incident, as the cause that explains most of a decided one; users and changes stay. */
function explainAll(incident: Incident, group: IncidentGroup, now: number): Incident {
  const { kind, userIds, skuIds, severity } = incident;
  return explainIncident(incident, { ...group, kind, userIds, skuIds, severity }, incident.changeIds, now);
}
