/** Changes of licenses that wait for a second operator, and those that did. Times are ms UTC; ids are lower case. */
import type { AskedChange } from '../restore/requests/asked-change.ts';

/** They are written by `IncidentStore.commit`, together with the decisions about them. */
export interface AskedChangeStore {
  /** Those that nobody has ended, also where their time is over; oldest first. */
  waiting(): Promise<AskedChange[]>;
  /** Those of these that exist. */
  byIds(ids: readonly string[]): Promise<AskedChange[]>;
}
