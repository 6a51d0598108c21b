import { say } from '../turn.ts';
import type { Middleware } from './middleware.ts';

const OF_ANOTHER =
  'This channel is shared with another organisation, and you belong to it. I answer people of the organisation that I watch only. Nothing was changed.';

/**
 * Ends every turn that comes from another tenant than the one we watch, or from none: the app could be
 * installed elsewhere, and this tenant's licenses are nobody else's business.
 */
export const tenantCheck: Middleware = async (turn, context, next) => {
  const ours = context.tenantId.toLowerCase();
  if (turn.conversation.tenantId === ours) {
    if (turn.kind === 'event' || turn.asker.person.tenantId === ours) return next();
    // In a shared channel of ours people of other tenants read along, write, and press.
    context.log.warn(
      { tenant: turn.asker.person.tenantId, kind: turn.kind },
      'refused a person of another tenant',
    );
    return turn.reply(say(OF_ANOTHER));
  }
  context.log.warn(
    { tenant: turn.conversation.tenantId, kind: turn.kind },
    'refused a turn from another tenant',
  );
  if (turn.kind !== 'event') await turn.reply(say('I work for another organisation and cannot help here.'));
};
