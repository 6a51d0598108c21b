import type { Deadline } from '../deadlines.ts';
import type { PlanView } from '../plan-view-types.ts';
import type { AskedChange, AskedEnding, AskedFor } from './asked-change.ts';

/** Whether a write needs a second operator, and whether one can be asked. */
export type SecondOperator = 'not-needed' | 'can-be-asked' | 'no-channel';

/** How a second operator can be asked, where no channel is known. */
export const NO_CHANNEL =
  'A second operator must confirm this, and I have no channel to ask in. An owner can say “post alerts in this channel” in your operators’ channel; then ask me again.';

/** A change of licenses that waits for a second operator, or did, as cards show it. Times are ms UTC. */
export type AskedView = {
  id: string;
  kind: AskedFor['kind'];
  by: { aadObjectId: string; name: string };
  at: number;
  expiresAt: number;
  /** "assign Visio Plan 2 to 12 users" */
  what: string;
  /** What would be written now; null where it has ended, and where not everybody who reads it may see the users. */
  plan: PlanView | null;
  deadlines: Deadline[];
  ended: { how: AskedEnding; name: string; at: number; reason: string | null } | null;
};

/** A request as cards show it. `plan` is what it would write now, for the person who may see it. */
export const askedViewOf = (
  { id, by, at, expiresAt, asked, ended }: AskedChange,
  what: string,
  plan: { view: PlanView; deadlines: Deadline[] } | null,
): AskedView => ({
  id,
  kind: asked.kind,
  by: { aadObjectId: by.aadObjectId, name: by.name },
  at,
  expiresAt,
  what,
  plan: plan?.view ?? null,
  deadlines: plan?.deadlines ?? [],
  ended: ended && { how: ended.how, name: ended.by.name, at: ended.at, reason: ended.reason },
});

/** "Lee Gu declined the request to assign Visio Plan 2 to 12 users: leavers." For the asker. */
export function endingInWords({ what, ended }: Pick<AskedView, 'what' | 'ended'>): string {
  if (ended === null) return `Your request to ${what} waits for a second operator.`;
  const because = ended.reason === null ? '.' : `: “${ended.reason}”`;
  switch (ended.how) {
    case 'confirmed':
      return `${ended.name} confirmed your request to ${what}.`;
    case 'declined':
      return `${ended.name} declined your request to ${what}${because}`;
    case 'withdrawn':
      return `You withdrew your request to ${what}.`;
    case 'expired':
      return `Nobody confirmed your request to ${what} in time, so nothing was changed. Ask again if it is still needed.`;
  }
}
