import type { Verdict, VerdictLevel } from '../attribution/verdict.ts';
import { fingerprintOf } from '../incident/fingerprint.ts';
import type { IncidentGroup } from '../incident/incident-group.ts';
import { compareSeverity, severityOf } from '../incident/severity.ts';
import type { ChangeKind, DetectedChange } from '../license/change.ts';
import { decideAlert } from './decide-alert.ts';

export type { IncidentGroup } from '../incident/incident-group.ts';

/** The kind that stands for an incident of several: the cause before its effects. */
const LEADING: readonly ChangeKind[] = [
  'subscription-changed',
  'seats-changed',
  'lost',
  'never-granted',
  'account-removed',
];

/** What a change needs to be told beside itself. */
export type ReadAround = {
  /** Accounts that went in the same read, where some of its changes are told before the others. */
  accountsRemoved: number;
  /** Whether people keep an eye on who lost something: then their account alone is told. */
  isWatched: (change: DetectedChange) => boolean;
};

/**
 * The incidents that the changes of one read make, worst first. Only what somebody should hear of is in
 * them: losses, licenses never granted, subscriptions for the worse, seats below what is used, and accounts
 * that go three or more at once or that people keep an eye on. Our own acts are history.
 * @param verdicts one for each change, in the same order
 * @param scanId the read: what is unexplained or unrecorded in one read is one incident
 */
export function groupIntoIncidents(
  changes: readonly DetectedChange[],
  verdicts: readonly Verdict[],
  scanId: string,
  around: Partial<ReadAround> = {},
): IncidentGroup[] {
  const {
    accountsRemoved = changes.filter(({ kind }) => kind === 'account-removed').length,
    isWatched = () => false,
  } = around;
  const told = changes.flatMap((change, index) => {
    const verdict = verdicts[index];
    if (!verdict) return [];
    const { act } = decideAlert({
      about: 'change',
      change,
      verdict,
      became: 'tell',
      fight: 'none',
      accountsRemoved,
      isWatched: isWatched(change),
    });
    return act === 'alert' ? [{ change, verdict, index }] : [];
  });
  const groups = Map.groupBy(told, ({ change, verdict }) => fingerprintOf(change, verdict, scanId));
  return [...groups]
    .map(([fingerprint, members]) => toGroup(fingerprint, members))
    .sort(
      (a, b) => compareSeverity(a.severity, b.severity) || (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0),
    );
}

type Member = { change: DetectedChange; verdict: Verdict; index: number };

/** The surest verdict speaks for all: it is the one with the most behind it. */
const BY_CERTAINTY: readonly VerdictLevel[] = ['proved', 'likely', 'unrecorded', 'unexplained'];

function toGroup(fingerprint: string, members: readonly Member[]): IncidentGroup {
  const kinds = members.map(({ change }) => change.kind);
  const userIds = [...new Set(members.flatMap(({ change }) => change.userId ?? []))];
  const verdict = surest(members);
  return {
    fingerprint,
    kind: LEADING.find((kind) => kinds.includes(kind)) ?? 'lost',
    cause: verdict.cause,
    level: verdict.level,
    actor: verdict.actor,
    groupId: members.every((member) => member.verdict.groupId === verdict.groupId) ? verdict.groupId : null,
    severity: severityOf(kinds, userIds.length, verdict),
    userIds,
    skuIds: [...new Set(members.flatMap(({ change }) => change.skuId ?? []))],
    changes: members.map(({ index }) => index),
  };
}

function surest(members: readonly Member[]): Verdict {
  for (const level of BY_CERTAINTY) {
    const found = members.find(({ verdict }) => verdict.level === level);
    if (found) return found.verdict;
  }
  throw new RangeError('an incident has at least one change');
}
