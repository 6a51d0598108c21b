/** What the running bot remembers: sign-ins, conversations, leases, jobs, access. */

import type { Generated } from 'kysely';

export type SignInRow = {
  read_no: number;
  user_id: string;
  created_at: number | null;
  interactive_at: number | null;
  non_interactive_at: number | null;
  successful_at: number | null;
};

/** One row, id 1: which read of sign-ins counts, and why a later one failed. */
export type SignInStateRow = {
  id: number;
  read_no: number;
  read_at: number | null;
  problem: string | null;
};

export type ConversationRow = {
  key: string;
  kind: 'personal' | 'groupChat' | 'channel';
  name: string;
  tenant_id: string | null;
  team_id: string | null;
  reference: string;
  alerts: 0 | 1;
  unreachable: string | null;
  updated_at: number;
  group_id: string | null;
  paused_until: number | null;
  pause_asked: Generated<0 | 1>;
  failed_sends: Generated<number>;
};

/** `renewals` counts up with each renewal, so that others see a living holder without comparing clocks. */
export type LeaseRow = { name: string; holder: string; expires_at: number; token: number; renewals: number };

export type LeaseTermRow = { tenant_id: string; name: string; last_token: number };

export type JobRunRow = {
  name: string;
  started_at: number;
  finished_at: number | null;
  ok: 0 | 1 | null;
  last_success_at: number | null;
  detail: string | null;
};

/** One row a tenant: what tells this database from another. */
export type InstallationRow = { tenant_id: string; id: string };

/** What the doctor found last, a row a check; `ok` null: it could not be tried. */
export type DoctorFindingRow = {
  tenant_id: string;
  check_name: string;
  ok: 0 | 1 | null;
  detail: string;
  looked_at: number;
};

/** `sees` is a list of user ids as JSON text; null: everybody. */
export type KnownAccessRow = { tenant_id: string; user_id: string; sees: string | null; known_at: number };

/** Every table that queries are written against. The staging of a scan is not here: see `scan-staging.ts`. */
export type WriteProbeRow = { tenant_id: string; filler: string };
