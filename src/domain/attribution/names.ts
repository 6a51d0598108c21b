import type { Actor } from '../audit/event.ts';
import { productName } from '../license/catalogue.ts';
import type { DetectedChange } from '../license/change.ts';
import type { AttributionContext } from './verdict.ts';

/** How a sentence names whoever acted: the name that people know, else the one in the record. */
export function actorName(actor: Actor | null, context: AttributionContext): string {
  if (actor === null) return 'Somebody the record doesn’t name';
  const known = actor.id === null ? undefined : context.names?.get(actor.id);
  const name = known ?? actor.name ?? actor.id ?? 'somebody';
  switch (actor.kind) {
    case 'app':
      return `The app ${name}`;
    case 'partner':
      return `The partner account ${name}`;
    case 'user':
    case 'system':
      return name;
  }
}

export const userName = (change: DetectedChange): string => change.user?.displayName ?? 'the user';

export const productOf = (change: DetectedChange, skuId = change.skuId): string =>
  productName(
    skuId ?? '',
    skuId === change.skuId ? (change.skuAfter ?? change.skuBefore)?.partNumber : undefined,
  );

/** A group's name as the directory or a record tells it, else its id. */
export function groupName(groupId: string, context: AttributionContext, logged?: string | null): string {
  return context.groups.find((group) => group.id === groupId)?.displayName ?? logged ?? groupId;
}
