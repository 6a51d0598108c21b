import { createHash } from 'node:crypto';
import type { JobContext } from '../context.ts';

/** So many decisions of others may come between before somebody has to press again. */
const MAX_TRIES = 5;

/** Another decision was stored between looking and storing: look again. */
export const OUTRUN = Symbol('outrun');

/**
 * Takes a decision about no single incident so that two presses at the same instant store one. The id of the decision
 * follows from the last one in the log, so that of two who looked at the same log one finds the id taken; that one
 * looks again, and finds done what the other did.
 * @param take decides on what is stored now, under this id; `OUTRUN` when the id was taken
 * @returns what `take` returned; null when others were first too often
 */
export async function oneAfterAnother<Outcome>(
  { store }: JobContext,
  take: (id: string) => Promise<Outcome | typeof OUTRUN>,
): Promise<Outcome | null> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const last = await store.decisions.lastBeside();
    const outcome = await take(idAfter(last?.id ?? null));
    if (outcome !== OUTRUN) return outcome;
  }
  return null;
}

/** 32 hexadecimal digits: short enough for a button, and the same for everybody who saw the same log. */
const idAfter = (last: string | null): string =>
  createHash('sha256')
    .update(`after ${last ?? 'nothing'}`)
    .digest('hex')
    .slice(0, 32);
