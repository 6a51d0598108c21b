import type { Query } from '../language/query.ts';

/** ISO 8601 in UTC, without milliseconds where there are none. */
const iso = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z');

const rangeJson = ({ range }: Query) => range && { from: iso(range.from), to: iso(range.to) };

/** A query as `ask --json` prints it: as it is, with its times as ISO texts. */
export const queryJson = (query: Query) => ({ ...query, range: rangeJson(query) });

/**
 * A query as `ask --understand` prints it: the fields of the contract and no others. Everybody and everything that
 * the sentence names is in them, also what it leaves out.
 */
export function understoodJson(query: Query) {
  const { intent, people, skus, groups, days, unresolved, except, ask } = query;
  return {
    intent,
    people: merged(people, except?.people),
    skus: merged(skus, except?.skus),
    groups: merged(groups, except?.groups),
    range: rangeJson(query),
    days,
    unresolved,
    ...(ask ? { ask } : {}),
  };
}

const merged = (ids: readonly string[], more: readonly string[] = []): string[] => [
  ...new Set([...ids, ...more]),
];
