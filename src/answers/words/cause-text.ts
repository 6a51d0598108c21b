import { actorName } from '../../domain/attribution/actor-text.ts';
import { certainty, NOT_KNOWN_YET } from '../../domain/attribution/certainty.ts';
import type { Verdict } from '../../domain/attribution/verdict.ts';
import { causeSentence } from '../../domain/incident-view/wording.ts';
import type { ChangeKind } from '../../domain/license/change.ts';
import type { ExplainedChange, StoredUser } from '../../domain/ports.ts';
import { type Names, thenAndNow } from './names.ts';

/** What a person does to a license, by what came of it. */
const DEEDS: Readonly<Partial<Record<ChangeKind, string>>> = {
  lost: 'removed it',
  gained: 'assigned it',
  swap: 'changed it',
  'path-changed': 'changed how it is assigned',
  'plans-changed': 'changed its service plans',
};

/** Who or what was behind a change, in a sentence; says so when nobody knows yet. */
export function causeText(
  { change, verdict }: ExplainedChange,
  names: Names,
  auditingOff: boolean,
  actor: StoredUser | undefined,
): string {
  if (!verdict) return 'The change is new: its cause is being looked for.';
  // Our own work is told with who decided it, which only the chain knows.
  const [own] = verdict.cause === 'license-watch' ? verdict.chain : [];
  if (own) return own.what;
  const half = verdict.missingSkuId;
  const undone =
    half === undefined ? '' : ` The swap is half done: ${names.product(half)} did not come in its place.`;
  return `${causeOf(change.kind, verdict, names, auditingOff, actor)}${undone}`;
}

function causeOf(
  kind: ChangeKind,
  verdict: Verdict,
  names: Names,
  auditingOff: boolean,
  actor: StoredUser | undefined,
): string {
  const named = { ...verdict, actor: withNameNow(verdict.actor, actor) };
  const deed = DEEDS[kind];
  if (deed && verdict.cause === 'admin-action') return `${actorName(named.actor)} ${deed}.`;
  if (deed && verdict.cause === 'self-service')
    return `${actorName(named.actor)} ${deed} for their own account.`;
  if (deed && verdict.cause === 'automation') return `The app ${actorName(named.actor)} ${deed}.`;
  const group = verdict.groupId === null ? null : names.group(verdict.groupId);
  return causeSentence(
    { ...named, kind },
    group,
    verdict.advisories[0] ?? null,
    !auditingOff,
    verdict.evidence.length > 0,
  );
}

const withNameNow = (actor: Verdict['actor'], stored: StoredUser | undefined): Verdict['actor'] => {
  if (!actor || !stored || actor.kind !== 'user') return actor;
  const { displayName, userPrincipalName } = stored.state;
  // The logs name people by UPN; a UPN that is still theirs is told as the name that everybody knows.
  const same = actor.name?.toLowerCase() === userPrincipalName.toLowerCase();
  return { ...actor, name: same ? displayName : thenAndNow(actor.name, displayName) };
};

/** "Confirmed by the audit log", "Likely", "Cause not known yet", "No record exists". */
export const certaintyText = (verdict: Verdict | null): string =>
  verdict ? certainty(verdict.level, verdict.evidence.length > 0) : NOT_KNOWN_YET;

/** The user ids of the actors of these changes, to look up what they are called now. */
export const actorIds = (changes: readonly ExplainedChange[]): string[] =>
  changes.flatMap(({ verdict }) => (verdict?.actor?.id ? [verdict.actor.id] : []));
