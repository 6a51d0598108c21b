import type { BotContext } from '../bot-context.ts';
import type { Turn } from '../turn.ts';

/** Goes on with the turn; without calling it, a middleware ends the turn. */
export type Next = () => Promise<void>;

export type Middleware = (turn: Turn, context: BotContext, next: Next) => Promise<void>;

/** Runs the turn through the middleware in order, and at the end through the listener. */
export async function runThrough(
  middleware: readonly Middleware[],
  turn: Turn,
  context: BotContext,
  listener: Next,
): Promise<void> {
  const [first, ...rest] = middleware;
  if (!first) return listener();
  await first(turn, context, () => runThrough(rest, turn, context, listener));
}
