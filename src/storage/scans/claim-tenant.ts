import { sql } from 'kysely';
import type { DatabaseKind, Queries } from '../database/connection.ts';
import { databaseNow } from '../database/database-now.ts';
import { StorageError } from '../database/storage-error.ts';
import { watchState } from './watch-state.ts';

/**
 * Lets the database watch this tenant, or refuses it. Users of two tenants in one database would be compared with each
 * other, and each would seem lost. A database that knows no tenant takes the first one. One that has read nothing yet,
 * and on which nobody works, takes another one: an id that was mistyped at the first start can be put right.
 * @param tenantId lower case
 * Throws StorageError `other-tenant`.
 */
export async function claimTenant(db: Queries, kind: DatabaseKind, tenantId: string): Promise<void> {
  if ((await watchState(db)).watched_tenant === tenantId) return;
  // One statement decides, so that of two processes that start at the same time one is refused.
  await sql`update watch_state set watched_tenant = ${tenantId}
    where id = 1 and (watched_tenant is null or (
      version = 0
      and not exists (select 1 from audit_events)
      and not exists (select 1 from leases where expires_at > ${databaseNow(kind)})
    ))`.execute(db);
  const watched = (await watchState(db)).watched_tenant;
  if (watched !== tenantId) throw new StorageError('other-tenant', otherTenant(watched ?? '', tenantId));
}

const otherTenant = (watched: string, asked: string): string =>
  `This database watches the tenant ${watched}, but AAD_APP_TENANT_ID is ${asked}: users of two tenants would be compared, and each would seem lost. Set AAD_APP_TENANT_ID back to ${watched}, or set DATABASE_URL to another database for ${asked}.`;
