import type { Person } from '../../access/person.ts';
import type { DetectionClass, Level } from '../rule.ts';

/** `approved`: somebody, or a rule, said that it was expected; `closed`: quiet for long, or it needs nobody. */
export type SecurityStatus = 'open' | 'approved' | 'closed';

/** One line of a card: what was changed, from what to what. Null: there was nothing, or the record does not say. */
export type FactLine = { name: string; before: string | null; after: string | null };

/** What a record says, in plain words. Texts come from the tenant: they are escaped where they are shown. */
export type RecordWords = {
  /** "Greta Wagner made Pavel Novák Global Administrator". */
  title: string;
  facts: FactLine[];
  who: string | null;
  /** On who or what it was done. */
  object: string | null;
  address: string | null;
  client: string | null;
};

/** Firings that belong together, told by one card. Times are ms UTC; by the records unless said otherwise. */
export type SecurityIncident = {
  id: string;
  /** Of the rule and its labels only; of a flood, of the rule and who did it. One that is open has it alone. */
  identity: string;
  rule: string;
  class: DetectionClass | null;
  level: Level;
  /** The title of the rule. */
  ruleTitle: string;
  labels: Record<string, string>;
  status: SecurityStatus;
  /** By our clock. */
  openedAt: number;
  updatedAt: number;
  /** Rises with each change that the card shows. */
  revision: number;
  firstAt: number;
  lastAt: number;
  /** Firings. */
  count: number;
  recordCount: number;
  /** The first records, as many as are worth a look. */
  recordIds: string[];
  /** Of the first record. */
  words: RecordWords;
  /** Of the other firings, those of them that differ, a few. */
  others: string[];
  /** How many distinct people or things `others` are of. */
  otherCount: number;
  /** Object ids of the people that it names, as far as they are in the directory: who may see it hangs on them. */
  userIds: string[];
  /** How many people it names that the directory does not know. */
  strangers: number;
  /** Whether it stands for many incidents of one rule that came at once. */
  flood: boolean;
  /** How many whole days the archive went back, where that was too short to know what is usual; else null. */
  watchedDays: number | null;
  /** When its card may go out, by our clock; null: none, it is for the digest and the board. */
  tellAt: number | null;
  /** What the card said when it went out first; null before. */
  told: { count: number; at: number } | null;
  snoozedUntil: number | null;
  snoozeReason: string | null;
  /** The rule that expected it, so that nobody was alerted. */
  hiddenByRuleId: string | null;
  /** How it ended. `by` null: by itself. */
  ending: { by: Person | null; at: number; reason: string | null; ruleUntil: number | null } | null;
};

/**
 * "Alerts like these are expected", until a date: by the rule and some of its labels. It hides the alert, never the
 * history. Times are ms UTC.
 */
export type SecurityRule = {
  id: string;
  incidentId: string;
  by: Person;
  at: number;
  reason: string;
  until: number;
  endedAt: number | null;
  endedBy: Person | null;
  match: { rule: string; labels: Record<string, string> };
};
