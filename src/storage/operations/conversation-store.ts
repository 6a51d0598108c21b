import type { Selectable } from 'kysely';
import type { ConversationStore, StoredConversation } from '../../domain/ports.ts';
import type { Queries } from '../database/connection.ts';
import type { ConversationRow } from '../database/schema-running.ts';

/** Conversations that the bot knows, and the one that gets the alerts. */
export function createConversationStore(db: Queries): ConversationStore {
  const conversations = () => db.selectFrom('conversations').selectAll();
  return {
    /**
     * A channel that is stored while no conversation has the alerts gets them: the first one, and the next
     * one after the bot was taken out of the channel that had them.
     */
    async upsert({ key, groupId = null, ...conversation }) {
      const row = {
        kind: conversation.kind,
        name: conversation.name,
        tenant_id: conversation.tenantId,
        team_id: conversation.teamId,
        reference: conversation.reference,
        unreachable: null,
        updated_at: conversation.updatedAt,
      };
      await db.transaction().execute(async (transaction) => {
        await transaction
          .insertInto('conversations')
          .values({ key, ...row, group_id: groupId, alerts: 0 })
          .onConflict((conflict) =>
            conflict.column('key').doUpdateSet(groupId === null ? row : { ...row, group_id: groupId }),
          )
          .execute();
        if (conversation.kind !== 'channel') return;
        await transaction
          .updateTable('conversations')
          .set({ alerts: 1 })
          .where('key', '=', key)
          .where(({ not, exists, selectFrom }) =>
            not(
              exists(selectFrom('conversations as other').select('other.key').where('other.alerts', '=', 1)),
            ),
          )
          .execute();
      });
    },

    async byKey(key) {
      const row = await conversations().where('key', '=', key).executeTakeFirst();
      return row ? toConversation(row) : null;
    },

    async alertTarget() {
      const row = await conversations().where('alerts', '=', 1).orderBy('key').executeTakeFirst();
      return row ? toConversation(row) : null;
    },

    setAlertTarget: (key) => setAlertTarget(db, key),

    async setGroup(teamId, groupId) {
      await db
        .updateTable('conversations')
        .set({ group_id: groupId })
        .where('team_id', '=', teamId)
        .execute();
    },

    async setUnreachable(key, reason) {
      await db.updateTable('conversations').set({ unreachable: reason }).where('key', '=', key).execute();
    },

    async remove(filter) {
      const rows = db.deleteFrom('conversations');
      await ('key' in filter
        ? rows.where('key', '=', filter.key)
        : rows.where('team_id', '=', filter.teamId)
      ).execute();
    },

    async all() {
      return (await conversations().orderBy('key').execute()).map(toConversation);
    },
  };
}

/** Sends alerts to this conversation. A key that is not known takes them from nobody. */
export async function setAlertTarget(db: Queries, key: string): Promise<void> {
  await db
    .updateTable('conversations')
    .set((row) => ({ alerts: row.case().when('key', '=', key).then<0 | 1>(1).else<0 | 1>(0).end() }))
    .where(({ exists, selectFrom }) =>
      exists(selectFrom('conversations as known').select('known.key').where('known.key', '=', key)),
    )
    .execute();
}

const toConversation = (row: Selectable<ConversationRow>): StoredConversation => ({
  key: row.key,
  kind: row.kind,
  name: row.name,
  tenantId: row.tenant_id,
  teamId: row.team_id,
  groupId: row.group_id,
  reference: row.reference,
  alerts: row.alerts === 1,
  unreachable: row.unreachable,
  updatedAt: row.updated_at,
});
