import { approve } from './approve.ts';
import { ask } from './ask.ts';
import type { CardAction } from './card-action.ts';
import { reassign } from './reassign.ts';
import { snooze } from './snooze.ts';

/** Every button that our cards have. One that is not listed here is answered as unknown. */
export const CARD_ACTIONS: readonly CardAction[] = [reassign, approve, snooze, ask];
