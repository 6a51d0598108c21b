import type { Actor } from '../audit/event.ts';

/** "Anna Kowalska" or what stands in for a name. */
export const actorName = (actor: Actor | null): string =>
  actor?.name ?? actor?.id ?? 'Somebody the log does not name';
