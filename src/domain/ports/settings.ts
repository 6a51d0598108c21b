/** What is stored of settings that people set in chat. Times are ms UTC. */
import type { OutboxItem } from '../delivery/outbox-item.ts';
import type { Decision } from '../incident/decision.ts';
import type { SettingChange, SettingRequest, StoredSetting } from '../settings/setting-change.ts';

/** One change, or a request for it, written together with the decision. */
export type SettingsCommit = {
  decision: Decision;
  changes?: readonly SettingChange[];
  /** A change that waits for a second owner. */
  request?: SettingRequest;
  /** A request that is answered, and waits no more. */
  answered?: string;
  outbox?: readonly OutboxItem[];
};

export interface SettingStore {
  /** In the order of their keys. */
  all(): Promise<StoredSetting[]>;
  /** Changes that wait for a second owner at `now`, oldest first. */
  requests(now: number): Promise<SettingRequest[]>;
  /** One transaction. False, and nothing written, when a decision with this id is there: somebody else was first. */
  commit(commit: SettingsCommit): Promise<boolean>;
}
