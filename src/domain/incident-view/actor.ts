import type { Actor } from '../audit/event.ts';
import type { ViewContext } from './context.ts';

/**
 * The logs name people by UPN: where the actor is known, by the name that everybody knows. An actor who is one
 * of the users that the viewer may not see, as when they changed their own license, stays without a name.
 */
export function asKnown(actor: Actor | null, { stored, hidden }: ViewContext): Actor | null {
  if (actor?.kind !== 'user' || actor.id === null) return actor;
  if (hidden.has(actor.id)) return { ...actor, id: null, name: 'One of the users' };
  const known = stored.get(actor.id)?.state;
  return known ? { ...actor, name: known.displayName } : actor;
}
