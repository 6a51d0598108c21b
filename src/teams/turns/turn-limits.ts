import { MINUTE_MS } from '../../domain/durations.ts';

/** Why a message is not worked on: its sender has asked too often, or everybody together has. */
export type Over = 'person' | 'everybody';

/** `tell`: whether the sender is to be told now; they are at most once a minute. */
export type Admission = { in: true } | { in: false; over: Over; tell: boolean };

export type TurnLimits = {
  /** Asks for one message of a person, by any id of theirs. Whoever is let in leaves when the work is done. */
  enter(person: string): Admission;
  leave(): void;
};

/** So many messages wait or are worked on at a time; Teams gives up on a message after 15 seconds anyway. */
const MAX_IN_WORK = 200;

/**
 * Counts the messages of each person in a sliding minute, and those of everybody that are in work.
 * @param now ms UTC; a clock that is set back forgets, and locks nobody out
 */
export function createTurnLimits(perMinute: number, now: () => number, mostInWork = MAX_IN_WORK): TurnLimits {
  const people = new Map<string, { taken: number[]; toldAt: number }>();
  let inWork = 0;
  let sweptAt = now();

  const isRecent = (at: number, time: number): boolean => Math.abs(time - at) < MINUTE_MS;

  function sweep(time: number): void {
    if (isRecent(sweptAt, time)) return;
    sweptAt = time;
    for (const [id, { taken, toldAt }] of people) {
      if (!isRecent(toldAt, time) && !taken.some((at) => isRecent(at, time))) people.delete(id);
    }
  }

  return {
    enter(person) {
      const time = now();
      sweep(time);
      const theirs = people.get(person) ?? { taken: [], toldAt: Number.NEGATIVE_INFINITY };
      people.set(person, theirs);
      theirs.taken = theirs.taken.filter((at) => isRecent(at, time));
      const over = theirs.taken.length >= perMinute ? 'person' : inWork >= mostInWork ? 'everybody' : null;
      if (over === null) {
        theirs.taken.push(time);
        inWork++;
        return { in: true };
      }
      const tell = !isRecent(theirs.toldAt, time);
      if (tell) theirs.toldAt = time;
      return { in: false, over, tell };
    },
    leave() {
      inWork--;
    },
  };
}
