import { mentionsOf } from '../../domain/people/mentions.ts';
import { pseudonymOf } from '../../domain/people/names.ts';
import type { LegalHold } from '../../domain/ports/holds.ts';

/** Nothing is replaced: a hold only looks. */
const NOBODY = pseudonymOf('000000000000');

/**
 * Makes the test whether a stored text names somebody on hold, by id or address, in whatever way JSON and URLs write it.
 */
export function mentionsOfHolds(holds: readonly LegalHold[]): (text: string) => boolean {
  const mentions = holds.map(({ personId, names }) => {
    const addresses = names.filter((name) => name.includes('@'));
    const others = names.filter((name) => !name.includes('@') && name !== personId);
    const id = personId.includes('@') ? null : personId;
    return mentionsOf(
      {
        id,
        addresses: personId.includes('@') ? [...addresses, personId] : addresses,
        written: [],
        chats: others,
      },
      NOBODY,
    );
  });
  return (text) => mentions.some((one) => one.surelyIn(text));
}
