import type { Cause, VerdictLevel } from '../attribution/verdict.ts';
import type { Actor } from '../audit/event.ts';
import type { ChangeKind } from '../license/change.ts';
import type { Severity } from './incident.ts';

/** Changes with one cause, to be told as one incident. */
export type IncidentGroup = {
  fingerprint: string;
  kind: ChangeKind;
  cause: Cause;
  level: VerdictLevel;
  actor: Actor | null;
  groupId: string | null;
  severity: Severity;
  userIds: string[];
  skuIds: string[];
  /** Positions in the list of changes that was given. */
  changes: number[];
};
