import type { StoredUser } from '../../domain/ports.ts';

/** By what records may name people: their ids and, as some workloads do, their UPN or mail only, in lower case. */
export function inRecords(ids: readonly string[], users: Iterable<StoredUser>): string[] {
  const names = [...users].flatMap(({ state }) => [state.userPrincipalName, state.mail ?? '']);
  return [...new Set([...ids, ...names.filter(Boolean).map((name) => name.toLowerCase())])];
}
