import { z } from 'zod';
import type { BotContext } from '../bot-context.ts';
import type { ActionTurn } from '../turn.ts';

const Keyed = z.object({ cardKey: z.string().min(1).max(200) });

/** The key of the card that was pressed; null where it has none: nobody looks for answers. */
export function pressedKey({ data }: Pick<ActionTurn, 'data'>): string | null {
  const keyed = Keyed.safeParse(data);
  return keyed.success ? keyed.data.cardKey : null;
}

/** Notes where the pressed card stands. That this fails is no reason to refuse the press. */
export async function notePressed(turn: ActionTurn, { services, log }: BotContext): Promise<void> {
  const cardKey = pressedKey(turn);
  if (cardKey === null || turn.cardId === null || turn.conversation.kind !== 'channel') return;
  try {
    await services.cardSeen({ cardKey, conversationKey: turn.conversation.key, activityId: turn.cardId });
  } catch (err) {
    log.warn({ err }, 'where a pressed card stands could not be noted');
  }
}
