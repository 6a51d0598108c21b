import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** How long turns took, and how much memory they left behind. */
export class Measures {
  readonly #times: number[] = [];
  readonly #collect: () => void;

  constructor() {
    setFlagsFromString('--expose-gc');
    this.#collect = runInNewContext('gc');
  }

  took(ms: number): void {
    this.#times.push(ms);
  }

  /** In use after everything that is garbage is gone, MB. */
  heapMb(): number {
    this.#collect();
    return process.memoryUsage().heapUsed / 1024 / 1024;
  }

  /** "12 s in turns, p50 1.2 ms, p99 8.1 ms, longest 210 ms" */
  times(): string {
    const sorted = Float64Array.from(this.#times).sort();
    const at = (share: number): string =>
      (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1);
    const total = (sorted.reduce((sum, ms) => sum + ms, 0) / 1_000).toFixed(0);
    return `${total} s in turns, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`;
  }
}
