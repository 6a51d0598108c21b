import type { JobContext } from '../context.ts';
import { isLeaseLost, type Lease } from '../lease.ts';
import { didOf, didSomething } from './did.ts';

/** A run that did only a part of its work, for a reason that people can read: no success, and no mistake of ours. */
export class JobIncomplete extends Error {
  readonly code = 'job-incomplete';
  constructor(reason: string) {
    super(reason);
    this.name = 'JobIncomplete';
  }
}

/** Returns what it did, for the log: see `Did`. */
export type Work = () => Promise<unknown>;

export type Runner = {
  /** Runs a job in the term of the lease, unless it runs already; with `repeat`, it then runs once more afterwards. */
  run(name: string, work: Work, repeat?: boolean): void;
  running(): string[];
  /** Resolves when nothing runs any more. Nothing starts afterwards. */
  ended(): Promise<unknown>;
};

export type RunnerParts = {
  context: JobContext;
  lease: Lease;
  signal: AbortSignal;
  /** Whether this process runs jobs at all now. */
  leads(): boolean;
  /** Jobs that are too frequent to be noted in the store. */
  unnoted: ReadonlySet<string>;
  /** Another process has taken over while a job ran. */
  onLeaseLost(): void;
};

/**
 * Runs jobs, none of which overlaps itself. A process without the lease starts none and notes nothing. What a job
 * writes counts only while the lease is held for it without a break.
 */
export function createRunner(parts: RunnerParts): Runner {
  const { context, lease, signal, leads, unnoted, onLeaseLost } = parts;
  const running = new Map<string, Promise<void>>();
  const again = new Map<string, Work>();

  function run(name: string, work: Work, repeat = false): void {
    if (signal.aborted || !leads()) return;
    if (running.has(name)) {
      if (repeat) again.set(name, work);
      return;
    }
    const done = context.tracing
      .apart(() => once(name, work))
      .finally(() => {
        running.delete(name);
        const next = again.get(name);
        again.delete(name);
        if (next) run(name, next);
      });
    running.set(name, done);
  }

  async function once(name: string, work: Work): Promise<void> {
    const { log } = context;
    try {
      await lease.within<unknown>(() => (unnoted.has(name) ? counted(name, work) : traced(name, work)));
    } catch (error) {
      if (!isLeaseLost(error)) {
        log.error({ job: name, err: error }, 'end of a job could not be noted');
        return;
      }
      log.warn({ job: name }, 'job was stopped: another process runs the jobs');
      onLeaseLost();
    }
  }

  /** Runs the work, and logs one line; returns what was wrong, null when it did all that it had to. */
  async function counted(name: string, work: Work): Promise<string | null> {
    const { clock, log, metrics } = context;
    let problem: string | null = null;
    const startedAt = clock.now();
    const lasted = (): { job: string; ms: number } => ({ job: name, ms: clock.now() - startedAt });
    try {
      const did = didOf(await work());
      if (!unnoted.has(name) || didSomething(did)) log.info({ ...lasted(), ...did }, 'job finished');
    } catch (error) {
      if (isLeaseLost(error)) throw error;
      problem = error instanceof Error ? error.message : String(error);
      if (error instanceof JobIncomplete) log.warn({ ...lasted(), reason: problem }, 'job is incomplete');
      else log.error({ ...lasted(), err: error }, 'job failed');
    }
    metrics.jobFinished(name, problem === null, clock.now());
    return problem;
  }

  /** Each run is a trace of its own, whatever started it. What looks for due work is none: it mostly finds nothing. */
  function traced(name: string, work: Work): Promise<void> {
    const at = { trace: `job:${name}:${context.newId()}` };
    return context.tracing.within(`job ${name}`, { at }, () => noted(name, work));
  }

  async function noted(name: string, work: Work): Promise<void> {
    const { store, clock } = context;
    const problem = await counted(name, async () => {
      await store.jobs.started(name, clock.now());
      return work();
    });
    await store.jobs.finished(name, clock.now(), problem === null, problem);
  }

  return {
    run,
    running: () => [...running.keys()],
    ended: () => Promise.allSettled(running.values()),
  };
}
