/** What is stored of Microsoft's own dates of licenses. Times are ms UTC; ids are lower case. */
import type { LicenseDates, LicenseDatesRun } from '../dates/license-dates.ts';

/** One page of the listing of everybody's dates; `next` is the link of the page behind it, null behind the last. */
export type LicenseDatesPage = { dates: LicenseDates[]; next: string | null };

export interface LicenseDatesStore {
  run(): Promise<LicenseDatesRun>;
  /** Begins a read of everybody from its first page; what an earlier one stored stays until it is read again. */
  begin(startedAt: number): Promise<void>;
  /** Keeps a page and where to go on, in one transaction. Of a user who was read later than that, nothing changes. */
  addPage(page: LicenseDatesPage): Promise<void>;
  /** Ends the read: forgets those who were not seen since it began, and the problem. */
  finish(at: number): Promise<void>;
  /** Notes why the read stopped; what was read stays, and so does the place. */
  setProblem(problem: NonNullable<LicenseDatesRun['problem']>): Promise<void>;
  /** Keeps what was read of some users, outside the daily read. */
  put(dates: readonly LicenseDates[]): Promise<void>;
  /** Of these users, those that anything was read about. */
  byUsers(userIds: readonly string[]): Promise<LicenseDates[]>;
}
