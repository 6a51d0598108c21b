/** What is stored of rules, silences and marks. Times are ms UTC; ids are lower case. */

import type { Subject } from '../access/person.ts';
import type { Decision } from '../incident/decision.ts';
import type { Silence, SuppressionRule, WatchMark } from '../suppression/suppression.ts';

/** One change, written together with the decision that asked for it. */
export type StandingCommit = {
  decision: Decision;
  /** New, or the same rule with another end. */
  rule?: SuppressionRule;
  /** New, or the same silence with another end. */
  silence?: Silence;
  mark?: WatchMark;
  unmark?: Subject;
};

export interface SuppressionStore {
  /** All rules ever made, newest first. */
  rules(): Promise<SuppressionRule[]>;
  /** Silences in force at `now`, newest first. */
  silences(now: number): Promise<Silence[]>;
  silence(id: string): Promise<Silence | null>;
  marks(): Promise<WatchMark[]>;
  /** One transaction. False, and nothing written, when a decision with this id is there: somebody else was first. */
  commit(commit: StandingCommit): Promise<boolean>;
}
