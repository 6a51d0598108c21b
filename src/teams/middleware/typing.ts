import type { Turn } from '../turn.ts';

/** Most answers are there sooner, and an indicator that arrives after the answer looks like another one coming. */
const TYPING_DELAY_MS = 600;

/**
 * Shows that the bot is writing while the work takes longer than a moment.
 * @returns what the work returns; a failed indicator is no failure of the work
 */
export async function withTyping<Result>(turn: Turn, work: () => Promise<Result>): Promise<Result> {
  let shown = Promise.resolve();
  const timer = setTimeout(() => {
    shown = turn.showTyping().catch(() => undefined);
  }, TYPING_DELAY_MS);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
    await shown;
  }
}
