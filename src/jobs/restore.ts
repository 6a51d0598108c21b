import type { RestoreStep, StepStatus } from '../domain/incident/decision.ts';
import { touchIncident } from '../domain/incident/life-cycle.ts';
import type { JobContext } from './context.ts';
import { cardFor } from './notify.ts';
import { scan } from './scan.ts';
import { verify } from './verify.ts';

/** A step that Microsoft could not take for this long has failed. */
const GIVE_UP_AFTER_MS = 60 * 60_000;

/**
 * Carries out the steps of stored decisions. A step is idempotent (adding a license that is there only sets
 * its disabled plans), so a crash between Microsoft's answer and our note repeats nothing that shows.
 * Afterwards the touched users are read again and the cards say what came of it.
 * @returns how many steps were concluded
 */
export async function restore(context: JobContext, signal: AbortSignal): Promise<number> {
  let concluded = 0;
  for (const step of await context.store.decisions.plannedSteps()) {
    if (signal.aborted) break;
    if (await carryOut(context, step)) concluded++;
  }
  await followUp(context, signal);
  return concluded;
}

async function carryOut(context: JobContext, step: RestoreStep): Promise<boolean> {
  const { store, writer, clock, metrics, log } = context;
  context.onStep('restore:before-step');
  const outcome = await writer.assign(step.userId, step.addLicenses);
  context.onStep('restore:after-step');
  const now = clock.now();
  let status: StepStatus;
  let message: string | null = null;
  if (outcome.ok) status = 'done';
  else {
    message = outcome.message;
    if (!outcome.retryable) status = 'refused';
    else status = now - step.updatedAt > GIVE_UP_AFTER_MS ? 'failed' : 'planned';
    log.warn(
      { decisionId: step.decisionId, stepNo: step.stepNo, code: outcome.code },
      'license was not given back',
    );
  }
  metrics.restoreStep(status);
  if (status === 'planned') return false;
  await store.decisions.setStep(step.decisionId, step.stepNo, status, message, now);
  return true;
}

/**
 * Reads the users of concluded steps again and brings their cards up to date. What is left to follow up is
 * told by the store (a step concluded after the incident's last revision), so a crash in between is made good.
 */
async function followUp(context: JobContext, signal: AbortSignal): Promise<void> {
  const { store, clock } = context;
  for (const incident of await store.incidents.open()) {
    const steps = (await store.decisions.steps(incident.id)).filter(
      (step) => step.status !== 'planned' && step.updatedAt >= incident.updatedAt,
    );
    if (steps.length === 0) continue;
    await scan(
      context,
      { kind: 'targeted', userIds: [...new Set(steps.map((step) => step.userId))] },
      signal,
    );
    await verify(context);
    const current = await store.incidents.byId(incident.id);
    if (current?.revision !== incident.revision) continue;
    const latest = Math.max(...steps.map((step) => step.updatedAt));
    const next = touchIncident(incident, Math.max(clock.now(), latest + 1));
    await store.incidents.commit({
      incidents: [next],
      verdicts: [],
      settled: [],
      outbox: [cardFor(next, clock.now())],
    });
  }
}
