/** What is read and stored of Microsoft's usage reports. Times are ms UTC; ids are lower case. */
import type { Known, ReportName, ReportState } from '../usage/report.ts';
import type { MailboxUse, PersonUsage } from '../usage/usage.ts';
import type { Workload } from '../usage/workload.ts';

/** A row of a report: `name` is the user principal name, or a hash of it, in lower case. */
export type UsageRow = {
  name: string;
  /** The day of the last activity; null for none in the period. A workload that the row says nothing of is left out. */
  last: Partial<Record<Workload, number | null>>;
  mailbox: MailboxUse | null;
  driveBytes: number | null;
};

/** Some rows of a report; `refreshedAt` is null where it has none. */
export type UsagePage = {
  refreshedAt: number | null;
  periodDays: number;
  /** Those of its workloads that it has a column of. */
  workloads: readonly Workload[];
  rows: UsageRow[];
};

/** What a mailbox is for, as Exchange says: `user`, `shared`, `room`, `equipment`, `linked`, `others`. */
export type MailboxPurpose = { userId: string; purpose: string };

/** A row of a report, put to its person. */
export type UsageFact = Omit<UsageRow, 'name'> & { userId: string };

/** An account by a name that it has or had. */
export type AccountName = { userId: string; name: string; former: boolean };

/** A workload of which everybody is wanted who did not use it since then. */
export type NotUsed = { workload: Workload; known: Known };

/** Who has a license of one of the products by which none of these service plans is switched off. */
export type Holding = { skuIds: readonly string[]; planIds: readonly string[] };

export interface UsageStore {
  /** Each report that was ever tried. */
  reports(): Promise<ReportState[]>;
  /** Keeps facts of a run. Of a person who comes twice in a run, the later activity counts. */
  add(run: number, facts: readonly UsageFact[]): Promise<void>;
  /** Notes that a report was read in whole, or why it was not. */
  note(state: ReportState): Promise<void>;
  setProblem(report: ReportName, problem: NonNullable<ReportState['problem']>): Promise<void>;
  /** All names of the accounts that are there, some at a time, in lower case. */
  names(): AsyncIterable<AccountName[]>;
  /** Keeps what mailboxes are for, as it was read then. */
  addPurposes(at: number, purposes: readonly MailboxPurpose[]): Promise<void>;
  /** Of these users, those that any report or mailbox tells of. */
  byUsers(userIds: readonly string[]): Promise<(PersonUsage & { purpose: string | null })[]>;
  /**
   * The licensed users who are there and used none of these workloads since then, as far as is known of each; in the
   * order in which the tenant lists them. As `useOfAll` of the domain says `unused`.
   * @param holding only those who hold one of these licenses
   */
  notUsing(workloads: readonly NotUsed[], since: number, holding?: Holding): Promise<string[]>;
  /** The licensed users who are there and of whom one of these workloads is not known, as likewise. */
  unknownOf(workloads: readonly NotUsed[], since: number, holding?: Holding): Promise<string[]>;
}
