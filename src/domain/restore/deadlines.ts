import type { RestoreFacts } from './plan.ts';

/** When something that belongs to a lost license goes, ms UTC, and what: "Mailboxes of 3 users are deleted". */
export type Deadline = { at: number; what: string };

/** What goes, and when, while the licenses of an incident are gone; soonest first. Past ones are left out. */
export function deadlinesOf(_facts: RestoreFacts): Deadline[] {
  return [];
}
