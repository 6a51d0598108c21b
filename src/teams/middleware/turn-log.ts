import { CARD_ACTIONS } from '../card-actions/index.ts';
import type { Turn } from '../turn.ts';
import type { Middleware } from './middleware.ts';

/** One line a turn: what kind, where, by whom (object id), how long it took. No text, no names, no card
 * data: a verb that no card of ours has is a text of whoever made it up. */
export const turnLog: Middleware = async (turn, context, next) => {
  const startedAt = context.now();
  await next();
  const ms = context.now() - startedAt;
  context.log.info(
    {
      kind: turn.kind,
      ...whatHappened(turn),
      conversation: turn.conversation.kind,
      by: turn.asker.person.aadObjectId,
      ms,
    },
    'turn handled',
  );
  context.onTurn(turn.kind, 'ok', ms / 1000);
};

function whatHappened(turn: Turn): Record<string, unknown> {
  switch (turn.kind) {
    case 'message':
      return { length: turn.text.length };
    case 'action':
      return { verb: CARD_ACTIONS.find(({ verb }) => verb === turn.verb)?.verb ?? 'unknown' };
    case 'file':
    case 'search':
      return {};
    case 'event':
      return { event: turn.event };
  }
}
