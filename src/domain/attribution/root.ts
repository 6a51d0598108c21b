import type { Actor, AuditEvent } from '../audit/event.ts';
import { systemActorOf } from '../audit/system-actors.ts';
import type { DetectedChange } from '../license/change.ts';
import type { AttributionContext, Cause } from './verdict.ts';

/**
 * Who set something off, and what that makes the cause when nothing more special is known. Nobody did, where a
 * subscription came to its end.
 */
export type Root = { cause: Cause; actor: Actor | null };

/**
 * Who is behind a record, or null when the record names nobody, or a service that only carries out what
 * somebody else set off: then one has to look further.
 */
export function rootOf(event: AuditEvent, change: DetectedChange, context: AttributionContext): Root | null {
  const { actor } = event;
  const known = systemActorOf(event);
  if (known?.role === 'directory-sync') {
    return {
      cause: 'directory-sync',
      actor: { id: actor?.id ?? null, name: actor?.name ?? 'Directory synchronisation', kind: 'system' },
    };
  }
  if (known?.role === 'subscription-lifecycle') return { cause: 'subscription-lifecycle', actor: null };
  if (known?.answer === 'look further' || actor === null) return null;
  if (known) return { cause: known.role === 'sign-up' ? 'self-service' : 'microsoft-change', actor };
  if (isOurselves(actor, context)) return { cause: 'license-watch', actor };
  switch (actor.kind) {
    case 'app':
      return { cause: 'automation', actor };
    case 'partner':
      return { cause: 'admin-action', actor };
    case 'user':
      return { cause: isThemselves(actor, change) ? 'self-service' : 'admin-action', actor };
    case 'system':
      return null;
  }
}

/** Who is behind one act, out of its records: the first that names somebody. */
export function rootOfAct(
  records: readonly AuditEvent[],
  change: DetectedChange,
  context: AttributionContext,
): Root | null {
  for (const record of records) {
    const root = rootOf(record, change, context);
    if (root) return root;
  }
  return null;
}

const isOurselves = (actor: Actor, { ownAppIds }: AttributionContext): boolean =>
  [actor.id, actor.appId].some((id) => typeof id === 'string' && ownAppIds.includes(id));

function isThemselves(actor: Actor, change: DetectedChange): boolean {
  if (actor.id !== null) return actor.id === change.userId;
  return actor.name !== null && actor.name.toLowerCase() === change.user?.userPrincipalName.toLowerCase();
}

/**
 * The cause of something that a person or app did through a group or to an account: what was done is the
 * cause, except where the actor alone is (the directory sync, the end of a subscription, and we ourselves).
 */
export const causeThrough = (root: Root | null, through: Cause): Cause =>
  root !== null && OF_THE_ACTOR.has(root.cause) ? root.cause : through;

const OF_THE_ACTOR: ReadonlySet<Cause> = new Set([
  'directory-sync',
  'subscription-lifecycle',
  'license-watch',
]);
