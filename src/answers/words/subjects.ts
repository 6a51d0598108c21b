import type { Subject } from '../../domain/access/person.ts';
import type { Query } from '../../language/query.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { loadNames, usersById } from './names.ts';

/** The people, products and groups that a query names. */
export const subjectsOf = ({ people, skus, groups }: Query): Subject[] => [
  ...people.map((id) => ({ kind: 'user' as const, id })),
  ...groups.map((id) => ({ kind: 'group' as const, id })),
  ...skus.map((id) => ({ kind: 'sku' as const, id })),
];

export const isSame = (a: Subject, b: Subject): boolean => a.kind === b.kind && a.id === b.id;

/** What a person calls a subject, and what names it without doubt in a sentence. */
export type SubjectNames = { name(subject: Subject): string; unmistakable(subject: Subject): string };

/** Loads the names of subjects, to be told in sentences. */
export async function subjectNames(
  { store, directory }: Pick<AnswerDeps, 'store' | 'directory'>,
  subjects: readonly Subject[],
): Promise<SubjectNames> {
  const names = await loadNames(store);
  const users = await usersById(
    store,
    subjects.flatMap(({ kind, id }) => (kind === 'user' ? [id] : [])),
  );
  return {
    name({ kind, id }) {
      if (kind === 'sku') return names.product(id);
      if (kind === 'group') return names.group(id);
      return users.get(id)?.state.displayName ?? 'an account that is gone';
    },
    unmistakable({ kind, id }) {
      if (kind === 'sku') return directory.skus.find(({ skuId }) => skuId === id)?.partNumber ?? id;
      if (kind === 'group') return names.group(id);
      return users.get(id)?.state.userPrincipalName ?? id;
    },
  };
}
