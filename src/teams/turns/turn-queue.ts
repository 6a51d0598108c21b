import { takeTurn } from '../../event-loop/breath.ts';

/** Few are enough: what a question costs is this thread's time, and each holds a part of the tenant in memory. */
const AT_ONCE = 4;

/**
 * Makes a lane in which few questions run at once, in the order in which they came. They share the thread with what
 * comes in, so that a crowd of questions never keeps health checks and presses waiting.
 */
export function createTurnQueue(atOnce = AT_ONCE): (work: () => Promise<void>) => Promise<void> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      await takeTurn();
      await work();
    } finally {
      const next = waiting.shift();
      // The person who comes next takes this place over.
      if (next) next();
      else running--;
    }
  };
}
