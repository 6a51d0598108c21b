import type { JobContext } from '../context.ts';
import { deliver, type LoadIncidentView } from '../delivery/deliver.ts';
import { attributeDue } from '../explain/attribute.ts';
import { carryOut } from '../restore/carry-out.ts';
import { followUp } from '../restore/follow-up.ts';
import { postDigests } from '../upkeep/digest.ts';
import { endSnoozes } from '../upkeep/end-snoozes.ts';
import { escalate } from '../upkeep/escalate.ts';
import { expireRequests } from '../upkeep/expire-requests.ts';
import { watchRoutes } from '../upkeep/watch-routes.ts';
import type { Did } from './did.ts';
import type { Runner } from './runner.ts';

const EXPLAIN_AND_DELIVER = 'tend';
const RESTORE = 'restore';
const FOLLOW_UP = 'follow-up';

/** Names of what looks for due work: too frequent to be noted in the store. */
export const UNNOTED: ReadonlySet<string> = new Set([EXPLAIN_AND_DELIVER, RESTORE, FOLLOW_UP]);

export type DueWorkParts = {
  context: JobContext;
  loadView: LoadIncidentView;
  signal: AbortSignal;
  run: Runner['run'];
  /** Starts a scan that somebody asked for, if there is one. */
  startRequested(): Promise<void>;
};

export type DueWork = {
  /** Explains and delivers what is due. */
  runDueWorkSoon(): void;
  /** All that may be due at any moment. */
  tick(): void;
};

/**
 * Looks for work that is due: changes to explain, cards to deliver, decisions to carry out. What writes to the
 * tenant, and what reads the outcome, run beside the rest: a long restore holds up no card.
 */
export function createDueWork({ context, loadView, signal, run, startRequested }: DueWorkParts): DueWork {
  async function explainAndDeliver(): Promise<Did> {
    await startRequested();
    const explained = await attributeDue(context);
    const awake = await endSnoozes(context);
    const expired = await expireRequests(context);
    await watchRoutes(context);
    const digests = await postDigests(context);
    const escalated = await escalate(context, loadView);
    const delivered = await deliver(context, loadView, signal);
    return { explained, awake, expired, digests, escalated, delivered };
  }

  async function writeDecided(): Promise<Did> {
    const steps = await carryOut(context, signal);
    if (steps > 0) run(FOLLOW_UP, readWritten, true);
    return { steps };
  }

  async function readWritten(): Promise<Did> {
    const again = await followUp(context, signal);
    if (again) run(RESTORE, writeDecided, true);
    return { again };
  }

  const runDueWorkSoon = (): void => run(EXPLAIN_AND_DELIVER, explainAndDeliver, true);
  return {
    runDueWorkSoon,
    tick() {
      runDueWorkSoon();
      run(RESTORE, writeDecided, true);
      run(FOLLOW_UP, readWritten);
    },
  };
}
