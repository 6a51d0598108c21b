import { SHOWS_WITHIN_MS } from '../domain/incident/view/restore-standing.ts';
import { isApplied } from '../domain/restore/applied.ts';
import { isConcluded, isInPlace, type RestoreStep } from '../domain/restore/step.ts';
import type { JobContext } from './context.ts';
import { presentUsers } from './present-users.ts';
import { editCard } from './restore-progress.ts';
import { scan } from './scan.ts';
import { verify } from './verify.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** What Microsoft accepted counts as late after this, ms. */
const LATE_AFTER_MS = SHOWS_WITHIN_MS + 1_000;

/** When the users of a decision are read again, ms after its last step; the last time, people are told. */
const READ_AFTER_MS: readonly number[] = [
  0,
  15_000,
  45_000,
  ...[2, 4, 9, 15, 22].map((minutes) => minutes * MINUTE),
  LATE_AFTER_MS,
];

/** The name under which a round notes when it was made. */
const JOB = 'follow-up';

/**
 * Reads the users of concluded decisions again, for Microsoft's answer to a write says nothing of their
 * licenses, and brings the cards up to date. Who does not show yet what was done, as groups take their time,
 * is read again with growing pauses. What is due follows from when steps and the last round were noted, so
 * that a crash loses none of it.
 */
export async function followUp(context: JobContext, signal: AbortSignal): Promise<void> {
  const { store, clock, onStep } = context;
  const begunAt = clock.now();
  const lastAt = (await store.jobs.last(JOB))?.startedAt ?? begunAt - DAY;
  const due = (await concludedDecisions(context, Math.min(lastAt, begunAt - LATE_AFTER_MS - MINUTE), begunAt))
    .map((decision) => ({ ...decision, ...dueReads(decision.concludedAt, lastAt, begunAt) }))
    .filter(({ isDue }) => isDue);
  if (due.length === 0) return;
  onStep('follow-up:begun');
  const waiting = await waitingUsers(context, due);
  const userIds = due.flatMap(({ steps, isFirst }) => (isFirst ? steps.flatMap((step) => step.userIds) : []));
  const touched = [...new Set([...userIds, ...[...waiting.values()].flat()])];
  const revisions = await revisionsOf(
    context,
    due.flatMap(({ incidentId }) => incidentId ?? []),
  );
  if (touched.length > 0) {
    await scan(context, { kind: 'targeted', userIds: touched }, signal);
    if (signal.aborted) return;
    onStep('follow-up:read');
    await verify(context);
  }
  const stillWaiting = await waitingUsers(context, due);
  for (const { id, incidentId, isFirst, isLast } of due) {
    const late = isLast && (stillWaiting.get(id) ?? []).length > 0;
    if (incidentId === null || !(isFirst || late)) continue;
    const incident = await store.incidents.byId(incidentId);
    // A card that was queued since the steps were noted shows them; that some are late is news of its own.
    if (late || incident?.revision === revisions.get(incidentId)) await editCard(context, incidentId);
  }
  onStep('follow-up:told');
  await store.jobs.started(JOB, begunAt);
  await store.jobs.finished(JOB, clock.now(), true, null);
}

type Concluded = { id: string; incidentId: string | null; steps: RestoreStep[]; concludedAt: number };

/** The decisions all of whose steps are concluded, the last of them between two instants, ms UTC, both included. */
async function concludedDecisions({ store }: JobContext, from: number, to: number): Promise<Concluded[]> {
  const noted = await store.decisions.notedSteps(from, to + 1);
  const found: Concluded[] = [];
  for (const { id, incidentId } of await store.decisions.byIds([
    ...new Set(noted.map((step) => step.decisionId)),
  ])) {
    const steps = await store.decisions.stepsOf(id);
    if (!steps.every(isConcluded)) continue;
    found.push({ id, incidentId, steps, concludedAt: Math.max(...steps.map((step) => step.updatedAt)) });
  }
  return found;
}

/** Which reads of a decision fell due after the last round began and until now, ms UTC. */
function dueReads(concludedAt: number, lastAt: number, now: number) {
  const isDueAfter = (ms: number): boolean => concludedAt + ms >= lastAt && concludedAt + ms <= now;
  return {
    isDue: READ_AFTER_MS.some(isDueAfter),
    isFirst: isDueAfter(0),
    isLast: isDueAfter(LATE_AFTER_MS),
  };
}

/** Per decision the users of steps in place whose state does not show them yet. */
async function waitingUsers(
  context: JobContext,
  decisions: readonly Concluded[],
): Promise<Map<string, string[]>> {
  const standing = decisions.map(({ id, steps }) => ({ id, steps: steps.filter(isInPlace) }));
  const userIds = standing.flatMap(({ steps }) => steps.flatMap((step) => step.userIds));
  const present = await presentUsers(context, [...new Set(userIds)]);
  return new Map(
    standing.map(({ id, steps }) => [
      id,
      steps.flatMap(({ action, userIds }) =>
        userIds.filter((userId) => !isApplied(action, present.get(userId))),
      ),
    ]),
  );
}

async function revisionsOf(
  { store }: JobContext,
  incidentIds: readonly string[],
): Promise<Map<string, number>> {
  const revisions = new Map<string, number>();
  for (const id of new Set(incidentIds)) {
    const incident = await store.incidents.byId(id);
    if (incident) revisions.set(id, incident.revision);
  }
  return revisions;
}
