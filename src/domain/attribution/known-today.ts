import type { Actor, AuditEvent } from '../audit/event.ts';
import { systemActorOf, withKnownKind } from '../audit/system-actors.ts';

/**
 * Records with the actors that today's code knows: the archive holds some from before Microsoft's licensing
 * service was known. A service that one record names is known by its id in the others, too:
 * the copy in the other log often holds nothing else.
 */
export function asKnownToday(events: readonly AuditEvent[]): AuditEvent[] {
  const services = new Map<string, Actor>();
  for (const { actor } of events) {
    if (!actor?.id || actor.kind === 'user' || actor.kind === 'partner') continue;
    if (systemActorOf({ actor, actionClient: null })) services.set(actor.id, actor);
  }
  return events.map((event) => {
    const { actor } = event;
    const named = actor?.id ? (services.get(actor.id) ?? actor) : actor;
    return { ...event, actor: named && withKnownKind(named) };
  });
}
