import { cardMark } from '../../domain/delivery/card-key.ts';
import type { OutgoingMessage } from '../../domain/ports.ts';
import type { AdaptiveCard } from './render.ts';

const COPY_LINES = {
  maybe:
    'This may be a second copy: Teams did not say whether it took the first one. Buttons work on both, and both stay up to date.',
  yes: 'This card stands here twice. Both are kept up to date.',
} as const;

/**
 * Puts on a card what delivery needs: the mark by which it is found again, in the same place on every kind of card,
 * and the line that says that it may stand twice.
 */
export function asPosted(
  card: AdaptiveCard,
  { key, copy }: Pick<OutgoingMessage, 'key' | 'copy'>,
): AdaptiveCard {
  const [first, ...rest] = Array.isArray(card.body) ? (card.body as object[]) : [];
  const marked = { ...(first ?? { type: 'Container', items: [] }), id: cardMark(key) };
  return { ...card, body: [marked, ...(copy ? [copyLine(COPY_LINES[copy])] : []), ...rest] };
}

const copyLine = (text: string) => ({ type: 'TextBlock', text, isSubtle: true, size: 'Small', wrap: true });
