import type { Access } from '../../domain/access/access.ts';
import type { Person } from '../../domain/access/person.ts';
import { inScope, type Scope } from '../../domain/access/scope.ts';
import type { ApprovalRequest, Decision } from '../../domain/incident/decision.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { count } from '../../domain/numerals.ts';
import type { IncidentCommit } from '../../domain/ports.ts';
import type { PlannedStep, RestoreStep } from '../../domain/restore/step.ts';
import type { JobContext } from '../context.ts';
import { commitNoted, decisionNote } from '../outgoing/alert-notes.ts';
import { cardFor } from '../outgoing/outgoing.ts';

/** What a decision is taken with: by whom, whom it may concern, and the instant (ms UTC). */
export type DecisionContext = { context: JobContext; by: Person; access: Access; now: number };

/** `refused` says in a sentence why nothing changed; `showPlan`: the person is to see the plan, and may press again. */
export type Decided = { kind: 'accepted' } | Refused;
export type Refused = { kind: 'refused'; reason: string; showPlan?: true };

export const refuse = (reason: string): Refused => ({ kind: 'refused', reason });

/** A row of the log with what every decision has; the rest says what makes this one. */
export function decisionOf(
  { context, by, now }: Pick<DecisionContext, 'context' | 'by' | 'now'>,
  own: Pick<Decision, 'kind' | 'incidentId'> & Partial<Decision>,
): Decision {
  return {
    id: context.newId(),
    at: now,
    by,
    reason: null,
    userIds: null,
    until: null,
    way: null,
    about: null,
    subject: null,
    ...own,
  };
}

/** The steps of a decision as they are stored before the first is sent. */
export const plannedSteps = (steps: readonly PlannedStep[], decisionId: string, now: number): RestoreStep[] =>
  steps.map((step, index) => ({
    ...step,
    decisionId,
    stepNo: index + 1,
    status: 'planned',
    code: null,
    message: null,
    updatedAt: now,
  }));

/** Whom the steps are for, each once. */
export const usersOf = (steps: readonly PlannedStep[]): string[] => [
  ...new Set(steps.flatMap((step) => step.userIds)),
];

/** Why somebody whose power is limited to some users may not decide for all of these; null when they may. */
export function outsideScope(acts: Scope, userIds: readonly string[]): Refused | null {
  const others = userIds.filter((userId) => !inScope(acts, userId)).length;
  if (others === 0) return null;
  return refuse(
    `This concerns ${count(others, 'user')} outside your administrative units: somebody else has to decide it.`,
  );
}

/** What has to be answered before anything else is decided: nobody's request is dropped by another press. */
export const waitingFirst = ({ by, kind }: ApprovalRequest): string =>
  `${by.name} wants to ${kind === 'undo' ? 'undo the reassign' : 'reassign'} and waits for a second operator. Confirm or decline that first.`;

/** The incident was written by another between looking and storing: somebody's press, or a job of ours. */
export const SOMEBODY_WAS_FIRST = refuse('Somebody else was first: this is how it stands now.');

/** Writes a decision with all that follows from it, in one transaction. */
export async function commitDecision(
  context: JobContext,
  incident: Incident,
  commit: Pick<IncidentCommit, 'decisions' | 'steps' | 'rule' | 'silences'>,
): Promise<Decided> {
  context.onStep('decide:before-commit');
  const committed = await commitNoted(context, {
    incidents: [incident],
    verdicts: [],
    settled: [],
    outbox: [cardFor(incident, incident.updatedAt)],
    alerts: [decisionNote(incident, commit.decisions?.[0]?.kind ?? 'approve')],
    ...commit,
  });
  context.onStep('decide:after-commit');
  return committed ? { kind: 'accepted' } : SOMEBODY_WAS_FIRST;
}
