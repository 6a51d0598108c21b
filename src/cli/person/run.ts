import { heldNames, keyOf, namesOfText, type PersonNames } from '../../domain/people/names.ts';
import type { FoundPerson, Store } from '../../domain/ports.ts';
import { EXIT_BAD_INPUT, type Io, writeLine } from '../command.ts';

/** What each act on a person needs; `by` is the user of the machine. */
export type PersonRun = { store: Store; io: Io; by: string };

/**
 * Who is meant. Somebody who the store does not know as an account is looked for by what was given.
 * @returns an exit code where it is not clear, which it has said on stderr
 */
export async function personMeant({ store, io }: PersonRun, text: string): Promise<FoundPerson | number> {
  const found = await store.people.find(text);
  if (found.length > 1) {
    writeLine(
      io.stderr,
      `“${text}” is or was the name of several accounts. Give the object id of one of them:`,
    );
    for (const { names, displayName } of found)
      writeLine(io.stderr, `  ${keyOf(names)} ${displayName ?? ''}`);
    return EXIT_BAD_INPUT;
  }
  const [person] = found;
  if (person) return person;
  const names = namesOfText(text);
  if (names === null) {
    writeLine(io.stderr, 'Give an object id or a user principal name.');
    return EXIT_BAD_INPUT;
  }
  writeLine(io.stderr, `No account “${text}” is stored. Looking for this text alone.`);
  return { names, displayName: null, isPresent: false, isErasing: false };
}

/** The hold that is in force for a person, if there is one. */
export async function holdOf({ store }: PersonRun, names: PersonNames) {
  const theirs = new Set([keyOf(names), ...heldNames(names)]);
  return (await store.holds.inForce()).find((hold) =>
    [hold.personId, ...hold.names].some((name) => theirs.has(name)),
  );
}

/** A person for a message. */
export const shownAs = ({ names, displayName }: FoundPerson): string =>
  displayName === null ? keyOf(names) : `${displayName} (${names.addresses[0] ?? keyOf(names)})`;
