import type { AuditEvent } from '../../audit/event.ts';
import { MINUTE_MS } from '../../durations.ts';
import type { DetectedChange } from '../../license/change.ts';
import { actorNameOf } from '../actor-name.ts';
import { type Evidence, lastOf } from '../evidence.ts';
import { type CauseRule, type Finding, link } from '../finding.ts';
import { actorName, userName } from '../names.ts';
import { causeThrough, rootOfAct } from '../root.ts';

/** The admin center takes an account's licenses away seconds before it deletes the account: one act. */
const STRIP_MS = 5 * MINUTE_MS;

/** Accounts that were deleted, left the scope of the directory sync, or came back. */
export const accountChange: CauseRule = (change, evidence) => {
  if (change.kind === 'account-removed') return removed(change, evidence);
  if (change.kind === 'account-restored') return restored(change, evidence);
  return null;
};

function removed(change: DetectedChange, evidence: Evidence): Finding | null {
  const { context } = evidence;
  const deletion = inWindow(change, evidence, 'delete-user');
  if (!deletion) {
    if (change.userId === null || !context.deletedUserIds.includes(change.userId)) return null;
    const what = `${userName(change)} is in the deleted users; no record says who deleted the account.`;
    return {
      level: 'likely',
      cause: 'account-deleted',
      actor: null,
      chain: [link(context.observedAfter, what)],
      groupId: null,
    };
  }
  const root = rootOfAct(evidence.withCopies(deletion), change, context);
  const who = actorName(root?.actor ?? null, context);
  const what =
    root?.cause === 'directory-sync'
      ? `${userName(change)} left the scope of the directory sync, and ${who} deleted the account.`
      : `${who} deleted the account of ${userName(change)}.`;
  return {
    level: 'proved',
    cause: causeThrough(root, 'account-deleted'),
    actor: root?.actor ?? null,
    chain: [...strips(change, deletion, evidence), link(deletion.at, what, evidence.withCopies(deletion))],
    groupId: null,
  };
}

function strips(change: DetectedChange, deletion: AuditEvent, evidence: Evidence) {
  const records = evidence
    .acts(change)
    .filter((act) => act.at <= deletion.at && act.at >= deletion.at - STRIP_MS)
    .filter((act) => act.named.actor !== null && act.named.actor.id === deletion.actor?.id)
    .flatMap((act) => act.events);
  const [first] = records;
  return first
    ? [link(first.at, `The licenses of ${userName(change)} were taken away before the deletion.`, records)]
    : [];
}

function restored(change: DetectedChange, evidence: Evidence): Finding | null {
  const { context } = evidence;
  const record = inWindow(change, evidence, 'restore-user');
  if (!record) return null;
  const root = rootOfAct(evidence.withCopies(record), change, context);
  const what = `${actorNameOf(root, change, evidence)} restored the account of ${userName(change)}.`;
  return {
    level: 'proved',
    cause: causeThrough(root, 'account-restored'),
    actor: root?.actor ?? null,
    chain: [link(record.at, what, evidence.withCopies(record))],
    groupId: null,
  };
}

function inWindow(
  change: DetectedChange,
  evidence: Evidence,
  operation: 'delete-user' | 'restore-user',
): AuditEvent | null {
  const { from, to } = evidence.window;
  return lastOf(evidence.onUser(change), [operation], to, (event) => event.at >= from);
}
