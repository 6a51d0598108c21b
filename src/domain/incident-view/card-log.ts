import type { PostedCard } from '../delivery/posted-card.ts';
import { numeral, plural } from '../numerals.ts';
import type { IncidentView } from './view.ts';

/** What happened to the card itself, oldest first: each time that it may have come to stand twice. */
export function cardLog(card: PostedCard | null): IncidentView['log'] {
  if (card === null) return [];
  const log = card.postedAgain.map((at, index) => ({
    at,
    what: `License Watch posted this card again${index === 0 ? '' : ` (${index + 1} times by now)`}: Teams did not say whether it took the first one`,
  }));
  const copies = card.copies.length;
  if (copies === 0) return log;
  const stands = plural(copies, 'A copy of this card stands', `${numeral(copies)} copies of this card stand`);
  const newest = Math.max(card.postedAt, ...card.copies.map(({ seenAt }) => seenAt));
  return [
    ...log,
    { at: newest, what: `${stands} in Teams, and ${plural(copies, 'is', 'are')} kept up to date` },
  ];
}
