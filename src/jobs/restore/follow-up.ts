import { DAY_MS, MINUTE_MS } from '../../domain/durations.ts';
import { SHOWS_WITHIN_MS } from '../../domain/incident-view/restore-progress.ts';
import { isApplied } from '../../domain/restore/applied.ts';
import { isConcluded, isInPlace, type RestoreStep } from '../../domain/restore/step.ts';
import type { JobContext } from '../context.ts';
import { editCard } from '../delivery/edit-card.ts';
import { presentUsers } from '../present-users.ts';
import { scan } from '../scan/scan.ts';
import { verify } from '../upkeep/verify.ts';
import { askGroupsAgain, type Waiting } from './reprocess.ts';
import { lastRounds, noteRound, type Rounds } from './rounds.ts';

/** What Microsoft accepted counts as late after this, ms. */
const LATE_AFTER_MS = SHOWS_WITHIN_MS + 1_000;

/** When those who do not show it yet are read again, ms after the last step; the last time, people are told. */
const READ_AGAIN_AFTER_MS: readonly number[] = [
  15_000,
  45_000,
  ...[2, 4, 9, 15, 22].map((minutes) => minutes * MINUTE_MS),
  LATE_AFTER_MS,
];

/**
 * Reads the users of concluded decisions again, for Microsoft's answer to a write says nothing of their
 * licenses, and brings the cards up to date. Who does not show yet what was done, as groups take their time,
 * is read again with growing pauses. What is due follows from when steps and rounds were noted, so that a crash
 * loses none of it.
 * @returns whether steps were added that have to be carried out
 */
export async function followUp(context: JobContext, signal: AbortSignal): Promise<boolean> {
  const { store, clock, onStep } = context;
  const begunAt = clock.now();
  const rounds = await lastRounds(store.jobs);
  const decisions = await concludedDecisions(context, rounds, begunAt);
  const due = decisions.filter(({ isFirst, isAgain }) => isFirst || isAgain);
  if (due.length === 0) return false;
  onStep('follow-up:begun');
  const revisions = await revisionsOf(
    context,
    due.flatMap(({ incidentId }) => incidentId ?? []),
  );
  if (!(await readAgain(context, due, signal))) return false;
  onStep('follow-up:read');
  const waiting = await waitingUsers(context, due);
  let added = false;
  for (const { id, incidentId, steps, isFirst, isLast } of due) {
    const isLate = isLast && (waiting.get(id) ?? []).length > 0;
    if (await askGroupsAgain(context, steps, waiting.get(id) ?? [], signal)) added = true;
    if (incidentId === null || !(isFirst || isLate)) continue;
    const incident = await store.incidents.byId(incidentId);
    // A card that was queued meanwhile shows all that was read; that something is late is news of its own.
    if (isLate || incident?.revision === revisions.get(incidentId)) await editCard(context, incidentId);
  }
  onStep('follow-up:told');
  const followed = new Set(due.map(({ id }) => id));
  await noteRound(
    store.jobs,
    begunAt,
    new Map(
      decisions.map(({ id }) => [id, followed.has(id) ? begunAt : (rounds.byDecision.get(id) ?? begunAt)]),
    ),
  );
  return added;
}

type Concluded = {
  id: string;
  incidentId: string | null;
  steps: RestoreStep[];
  /** Nobody has been read since its last step. */
  isFirst: boolean;
  /** The time has come to read those again who do not show it; `isLast`: for the last time. */
  isAgain: boolean;
  isLast: boolean;
};

/** The decisions without open steps that were not followed up to the end, and which reads of them are due. */
async function concludedDecisions(
  { store }: JobContext,
  { lastAt, byDecision }: Rounds,
  now: number,
): Promise<Concluded[]> {
  // A minute more: a note bears a time from before it was written.
  const from = Math.min(lastAt ?? now - DAY_MS, now - LATE_AFTER_MS) - MINUTE_MS;
  // Also what was noted while the clock was ahead of now.
  const noted = await store.decisions.notedSteps(from, Number.MAX_SAFE_INTEGER);
  const found: Concluded[] = [];
  for (const { id, incidentId } of await store.decisions.byIds([
    ...new Set(noted.map((step) => step.decisionId)),
  ])) {
    const steps = await store.decisions.stepsOf(id);
    if (!steps.every(isConcluded)) continue;
    const concludedAt = Math.max(...steps.map((step) => step.updatedAt));
    const followedAt = byDecision.get(id);
    const isDueAfter = (ms: number): boolean =>
      concludedAt + ms <= now && (followedAt === undefined || concludedAt + ms > followedAt);
    found.push({
      id,
      incidentId,
      steps,
      isFirst: isUnread(concludedAt, followedAt, now),
      isAgain: READ_AGAIN_AFTER_MS.some(isDueAfter),
      isLast: isDueAfter(LATE_AFTER_MS),
    });
  }
  return found;
}

/** Whether nobody was read since the last step. Where the clock was ahead then, one read under this clock must do. */
const isUnread = (concludedAt: number, followedAt: number | undefined, now: number): boolean =>
  followedAt === undefined || (concludedAt > now ? followedAt > now : concludedAt > followedAt);

/** Reads whoever has to be read and compares the incidents with it; false when the process is to stop. */
async function readAgain(
  context: JobContext,
  due: readonly Concluded[],
  signal: AbortSignal,
): Promise<boolean> {
  const waiting = await waitingUsers(context, due);
  const userIds = due.flatMap(({ id, steps, isFirst }) =>
    isFirst ? steps.flatMap((step) => step.userIds) : (waiting.get(id) ?? []).map(({ userId }) => userId),
  );
  if (userIds.length === 0) return true;
  await scan(context, { kind: 'targeted', userIds: [...new Set(userIds)] }, signal);
  if (signal.aborted) return false;
  await verify(context);
  return true;
}

/** Per decision the steps in place that a user's state does not show yet. */
async function waitingUsers(
  context: JobContext,
  decisions: readonly Concluded[],
): Promise<Map<string, Waiting[]>> {
  const standing = decisions.map(({ id, steps }) => ({ id, steps: steps.filter(isInPlace) }));
  const userIds = standing.flatMap(({ steps }) => steps.flatMap((step) => step.userIds));
  const present = await presentUsers(context, [...new Set(userIds)]);
  const { groups } = await context.store.users.tenant();
  return new Map(
    standing.map(({ id, steps }) => [
      id,
      steps.flatMap((step) =>
        step.userIds
          .filter((userId) => !isApplied(step.action, present.get(userId), groups))
          .map((userId) => ({ step, userId })),
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
