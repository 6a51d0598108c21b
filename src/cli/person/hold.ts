import { systemClock } from '../../app/system-clock.ts';
import { heldNames, keyOf } from '../../domain/people/names.ts';
import { EXIT_FAILURE, EXIT_OK, writeLine } from '../command.ts';
import { holdOf, type PersonRun, personMeant, shownAs } from './run.ts';

/** Puts a person on hold, or gives a hold its new reason and names. */
export async function putOnHold(run: PersonRun, who: string, reason = ''): Promise<number> {
  const { store, io, by } = run;
  const person = await personMeant(run, who);
  if (typeof person === 'number') return person;
  if (person.isErasing) {
    writeLine(
      io.stderr,
      `${who} is being erased: some of it is gone. Finish the erasure, or restore a copy of the database.`,
    );
    return EXIT_FAILURE;
  }
  const at = systemClock.now();
  const known = await holdOf(run, person.names);
  const personId = known?.personId ?? keyOf(person.names);
  const names = heldNames(person.names);
  await store.holds.put({ personId, names, reason: reason.trim(), since: at });
  await store.people.note({
    at,
    act: 'put on hold',
    person: personId,
    by,
    counts: {},
    reason: reason.trim(),
  });
  writeLine(
    io.stdout,
    `${shownAs(person)} is on hold. Kept is every audit record that names ${names.join(', ')}.`,
  );
  return EXIT_OK;
}

/** Ends a hold. */
export async function endHold(run: PersonRun, who: string): Promise<number> {
  const { store, io, by } = run;
  const person = await personMeant(run, who);
  if (typeof person === 'number') return person;
  const hold = await holdOf(run, person.names);
  const at = systemClock.now();
  if (!hold || !(await store.holds.end(hold.personId, at))) {
    writeLine(io.stderr, `${shownAs(person)} is not on hold.`);
    return EXIT_FAILURE;
  }
  await store.people.note({
    at,
    act: 'hold ended',
    person: hold.personId,
    by,
    counts: {},
    reason: hold.reason,
  });
  writeLine(
    io.stdout,
    `The hold of ${shownAs(person)} has ended: the retention may remove records about them again.`,
  );
  return EXIT_OK;
}

/** Lists holds in force. */
export async function listHolds({ store, io }: PersonRun, asJson: boolean): Promise<number> {
  const holds = await store.holds.inForce();
  if (asJson) writeLine(io.stdout, JSON.stringify(holds));
  else if (holds.length === 0) writeLine(io.stdout, 'Nobody is on hold.');
  for (const { personId, names, reason, since } of asJson ? [] : holds) {
    const begin = new Date(since).toISOString();
    writeLine(
      io.stdout,
      `${begin}  ${personId}  ${names.filter((name) => name !== personId).join(', ')}  ${reason}`,
    );
  }
  return EXIT_OK;
}
