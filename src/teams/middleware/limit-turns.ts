import { say, type Turn } from '../turn.ts';
import type { Over, TurnLimits } from '../turns/turn-limits.ts';
import { createTurnQueue } from '../turns/turn-queue.ts';
import type { Middleware } from './middleware.ts';

const SENTENCES: Record<Over, string> = {
  person: 'That is more than I can answer in a minute. Ask me again in a minute.',
  everybody: 'Too many people ask me right now. Ask me again in a minute.',
};

/**
 * Bounds what questions cost: a number per person and minute, a number in work, few at once. Whoever is over it is
 * told so once a minute, and the rest is dropped and counted. Presses on cards, and what Teams itself tells, are let
 * through: a decision must not wait for a crowd.
 */
export function limitTurns(limits: TurnLimits): Middleware {
  const inLane = createTurnQueue();
  return async (turn, context, next) => {
    if (turn.kind !== 'message') return next();
    const admission = limits.enter(personOf(turn));
    if (!admission.in) {
      context.onDropped(admission.over);
      if (admission.tell) {
        context.log.warn({ by: turn.asker.person.aadObjectId, over: admission.over }, 'too many messages');
        await turn.reply(say(SENTENCES[admission.over]));
      }
      return;
    }
    try {
      await inLane(next);
    } finally {
      limits.leave();
    }
  };
}

/** Somebody without an object id is their conversation's. */
const personOf = ({ asker, conversation }: Turn): string => asker.person.aadObjectId || conversation.key;
