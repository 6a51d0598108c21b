import { productName } from '../domain/license/catalogue.ts';
import { type DirectoryIndex, indexDirectory } from '../language/directory-index.ts';
import type { Directory, DirectoryPerson } from '../language/query.ts';
import type { AnswerStore } from './deps.ts';

/** The names that a sentence may use, ready for `understand`. */
export type LoadedDirectory = { directory: Directory; index: DirectoryIndex };

/** Reads the names of all people, products and licensed groups that the store knows. */
async function loadDirectory(store: Pick<AnswerStore, 'users'>): Promise<Directory> {
  const present: DirectoryPerson[] = [];
  const removed: DirectoryPerson[] = [];
  for await (const chunk of store.users.all()) {
    for (const { state, removedAt, formerNames } of chunk) {
      const { id, displayName, givenName, surname, userPrincipalName, mail } = state;
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
  };
}

/** Keeps the directory between sentences and reads it again when a scan has completed since. */
export function directoryCache(store: Pick<AnswerStore, 'users' | 'scans'>): () => Promise<LoadedDirectory> {
  let cached: { scanId: string | null; loaded: Promise<LoadedDirectory> } | null = null;
  return async () => {
    const scanId = (await store.scans.last({ outcome: 'complete' }))?.id ?? null;
    if (cached === null || cached.scanId !== scanId) {
      const loaded = loadDirectory(store).then((directory) => ({
        directory,
        index: indexDirectory(directory),
      }));
      cached = { scanId, loaded };
      // A failed load must not answer every later sentence.
      loaded.catch(() => {
        cached = null;
      });
    }
    return cached.loaded;
  };
}
