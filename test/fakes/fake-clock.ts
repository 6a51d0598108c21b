import type { Clock } from '../../src/domain/ports.ts';

/** A clock that stands until it is moved; `sleep` returns at once and moves it. */
export class FakeClock implements Clock {
  time: number;
  constructor(start = Date.parse('2026-11-23T08:00:00Z')) {
    this.time = start;
  }
  now(): number {
    return this.time;
  }
  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.time += ms;
  }
  advance(ms: number): void {
    this.time += ms;
  }
}
