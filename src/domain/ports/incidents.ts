/** What is stored of incidents and of what people decided. Times are ms UTC; ids are lower case. */
import type { Verdict } from '../attribution/verdict.ts';
import type { Decision, RestoreStep, StepStatus } from '../incident/decision.ts';
import type { Incident } from '../incident/incident.ts';
import type { OutboxItem } from './outbox.ts';

export type IncidentCommit = {
  incidents: readonly Incident[];
  verdicts: readonly { changeId: string; at: number; verdict: Verdict }[];
  /** Changes that need no more settling. */
  settled: readonly string[];
  outbox: readonly OutboxItem[];
  decision?: Decision;
  steps?: readonly RestoreStep[];
};

export interface IncidentStore {
  byId(id: string): Promise<Incident | null>;
  open(): Promise<Incident[]>;
  /** Newest first, whatever their status. */
  recent(limit: number): Promise<Incident[]>;
  /** Incidents without a proved or likely cause that opened since then, ms UTC, whatever their status. */
  unexplained(openedSince: number): Promise<Incident[]>;
  /** Open incident with this fingerprint. */
  openByFingerprint(fingerprint: string): Promise<Incident | null>;
  /**
   * Writes everything in one transaction. An incident whose stored revision is not the one given minus
   * one makes the whole commit fail with `false`: somebody else was first.
   */
  commit(commit: IncidentCommit): Promise<boolean>;
}

export interface DecisionStore {
  byIncident(incidentId: string): Promise<Decision[]>;
  recent(limit: number): Promise<Decision[]>;
  append(decision: Decision): Promise<void>;
  steps(incidentId: string): Promise<RestoreStep[]>;
  plannedSteps(): Promise<RestoreStep[]>;
  setStep(
    decisionId: string,
    stepNo: number,
    status: StepStatus,
    message: string | null,
    at: number,
  ): Promise<void>;
}
