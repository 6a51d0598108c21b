import type { AssignmentDates } from '../../domain/dates/dates-of.ts';

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/**
 * The four dates of an assignment as cells of a file, in UTC: plan, state, record, first seen. Of a path that gives
 * no license only the state's is told.
 */
export const dateCells = (
  { plan, state, record, seen }: AssignmentDates,
  gives: boolean,
): (string | null)[] =>
  gives ? [iso(plan), iso(state), iso(record), iso(seen.by)] : [null, iso(state), null, null];
