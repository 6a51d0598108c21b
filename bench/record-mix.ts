import { createHash } from 'node:crypto';
import type { RecordKind, RecordPerson } from './activity-records.ts';

/** How often each kind comes in a hundred records; a license change comes as a pair. */
const SHARES: readonly (readonly [RecordKind, number])[] = [
  ['license', 8],
  ['update-user', 8],
  ['member', 9],
  ['sign-in', 25],
  ['mail-read', 10],
  ['mailbox', 10],
  ['file', 30],
];

/** The kind of the record of this number: the kinds alternate, so that each page has all of them. */
export function kindOf(number: number): RecordKind {
  // 37 and 100 have no common factor, so that each hundred records have every share in full.
  let place = (number * 37) % 100;
  for (const [kind, share] of SHARES) {
    if (place < share) return kind;
    place -= share;
  }
  return 'file';
}

/** The same id for the same text, as random to an index as a real one. */
export function idFor(text: string): string {
  const hex = createHash('md5').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** Somebody of the invented tenant. */
export const personNumber = (number: number): RecordPerson => ({
  id: idFor(`person ${number}`),
  upn: `person${number}@fabrikam.example`,
});
