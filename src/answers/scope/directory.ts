import { namesVersion, productName } from '../../domain/license/catalogue.ts';
import { inSlices } from '../../event-loop/in-slices.ts';
import { type DirectoryIndex, indexingDirectory } from '../../language/names/directory-index.ts';
import type { Directory, DirectoryPerson } from '../../language/query.ts';
import type { AnswerStore } from '../answer/deps.ts';

/** The names that a sentence may use, ready for `understand`. */
export type LoadedDirectory = { directory: Directory; index: DirectoryIndex };

/** Reads the names of all people, products and licensed groups that the store knows. */
async function loadDirectory(store: Pick<AnswerStore, 'users'>): Promise<Directory> {
  const present: DirectoryPerson[] = [];
  const removed: DirectoryPerson[] = [];
  const departments = new Set<string>();
  for await (const chunk of store.users.all()) {
    for (const { state, removedAt, formerNames } of chunk) {
      const { id, displayName, givenName, surname, userPrincipalName, mail } = state;
      if (removedAt === null && state.department) departments.add(state.department);
      const person = { id, displayName, givenName, surname, userPrincipalName, mail, formerNames };
      (removedAt === null ? present : removed).push(person);
    }
  }
  // Somebody who left can be asked about, but does not make the name of somebody who is here ambiguous.
  const names = new Set(present.map(({ displayName }) => displayName.toLowerCase()));
  const left = removed.filter(({ displayName }) => !names.has(displayName.toLowerCase()));
  const { skus, groups } = await store.users.tenant();
  return {
    people: [...present, ...left],
    skus: skus.map(({ skuId, partNumber }) => ({
      skuId,
      partNumber,
      displayName: productName(skuId, partNumber),
    })),
    groups: groups.map(({ id, displayName }) => ({ id, displayName })),
    departments: [...departments],
  };
}

/** A tenant of this size is read and indexed while a question waits: it takes milliseconds. */
const READ_AT_ONCE = 5_000;

/**
 * Keeps the directory between sentences and reads it again when a scan has completed since. In a large tenant that
 * takes seconds: questions are answered from the directory before until the new one is there, and other work goes
 * on while it is made.
 */
export function directoryCache(store: Pick<AnswerStore, 'users' | 'scans'>): () => Promise<LoadedDirectory> {
  let usable: LoadedDirectory | null = null;
  let latest: { of: string; loaded: Promise<LoadedDirectory> } | null = null;
  const load = async (): Promise<LoadedDirectory> => {
    const directory = await loadDirectory(store);
    return { directory, index: await inSlices(indexingDirectory(directory)) };
  };
  return async () => {
    const scanId = (await store.scans.last({ outcome: 'complete' }))?.id ?? null;
    const of = `${scanId} ${namesVersion()}`;
    if (latest === null || latest.of !== of) {
      const loading = { of, loaded: load() };
      latest = loading;
      loading.loaded.then(
        (loaded) => {
          if (latest === loading) usable = loaded;
        },
        () => {
          // A failed load must not answer every later sentence.
          if (latest === loading) latest = null;
        },
      );
    }
    return usable !== null && usable.directory.people.length > READ_AT_ONCE ? usable : latest.loaded;
  };
}
