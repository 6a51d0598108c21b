import { type GroupIndex, indexGroups } from './groups.ts';
import { indexPeople, type PeopleIndex } from './people.ts';
import type { Directory } from './query.ts';
import { indexSkus, type SkuIndex } from './skus.ts';

/** A directory prepared for `understand`. */
export type DirectoryIndex = { people: PeopleIndex; skus: SkuIndex; groups: GroupIndex };

/** Prepares a directory once, so that each sentence is read in milliseconds whatever the number of people. */
export const indexDirectory = (directory: Directory): DirectoryIndex => ({
  people: indexPeople(directory.people),
  skus: indexSkus(directory.skus),
  groups: indexGroups(directory.groups),
});
