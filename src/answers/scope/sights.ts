import type { Scope } from '../../domain/access/scope.ts';
import type { AnswerStore } from '../answer/deps.ts';
import { directoryCache, type LoadedDirectory } from './directory.ts';
import { scopedStore } from './scope.ts';

/** What somebody can be told of, and the names that they can use. */
export type Sight = { store: AnswerStore; directory: () => Promise<LoadedDirectory> };

/** The sight of somebody who may see these users. */
export type Sights = (sees: Scope) => Sight;

/** Keeps the directory of everybody, and that of each scope as long as the scope is kept. */
export function createSights(store: AnswerStore): Sights {
  const sightOf = (sees: Scope): Sight => {
    const scoped = scopedStore(store, sees);
    return { store: scoped, directory: directoryCache(scoped) };
  };
  const everybody = sightOf(null);
  const scopes = new WeakMap<ReadonlySet<string>, Sight>();
  return (sees) => {
    if (sees === null) return everybody;
    const kept = scopes.get(sees) ?? sightOf(sees);
    scopes.set(sees, kept);
    return kept;
  };
}
