import process from 'node:process';

const SAMPLE_MS = 20;
const MIB = 1024 * 1024;

/** Samples the resident memory of this process until it is asked for the highest, MiB above `idleBytes`. */
export function watchMemory(idleBytes: number): { peakMib(): number } {
  let peak = 0;
  const sample = (): void => {
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  const timer = setInterval(sample, SAMPLE_MS);
  timer.unref();
  return {
    peakMib() {
      clearInterval(timer);
      sample();
      return (peak - idleBytes) / MIB;
    },
  };
}

/** Resident memory now, bytes. */
export const residentBytes = (): number => process.memoryUsage.rss();
