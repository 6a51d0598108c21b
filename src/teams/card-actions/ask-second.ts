import { z } from 'zod';
import { askedOwnCard } from '../cards/asked-change.ts';
import type { Times } from '../cards/times.ts';
import type { LicensesChanged } from '../services.ts';
import { type Reply, showCard } from '../turn.ts';

/** What the button sends that asks for a second operator; null where one writes alone. */
export const Second = z
  .string()
  .max(10)
  .default('')
  .transform((text) => (text === 'yes' ? text : null));

/** The card of the person who asked a second operator. */
export const askedReply = (
  { view, channel }: Extract<LicensesChanged, { kind: 'waiting' }>,
  times: Times,
): Reply =>
  showCard(
    askedOwnCard(view, { channel, notice: null, times }),
    `Your request to ${view.what} waits for a second operator`,
  );
