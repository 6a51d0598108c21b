import { actorName } from '../attribution/actor-text.ts';
import type { ExplainedChange } from '../attribution/explained-change.ts';
import type { Verdict, VerdictLevel } from '../attribution/verdict.ts';
import type { Actor } from '../audit/event.ts';
import { DAY_MS } from '../durations.ts';
import { listed } from '../english.ts';
import type { LicenseChange } from '../license/change.ts';
import { numeral } from '../numerals.ts';
import type { Incident } from './incident.ts';
import type { IncidentGroup } from './incident-group.ts';
import { severityOf } from './severity.ts';

/** Flips of one license further apart than this, ms, are separate events. */
export const FLAPPING_MS = DAY_MS;
/** From this many flips of automations on they are fighting. */
const FLIPS = 3;
const LABEL = 'flapping';

/** Whether an incident tells of a license that goes and comes, instead of one loss. */
export const isFlapping = ({ fingerprint }: Pick<Incident, 'fingerprint'>): boolean =>
  fingerprint.startsWith(`${LABEL}|`);

/** Whether a change takes or gives a license as a whole. */
export const isFlip = ({ kind }: Pick<LicenseChange, 'kind'>): boolean =>
  kind === 'lost' || kind === 'gained';

/**
 * Whether a flip is a side of a fight: two automations, or one of them three times. What a person did is none,
 * by our buttons or elsewhere; what no record explains may be an automation.
 */
export const isSideOfFight = (change: Pick<LicenseChange, 'kind'>, verdict: Verdict | null): boolean =>
  isFlip(change) &&
  verdict?.cause !== 'license-watch' &&
  verdict?.actor?.kind !== 'user' &&
  verdict?.actor?.kind !== 'partner';

/**
 * The licenses that automations took or gave three times or more within a day, each as the list of these flips,
 * oldest first. One automation that removes and another that assigns make one card, not one for each flip.
 * @param fresh the sides of a fight among the changes of one read
 * @param earlier those of the same users within the day before; may hold the fresh ones as well
 */
export function flappingLicenses(
  fresh: readonly LicenseChange[],
  earlier: readonly LicenseChange[],
): LicenseChange[][] {
  const keyOf = ({ userId, skuId }: LicenseChange): string => `${userId}|${skuId}`;
  const newFlips = fresh.filter((change) => isFlip(change) && change.userId !== null);
  const until = Math.max(...newFlips.map((change) => change.observedAfter));
  const known = new Map([...earlier.filter(isFlip), ...newFlips].map((change) => [change.id, change]));
  const flips = [...known.values()].filter(
    ({ observedAfter }) => observedAfter <= until && observedAfter > until - FLAPPING_MS,
  );
  const byLicense = Map.groupBy(flips, keyOf);
  return [...new Set(newFlips.map(keyOf))]
    .map((key) => (byLicense.get(key) ?? []).toSorted((a, b) => a.observedAfter - b.observedAfter))
    .filter((list) => list.length >= FLIPS);
}

const BY_CERTAINTY: readonly VerdictLevel[] = ['proved', 'likely', 'unrecorded', 'unexplained'];

/**
 * The incident of one product that goes and comes, with the cause of its surest loss.
 * @param flips all flips of the product, of whichever users, each with its verdict
 */
export function flappingGroup(
  skuId: string,
  flips: readonly { change: LicenseChange; verdict: Verdict | null }[],
): IncidentGroup {
  const verdicts = flips.flatMap(({ change, verdict }) =>
    change.kind === 'lost' && verdict ? [verdict] : [],
  );
  const surest = verdicts.toSorted(
    (a, b) => BY_CERTAINTY.indexOf(a.level) - BY_CERTAINTY.indexOf(b.level),
  )[0];
  const userIds = [...new Set(flips.flatMap(({ change }) => change.userId ?? []))];
  return {
    fingerprint: `${LABEL}|${skuId}`,
    kind: 'lost',
    cause: surest?.cause ?? 'unknown',
    level: surest?.level ?? 'unexplained',
    actor: surest?.actor ?? null,
    groupId: surest?.groupId ?? null,
    severity: severityOf(['lost'], userIds.length),
    userIds,
    skuIds: [skuId],
    changes: flips.map((_, index) => index),
  };
}

/**
 * Who takes a license and who gives it back, in a sentence that names both sides.
 * @param named the actor with the name that people know
 */
export function flappingSentence(
  flips: readonly ExplainedChange[],
  named: (actor: Actor | null) => Actor | null,
): string {
  const sides = flips.filter(({ change, verdict }) => isSideOfFight(change, verdict));
  const sideOf = (kind: 'lost' | 'gained'): string => {
    const names = sides.flatMap(({ change, verdict }) =>
      change.kind === kind
        ? [verdict?.actor ? actorName(named(verdict.actor)) : 'somebody no log names yet']
        : [],
    );
    return listed([...new Set(names)]);
  };
  const [takers, givers] = [sideOf('lost'), sideOf('gained')];
  if (givers === '') {
    return `Removed by ${takers} ${numeral(sides.length)} times within a day, no matter who gives it back. It goes again until that stops.`;
  }
  if (takers === givers) {
    return `Removed and given back by ${takers}: ${numeral(sides.length)} changes within a day. It goes on until that stops.`;
  }
  return `Removed by ${takers}, given back by ${givers}: ${numeral(sides.length)} changes within a day. They undo each other’s work until one of them stops.`;
}
