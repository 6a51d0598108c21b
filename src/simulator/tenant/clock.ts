/** Where the time comes from, ms UTC. */
export type TimeSource = { now(): number };

/**
 * The tenant's time. `speed` shortens every delay (a scenario's timeline, group processing, audit latency)
 * but not time itself: the bot compares our timestamps with its own clock.
 */
export class TenantClock {
  readonly #source: TimeSource;
  readonly #speed: number;
  #offset = 0;

  constructor(source: TimeSource, speed: number) {
    this.#source = source;
    this.#speed = speed;
  }

  now(): number {
    return this.#source.now() + this.#offset;
  }

  /** Moves the tenant's time forward, on top of the source's. */
  step(ms: number): void {
    this.#offset += ms;
  }

  /** How long a delay of `ms` really takes at this speed. */
  scaled(ms: number): number {
    return ms / this.#speed;
  }
}

/** Microsoft's way to write an instant: seconds, UTC. */
export const isoSeconds = (at: number): string => new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');
