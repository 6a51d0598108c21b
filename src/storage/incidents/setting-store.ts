import { z } from 'zod';
import type { SettingStore, SettingsCommit } from '../../domain/ports.ts';
import { type Queries, THE_TENANT, unlessTaken } from '../database/connection.ts';
import { readStored } from '../database/stored-json.ts';
import { enqueue } from '../delivery/outbox-rows.ts';
import { Person } from './decision-json.ts';
import { insertDecision } from './decision-rows.ts';

const Changes = z.array(
  z.object({ key: z.string(), from: z.string().nullable(), to: z.string().nullable() }),
);

/** Settings that owners set in chat, and what waits for a second owner. */
export const createSettingStore = (db: Queries): SettingStore => ({
  async all() {
    const rows = await db
      .selectFrom('chat_settings')
      .select(['key', 'value', 'at', 'set_by'])
      .where('tenant_id', '=', THE_TENANT)
      .orderBy('key')
      .execute();
    return rows.map(({ key, value, at, set_by }) => ({
      key,
      value,
      at,
      by: readStored(Person, set_by, `setting ${key}`),
    }));
  },

  async requests(now) {
    const rows = await db
      .selectFrom('setting_requests')
      .select(['id', 'at', 'expires_at', 'asked_by', 'changes'])
      .where('tenant_id', '=', THE_TENANT)
      .where('expires_at', '>', now)
      .orderBy('at')
      .orderBy('id')
      .execute();
    return rows.map(({ id, at, expires_at, asked_by, changes }) => ({
      id,
      at,
      expiresAt: expires_at,
      by: readStored(Person, asked_by, `request ${id}`),
      changes: readStored(Changes, changes, `request ${id}`),
    }));
  },

  commit: (commit) =>
    unlessTaken(db.transaction().execute((transaction) => writeSettings(transaction, commit))),
});

async function writeSettings(db: Queries, commit: SettingsCommit): Promise<void> {
  const { decision, changes = [], request, answered, outbox = [] } = commit;
  await insertDecision(db, decision);
  for (const { key, to } of changes) {
    if (to === null) {
      await db
        .deleteFrom('chat_settings')
        .where('tenant_id', '=', THE_TENANT)
        .where('key', '=', key)
        .execute();
      continue;
    }
    const row = { value: to, at: decision.at, set_by: JSON.stringify(decision.by) };
    await db
      .insertInto('chat_settings')
      .values({ tenant_id: THE_TENANT, key, ...row })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'key']).doUpdateSet(row))
      .execute();
  }
  if (request) {
    await db
      .insertInto('setting_requests')
      .values({
        tenant_id: THE_TENANT,
        id: request.id,
        at: request.at,
        expires_at: request.expiresAt,
        asked_by: JSON.stringify(request.by),
        changes: JSON.stringify(request.changes),
      })
      .execute();
  }
  // What nobody answered in time goes with the next one.
  await db
    .deleteFrom('setting_requests')
    .where('tenant_id', '=', THE_TENANT)
    .where((row) => row.or([row('id', '=', answered ?? ''), row('expires_at', '<=', decision.at)]))
    .execute();
  await enqueue(db, [...outbox]);
}
