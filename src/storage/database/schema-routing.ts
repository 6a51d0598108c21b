/** Rows of what routing remembers. Times are ms UTC. */

export type DigestEntryRow = {
  tenant_id: string;
  key: string;
  /** Empty: wherever alerts go. */
  target_key: string;
  at: number;
  due_at: number;
  why: 'low' | 'held';
  line: string;
  class: string;
  told_at: number | null;
};

/** `on_call` is who it calls, as JSON text; null: the person on call. */
export type EscalationRow = {
  tenant_id: string;
  key: string;
  target_key: string;
  on_call: string | null;
  due_at: number;
  outcome: 'called' | 'reacted' | 'over' | null;
  ended_at: number | null;
};

export type KeptRoutesRow = { tenant_id: string; text: string; at: number };
