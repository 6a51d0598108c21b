import { apology } from '../apology.ts';
import { say } from '../turn.ts';
import type { Middleware } from './middleware.ts';

/**
 * Turns any error of a listener into a sentence with a reference number. The log gets the error under that
 * number, and not the activity: what people write stays between them and the answer.
 */
export const errorBoundary: Middleware = async (turn, context, next) => {
  try {
    await next();
  } catch (error) {
    const reference = context.newReference();
    context.log.error({ reference, kind: turn.kind, err: error }, 'turn failed');
    context.onTurn(turn.kind, 'failed', 0);
    if (turn.kind === 'event') return;
    try {
      await turn.reply(say(apology(reference)));
    } catch (replyError) {
      context.log.warn(
        { reference, err: replyError },
        'the person could not be informed that the turn failed',
      );
    }
  }
};
