import type { SecurityIncident, SecurityRule } from '../../domain/detection/alerts/security-incident.ts';
import type { SecurityCommit } from '../../domain/ports.ts';
import { markTold } from '../audit/match-rows.ts';
import { type DatabaseKind, type Queries, THE_TENANT } from '../database/connection.ts';

/**
 * Writes alerts of detections with the matches that they are made of, inside the caller's transaction.
 * @returns false where somebody else was first: the caller undoes the transaction
 */
export async function writeSecurity(
  db: Queries,
  kind: DatabaseKind,
  { incidents, told = [], toldAt = 0, rules = [] }: SecurityCommit,
): Promise<boolean> {
  // One that closes makes room for an open one with the same identity.
  const inOrder = incidents.toSorted((a, b) => Number(a.status === 'open') - Number(b.status === 'open'));
  for (const incident of inOrder) if (!(await writeIncident(db, incident))) return false;
  for (const rule of rules) await putRule(db, rule);
  return markTold(db, kind, told, toldAt);
}

async function writeIncident(db: Queries, incident: SecurityIncident): Promise<boolean> {
  const { id, identity, status, revision } = incident;
  const row = {
    identity,
    status,
    opened_at: incident.openedAt,
    last_at: incident.lastAt,
    revision,
    body: JSON.stringify(incident),
  };
  if (revision === 1) {
    const inserted = await db
      .insertInto('security_incidents')
      .values({ tenant_id: THE_TENANT, id, ...row })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return inserted.numInsertedOrUpdatedRows === 1n;
  }
  const updated = await db
    .updateTable('security_incidents')
    .set(row)
    .where('tenant_id', '=', THE_TENANT)
    .where('id', '=', id)
    .where('revision', '=', revision - 1)
    .executeTakeFirst();
  return updated.numUpdatedRows > 0n;
}

async function putRule(db: Queries, rule: SecurityRule): Promise<void> {
  const body = JSON.stringify(rule);
  await db
    .insertInto('security_rules')
    .values({ tenant_id: THE_TENANT, id: rule.id, made_at: rule.at, body })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'id']).doUpdateSet({ body }))
    .execute();
}
