import { MINUTE_MS } from '../../domain/durations.ts';
import type { StepNote, WriteOutcome } from '../../domain/ports.ts';
import type { RestoreStep } from '../../domain/restore/step.ts';
import type { JobContext } from '../context.ts';
import { keyOf, nextBatch } from './batch.ts';
import { isOverdue, noteOf, skippedBy, stalledBy } from './outcome.ts';
import { pauseAfter } from './pause.ts';
import { createProgress } from './progress.ts';
import { resume } from './resume.ts';

/** The lease is renewed at least this often, also in a long pause, ms. */
const RENEW_EVERY_MS = MINUTE_MS;

/**
 * Sends the open steps of all decisions, in batches of steps that do not depend on each other. Each is noted as
 * sent before it goes out and by its outcome afterwards, so that the process that takes over after a crash knows which
 * ones to look at. Only one process at a time does this.
 * @returns how many steps were concluded
 */
export async function carryOut(context: JobContext, signal: AbortSignal): Promise<number> {
  const { store, restoring } = context;
  // Most of the time there is nothing to do: that takes one query, and no lease.
  if ((await store.decisions.openSteps()).length === 0) return 0;
  if (!(await restoring.hold())) return 0;
  try {
    return await restoring.within(() => new Run(context, signal).toTheEnd());
  } finally {
    await restoring.release();
  }
}

type Decided = { at: number; incidentId: string | null };

/** One run over the open steps. What it holds only saves work: a run that dies is made good from the store. */
class Run {
  readonly #context: JobContext;
  readonly #signal: AbortSignal;
  readonly #progress: ReturnType<typeof createProgress>;
  readonly #decisions: Map<string, Decided> = new Map();
  readonly #tries: Map<string, number> = new Map();
  #open: RestoreStep[] = [];
  #concluded = 0;
  /** When Microsoft took or refused a step last, ms UTC, instead of putting it off. */
  #throughAt: number;

  constructor(context: JobContext, signal: AbortSignal) {
    this.#context = context;
    this.#signal = signal;
    this.#progress = createProgress(context);
    this.#throughAt = context.clock.now();
  }

  async toTheEnd(): Promise<number> {
    await this.#load();
    if (!(await resume(this.#context, this.#open, (id) => this.#decidedAt(id)))) return 0;
    await this.#load();
    while (!this.#signal.aborted && (await this.#context.restoring.hold())) {
      // Somebody may have decided more while the last steps were carried out.
      if (nextBatch(this.#open, this.#tries).length === 0) await this.#load();
      const batch = nextBatch(this.#open, this.#tries);
      if (batch.length === 0) break;
      const outcomes = await this.#send(batch);
      const [next] = nextBatch(this.#open, this.#tries);
      const pause = next
        ? pauseAfter(outcomes, this.#tries.get(keyOf(next)) ?? 0, this.#context.random())
        : 0;
      if (!(await this.#rest(pause))) break;
    }
    return this.#concluded;
  }

  async #load(): Promise<void> {
    const { decisions } = this.#context.store;
    this.#open = await decisions.openSteps();
    const unknown = new Set(this.#open.map(({ decisionId }) => decisionId)).difference(this.#decisions);
    for (const { id, at, incidentId } of await decisions.byIds([...unknown])) {
      this.#decisions.set(id, { at, incidentId });
    }
  }

  #decidedAt(decisionId: string): number {
    return this.#decisions.get(decisionId)?.at ?? 0;
  }

  async #send(batch: readonly RestoreStep[]): Promise<WriteOutcome[]> {
    const { store, clock, writer, onStep } = this.#context;
    const steps = await store.decisions.claim(batch, clock.now());
    onStep('restore:claimed');
    const outcomes = await writer.write(steps.map(({ action }) => action));
    onStep('restore:written');
    await this.#note(steps, outcomes);
    onStep('restore:noted');
    await this.#progress(steps.flatMap((step) => this.#decisions.get(step.decisionId)?.incidentId ?? []));
    // What another process took meanwhile is its own business.
    if (steps.length < batch.length) await this.#load();
    return outcomes;
  }

  /** Outcomes, and what they mean for later steps, in one transaction: no crash leaves a step without its reason. */
  async #note(steps: readonly RestoreStep[], outcomes: readonly WriteOutcome[]): Promise<void> {
    const { store, clock, metrics, log } = this.#context;
    const now = clock.now();
    const notes = steps.flatMap((step, index) => {
      const outcome = outcomes[index];
      if (!outcome) throw new RangeError('the writer returned fewer outcomes than actions');
      const tried = this.#tries.get(keyOf(step)) ?? 0;
      const note = noteOf(step, outcome, { decidedAt: this.#decidedAt(step.decisionId), tried, now });
      if (!outcome.ok) {
        const { decisionId, stepNo, status, code } = note;
        log.warn({ decisionId, stepNo, status, code }, 'a step of a restore did not succeed');
      }
      return [note, ...skippedBy(step, note, this.#open)];
    });
    const noted = new Map([...notes, ...this.#stalled(outcomes, now)].map((note) => [keyOf(note), note]));
    await store.decisions.noteSteps([...noted.values()], now);
    for (const [key, { status }] of noted) {
      metrics.restoreStep(status);
      if (status === 'planned') this.#tries.set(key, (this.#tries.get(key) ?? 0) + 1);
      else this.#concluded++;
    }
    this.#open = this.#open
      .map((step) => ({ ...step, ...noted.get(keyOf(step)) }))
      .filter(({ status }) => status === 'planned');
  }

  /** What is noted when Microsoft has put everything off for an hour; nothing while any step gets through. */
  #stalled(outcomes: readonly WriteOutcome[], now: number): StepNote[] {
    const putOff = outcomes.flatMap((outcome) => (!outcome.ok && outcome.retryable ? [outcome] : []));
    if (putOff.length < outcomes.length) this.#throughAt = now;
    const [first] = putOff;
    if (!first || !isOverdue(this.#throughAt, now)) return [];
    return stalledBy(first, this.#open, (id) => this.#decidedAt(id), now);
  }

  /** Waits, and keeps the lease meanwhile; false when this process is to stop. */
  async #rest(ms: number): Promise<boolean> {
    const { clock, restoring } = this.#context;
    for (let left = ms; left > 0; left -= RENEW_EVERY_MS) {
      try {
        await clock.sleep(Math.min(left, RENEW_EVERY_MS), this.#signal);
      } catch (error) {
        if (this.#signal.aborted) return false;
        throw error;
      }
      await restoring.hold();
    }
    return true;
  }
}
