import type { HoldStore } from '../../domain/ports/holds.ts';
import type { PeopleStore } from '../../domain/ports/people.ts';
import type { Chain } from '../archive/chain.ts';
import type { DatabaseKind, Queries } from '../database/connection.ts';
import { erasePerson } from './erase-person.ts';
import { findPerson } from './find-person.ts';
import { notePerson, personLog } from './person-log.ts';
import { personRows } from './person-rows.ts';

/** What is stored about one person: to give out, to erase, and what was done with it. */
export function createPeopleStore(
  db: Queries,
  kind: DatabaseKind,
  chain: Chain,
  holds: Pick<HoldStore, 'inForce'>,
): PeopleStore {
  return {
    find: (text) => findPerson(db, kind, text),
    rows: (names, signal) => personRows(db, kind, names, signal),
    erase: (names, by, at, signal) => erasePerson({ db, kind, chain, holds }, names, by, at, signal),
    note: (entry) => notePerson(db, entry),
    log: () => personLog(db),
  };
}
