import type { Person, Subject } from '../access/person.ts';
import type { Cause } from '../attribution/verdict.ts';
import type { ChangeKind } from '../license/change.ts';

/**
 * "Changes like these are expected", until a date. Made by approving an incident; it matches by labels only,
 * and hides the alert, never the history. Times are ms UTC.
 */
export type SuppressionRule = {
  id: string;
  /** The incident that it was made from. */
  incidentId: string | null;
  by: Person;
  at: number;
  reason: string;
  until: number;
  /** When an owner ended it before its time, and who. */
  endedAt: number | null;
  endedBy: Person | null;
  match: {
    kind: ChangeKind;
    cause: Cause;
    /** Of the actor at the root of the cause; at least one of actor and group is set. */
    actorId: string | null;
    actorName: string | null;
    groupId: string | null;
    /** Null: any product. */
    skuIds: string[] | null;
  };
  /** More users at once than this speak up all the same. */
  maxUsers: number;
};

/** "Snooze this user, product or group until then." Times are ms UTC. */
export type Silence = {
  id: string;
  subject: Subject;
  until: number;
  reason: string;
  by: Person;
  at: number;
  endedAt: number | null;
};

/** "Keep an eye on them": their losses skip the settle time and mention who is on call. `at` is ms UTC. */
export type WatchMark = { subject: Subject & { kind: 'user' | 'group' }; by: Person; at: number };

/** Whether a rule or a silence is in force at `now`, ms UTC. */
export const isInForce = (standing: { until: number; endedAt: number | null }, now: number): boolean =>
  standing.endedAt === null && now < standing.until;
