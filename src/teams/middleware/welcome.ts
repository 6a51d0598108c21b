import { welcomeCard } from '../cards/welcome.ts';
import { showCard } from '../turn.ts';
import type { Middleware } from './middleware.ts';

/**
 * Greets a conversation once, when the bot is installed in it. Teams tells of one installation by two
 * events, in any order and often at the same time: the first one to find the conversation unknown greets.
 */
export function welcome(): Middleware {
  const greeting = new Set<string>();
  return async (turn, context, next) => {
    const { key } = turn.conversation;
    const { conversations } = context.services;
    const isNew = turn.kind === 'event' && turn.event === 'installed' && !(await conversations.byKey(key));
    if (!isNew || greeting.has(key)) return next();
    greeting.add(key);
    try {
      await next();
      const alerts = await conversations.alertTarget();
      const card = welcomeCard(context.commands, {
        alertsIn: alerts?.name ?? null,
        alertsHere: alerts?.key === key,
        isOwned: context.services.isOwned(),
      });
      await turn.post(showCard(card, 'Hi, I’m License Watch'));
    } finally {
      greeting.delete(key);
    }
  };
}
