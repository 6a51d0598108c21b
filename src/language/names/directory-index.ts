import type { Directory } from '../query.ts';
import { type DepartmentIndex, indexDepartments } from './departments.ts';
import { anEffort } from './effort.ts';
import { type GroupIndex, indexGroups } from './groups.ts';
import { indexingPeople, type PeopleIndex } from './people.ts';
import { indexSkus, type SkuIndex } from './skus.ts';

/** A directory prepared for `understand`. */
export type DirectoryIndex = {
  people: PeopleIndex;
  skus: SkuIndex;
  groups: GroupIndex;
  departments?: DepartmentIndex;
};

/**
 * Prepares a directory once, so that each sentence is read in milliseconds whatever the number of people. Yields
 * after every few milliseconds of work, so that the caller can let others work in between.
 */
export function* indexingDirectory(directory: Directory): Generator<void, DirectoryIndex> {
  const people = yield* indexingPeople(directory.people);
  return {
    people,
    skus: indexSkus(directory.skus),
    groups: indexGroups(directory.groups),
    ...(directory.departments ? { departments: indexDepartments(directory.departments) } : {}),
  };
}

/** As `indexingDirectory`, all at once. */
export function indexDirectory(directory: Directory): DirectoryIndex {
  const indexing = indexingDirectory(directory);
  for (;;) {
    const { done, value } = indexing.next();
    if (done) return value;
  }
}

/** The directory for one sentence, which is worth only so much work, however often it is read. */
export const withinReason = (index: DirectoryIndex): DirectoryIndex =>
  index.people.effort === null ? { ...index, people: { ...index.people, effort: anEffort() } } : index;
