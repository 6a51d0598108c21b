type Entry = { dueAt: number; order: number; run(at: number): void };

/**
 * Work that happens later. Nothing waits on a timer: each request first runs what has become due, in order
 * of due time, so that a stepped clock and a real one give the same history.
 */
export class Agenda {
  #entries: Entry[] = [];
  #order = 0;

  /** Schedules `run`, which is given the time it was due at, ms UTC. */
  add(dueAt: number, run: (at: number) => void): void {
    this.#order += 1;
    const entry = { dueAt, order: this.#order, run };
    const index = this.#entries.findIndex((other) => other.dueAt > dueAt);
    if (index === -1) this.#entries.push(entry);
    else this.#entries.splice(index, 0, entry);
  }

  /** Runs everything due at `now`, also what that work schedules in turn. */
  runDue(now: number): void {
    for (let next = this.#entries[0]; next && next.dueAt <= now; next = this.#entries[0]) {
      this.#entries.shift();
      next.run(next.dueAt);
    }
  }

  /** Whether anything is still to come. */
  get idle(): boolean {
    return this.#entries.length === 0;
  }
}
