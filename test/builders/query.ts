import type { Query } from '../../src/language/query.ts';

/** A query that asks for nothing; name what it has. */
export const aQuery = (parts: Partial<Query> = {}): Query => ({
  intent: 'unknown',
  people: [],
  skus: [],
  groups: [],
  range: null,
  days: null,
  unresolved: [],
  ...parts,
});
