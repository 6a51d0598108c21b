import type { AuditEvent, LoggedLicense } from './event.ts';
import { licenseOperation } from './operation.ts';
import { isRestamp } from './property-value.ts';
import { isCarriedOut } from './system-actors.ts';

/**
 * One act on one user's licenses, out of all records that tell of it: the pair `Change user license` and
 * `Update user`, the parts of a sequenced record, and the copies of both logs.
 */
export type LicenseAct = {
  /** Oldest first. */
  events: AuditEvent[];
  /** ms UTC. */
  at: number;
  /**
   * The record that names who acted best; its actor may still be null. A person's own record, even an empty
   * one, goes before that of a service which carried it out.
   */
  named: AuditEvent;
  /** The license sets that the records show; empty when they say only that something changed. */
  shown: { before: LoggedLicense[]; after: LoggedLicense[] }[];
};

/** Records of one act that have no common id lie this close together. */
const PAIR_MS = 2_000;

/**
 * Joins the records about one user into acts, oldest first. The join key is the correlation id (or the key of
 * a sequence); the target is the same for all by the caller's choice. A record left alone joins an act of the
 * same actor within two seconds where one of the two lacks what the other has: that is how the pairs of some
 * tenants come. Records that only stamp the same assignments again are no act. Takes successful, reassembled
 * records only.
 */
export function joinActs(eventsOnUser: readonly AuditEvent[]): LicenseAct[] {
  const relevant = eventsOnUser.filter(isAboutLicenses).sort((a, b) => a.at - b.at);
  const byKey = new Map<string, AuditEvent[]>();
  for (const event of relevant) {
    const key = event.correlationId ?? event.sequence?.key ?? event.id;
    const together = byKey.get(key);
    if (together) together.push(event);
    else byKey.set(key, [event]);
  }
  return joinLonePairs([...byKey.values()])
    .filter((events) => events.some(tellsOfLicenses) && !isOnlyRestamp(events))
    .map(toAct)
    .sort((a, b) => a.at - b.at);
}

const isAboutLicenses = (event: AuditEvent): boolean => {
  const operation = licenseOperation(event.operation);
  return operation === 'change-user-license' || operation === 'update-user' || operation === 'add-user';
};

/** An `Update user` without licenses says nothing of licenses by itself. */
const tellsOfLicenses = (event: AuditEvent): boolean =>
  event.licenses !== null || licenseOperation(event.operation) === 'change-user-license';

/** Microsoft's licensing service stamps assignments again that did not change: such an act explains nothing. */
const isOnlyRestamp = (events: readonly AuditEvent[]): boolean =>
  events.some(({ modified }) => isRestamp(modified)) &&
  events.every(({ licenses, modified }) => licenses === null || isRestamp(modified));

function joinLonePairs(sets: AuditEvent[][]): AuditEvent[][] {
  const joined: AuditEvent[][] = [];
  for (const events of sets) {
    const partner = joined.find((other) => completes(other, events));
    if (partner) partner.push(...events);
    else joined.push([...events]);
  }
  return joined;
}

/** Whether one set is only an empty `Change user license` and the other only its `Update user`, or its copy in the other log. */
function completes(a: readonly AuditEvent[], b: readonly AuditEvent[]): boolean {
  const [first, second] = [a[0], b[0]];
  if (a.length !== 1 || b.length !== 1 || !first || !second) return false;
  const operations = new Set([licenseOperation(first.operation), licenseOperation(second.operation)]);
  const isPair =
    operations.has('change-user-license') &&
    (operations.has('update-user') || first.source !== second.source);
  const oneShows = (first.licenses === null) !== (second.licenses === null);
  return isPair && oneShows && sameActor(first, second) && Math.abs(first.at - second.at) <= PAIR_MS;
}

const sameActor = (a: AuditEvent, b: AuditEvent): boolean =>
  a.actor !== null &&
  b.actor !== null &&
  (a.actor.id !== null && b.actor.id !== null ? a.actor.id === b.actor.id : a.actor.name === b.actor.name);

function bestNamed(events: readonly AuditEvent[]): AuditEvent | undefined {
  const deciding = events.filter((event) => !isCarriedOut(event));
  return [deciding, events]
    .flatMap((some) => [some.find(({ actor }) => actor?.id), some.find(({ actor }) => actor !== null)])
    .find((event) => event !== undefined);
}

function toAct(events: AuditEvent[]): LicenseAct {
  const ordered = events.toSorted((a, b) => a.at - b.at);
  const [first] = ordered;
  if (!first) throw new RangeError('an act has at least one record');
  return {
    events: ordered,
    at: first.at,
    named: bestNamed(ordered) ?? first,
    shown: ordered.flatMap((event) => (event.licenses ? [event.licenses] : [])),
  };
}
