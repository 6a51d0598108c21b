/** What is stored of incidents and of what people decided. Times are ms UTC; ids are lower case. */
import type { AlertNote } from '../alert/reason.ts';
import type { Verdict } from '../attribution/verdict.ts';
import type { Decision } from '../incident/decision.ts';
import type { Incident } from '../incident/incident.ts';
import type { AskedChange } from '../restore/requests/asked-change.ts';
import type { RestoreStep, StepStatus } from '../restore/step.ts';
import type { Silence, SuppressionRule } from '../suppression/suppression.ts';
import type { OutboxItem } from './outbox.ts';
import type { SecurityCommit } from './security.ts';

export type IncidentCommit = {
  incidents: readonly Incident[];
  verdicts: readonly { changeId: string; at: number; verdict: Verdict }[];
  /** Changes that need no more settling. */
  settled: readonly string[];
  outbox: readonly OutboxItem[];
  /** Why people are alerted by this, or are not. */
  alerts?: readonly AlertNote[];
  decisions?: readonly Decision[];
  /** A request for a second operator beside any incident, over the revision before, as with incidents. */
  asked?: AskedChange;
  steps?: readonly RestoreStep[];
  rule?: SuppressionRule;
  silences?: readonly Silence[];
  /** Alerts of detections, with the matches that they are made of. */
  security?: SecurityCommit;
  /** The key of the conversation in which alerts are posted from now on. */
  alertsIn?: string;
};

export interface IncidentStore {
  byId(id: string): Promise<Incident | null>;
  open(): Promise<Incident[]>;
  /** Newest first, whatever their status. */
  recent(limit: number): Promise<Incident[]>;
  /** Incidents without a proved or likely cause that opened since then, ms UTC, whatever their status. */
  unexplained(openedSince: number): Promise<Incident[]>;
  /** Incidents, whatever their status, whose request for a second operator is too late at this time, ms UTC. */
  withLateRequest(now: number): Promise<Incident[]>;
  /** Open incident with this fingerprint. */
  openByFingerprint(fingerprint: string): Promise<Incident | null>;
  /**
   * Writes everything in one transaction. An incident whose stored revision is not the one given minus
   * one makes the whole commit fail with `false`: somebody else was first.
   */
  commit(commit: IncidentCommit): Promise<boolean>;
}

export type StepNote = {
  decisionId: string;
  stepNo: number;
  status: StepStatus;
  code: string | null;
  message: string | null;
};

export interface DecisionStore {
  /** Oldest first. */
  byIncident(incidentId: string): Promise<Decision[]>;
  /** Those of these decisions that exist, in the order in which they were taken. */
  byIds(ids: readonly string[]): Promise<Decision[]>;
  /** Newest first. */
  recent(limit: number): Promise<Decision[]>;
  /** Decisions taken in a half-open range, ms UTC, oldest first, in chunks: any number of them. */
  between(from: number, to: number): AsyncIterable<Decision[]>;
  /** The last decision about no single incident; null when there is none. */
  lastBeside(): Promise<Decision | null>;
  /** False when a decision with this id is there: somebody else was first. */
  append(decision: Decision): Promise<boolean>;
  /** Of all decisions about an incident, in the order in which they were taken. */
  steps(incidentId: string): Promise<RestoreStep[]>;
  stepsOf(decisionId: string): Promise<RestoreStep[]>;
  /** Steps that are `planned` or `sending`, oldest decision first. */
  openSteps(): Promise<RestoreStep[]>;
  /** Steps, whatever their status, that were noted last in a half-open range, ms UTC; oldest note first. */
  notedSteps(from: number, to: number): Promise<RestoreStep[]>;
  /**
   * Notes, before they are sent, that these planned steps are on their way. Returns those that were still
   * planned: a step that another process took meanwhile is not among them. One transaction.
   */
  claim(steps: readonly Pick<RestoreStep, 'decisionId' | 'stepNo'>[], at: number): Promise<RestoreStep[]>;
  /** Notes what became of steps, in one transaction. */
  noteSteps(notes: readonly StepNote[], at: number): Promise<void>;
}
