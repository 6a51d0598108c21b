import { say } from '../turn.ts';
import type { Middleware } from './middleware.ts';

/**
 * Ends every turn that comes from another tenant than the one we watch, or from none: the app could be
 * installed elsewhere, and this tenant's licenses are nobody else's business.
 */
export const tenantCheck: Middleware = async (turn, context, next) => {
  if (turn.conversation.tenantId === context.tenantId.toLowerCase()) return next();
  context.log.warn(
    { tenant: turn.conversation.tenantId, kind: turn.kind },
    'refused a turn from another tenant',
  );
  if (turn.kind !== 'event') await turn.reply(say('I work for another organisation and cannot help here.'));
};
