import type { Query } from '../language/query.ts';

/** ISO 8601 in UTC, without milliseconds where there are none. */
const iso = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z');

/** A query as `ask --json` and `ask --understand` print it: as it is, with its times as ISO texts. */
export const queryJson = (query: Query) => ({
  ...query,
  range: query.range && { from: iso(query.range.from), to: iso(query.range.to) },
});
