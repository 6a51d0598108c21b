import type { Scope } from '../access/scope.ts';
import type { ExplainedChange } from '../attribution/explained-change.ts';
import type { ServiceIssue, SourceCoverage } from '../audit/event.ts';
import type { PostedCard } from '../delivery/posted-card.ts';
import type { Decision } from '../incident/decision.ts';
import type { Incident } from '../incident/incident.ts';
import type { TenantState } from '../license/sku.ts';
import type { StoredUser } from '../license/stored-user.ts';
import type { RestoreStep } from '../restore/step.ts';

/** All that a card needs, loaded from the store. Times are ms UTC. */
export type IncidentFacts = {
  incident: Incident;
  /** All changes of the incident: what helps everybody at once can only be planned with everybody's. */
  changes: readonly ExplainedChange[];
  /** All users of the incident, and its actors where they are users. */
  users: readonly StoredUser[];
  /** About this incident, oldest first. */
  decisions: readonly Decision[];
  steps: readonly RestoreStep[];
  /** Its card in Teams, also one that somebody deleted; null where none was ever sent. */
  card: PostedCard | null;
  tenant: TenantState;
  coverage: readonly SourceCoverage[];
  /** Null: nothing tells. */
  auditingEnabled: boolean | null;
  /** Logs that cannot be read, or have gone silent, since a time (ms UTC). */
  troubles?: readonly { source: SourceCoverage['source']; kind: 'failing' | 'silent'; since: number }[];
  serviceIssues: readonly ServiceIssue[];
  now: number;
  /** Whom the viewer may see: nobody else is named, and what is shown of them alone is left out. */
  sees: Scope;
  /** Whom the viewer may act on: the plan is made for these, as it is when they press. */
  acts: Scope;
  productName: (skuId: string) => string;
  servicePlanName: (servicePlanId: string) => string;
};
