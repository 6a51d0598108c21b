import type { Scope } from '../../domain/access/scope.ts';
import type { AnswerStore } from '../answer/deps.ts';
import { directoryCache, type LoadedDirectory } from './directory.ts';
import { scopedStore } from './scope.ts';

/** What somebody can be told of, and the names that they can use. */
export type ScopedStore = { store: AnswerStore; directory: () => Promise<LoadedDirectory> };

/** The sight of somebody who may see these users. */
export type ScopedStores = (sees: Scope) => ScopedStore;

/** Keeps the directory of everybody, and that of each scope as long as the scope is kept. */
export function createScopedStores(store: AnswerStore): ScopedStores {
  const scopedStoreOf = (sees: Scope): ScopedStore => {
    const scoped = scopedStore(store, sees);
    return { store: scoped, directory: directoryCache(scoped) };
  };
  const everybody = scopedStoreOf(null);
  const scopes = new WeakMap<ReadonlySet<string>, ScopedStore>();
  return (sees) => {
    if (sees === null) return everybody;
    const kept = scopes.get(sees) ?? scopedStoreOf(sees);
    scopes.set(sees, kept);
    return kept;
  };
}
