/** What is stored of why people were alerted, or were not. Times are ms UTC; ids are lower case. */
import type { AlertNote } from '../alert/reason.ts';

export interface AlertStore {
  /** Keeps each subject's reason once, with the time at which it was noted first. Returns those that are new. */
  note(notes: readonly AlertNote[]): Promise<AlertNote[]>;
  /** The notes about these changes and incidents, oldest first. */
  about(changeIds: readonly string[], incidentIds: readonly string[]): Promise<AlertNote[]>;
  /** The notes about reads in a half-open range, oldest first; the newest so many. */
  reads(from: number, to: number, limit: number): Promise<AlertNote[]>;
  /** Removes notes made before then. Returns how many. */
  purge(before: number): Promise<number>;
}
