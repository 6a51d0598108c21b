import type { DatabaseFacts } from '../../domain/doctor/judge-machine.ts';

/** A conversation as the database has it, as far as it takes to ask Teams about it. */
export type SeenConversation = {
  kind: string;
  teamId: string | null;
  alerts: boolean;
  unreachable: string | null;
  /** JSON of the SDK's reference. */
  reference: string;
};

/** What a look at the database shows. Nothing of it was changed. */
export type DatabaseLook = {
  facts: DatabaseFacts;
  /** Null where the database does not tell: it is new, or does not answer. */
  conversations: SeenConversation[] | null;
  /** What tells this database from another, see installation.ts; null where it has no such mark. */
  mark: string | null;
  /** The tenant whose users or records are in it; null where there are none, or where it does not tell. */
  tenant: string | null;
};

export const CONVERSATIONS =
  'select kind, team_id, alerts, unreachable, reference from conversations order by alerts desc, key';
export const MARK = "select id from installations where tenant_id = ''";
/** Until something was read, another tenant may take the database: see claim-tenant.ts. */
export const TENANT =
  'select watched_tenant as tenant from watch_state where version > 0 or exists (select 1 from audit_events)';

export const toTenant = (row: { tenant: unknown } | undefined): string | null =>
  typeof row?.tenant === 'string' ? row.tenant : null;

export type ConversationRow = {
  kind: unknown;
  team_id: unknown;
  alerts: unknown;
  unreachable: unknown;
  reference: unknown;
};

export const toSeen = (row: ConversationRow): SeenConversation => ({
  kind: String(row.kind),
  teamId: row.team_id === null ? null : String(row.team_id),
  alerts: Number(row.alerts) === 1,
  unreachable: row.unreachable === null ? null : String(row.unreachable),
  reference: String(row.reference),
});

/** How far the tables are from those of this version, by the names of the steps that were taken. */
export function migrationState(
  taken: readonly string[],
  known: readonly string[],
): NonNullable<DatabaseFacts['migrations']> {
  const [before, ours] = [new Set(taken), new Set(known)];
  return {
    pending: known.filter((name) => !before.has(name)).length,
    unknown: taken.filter((name) => !ours.has(name)),
  };
}
