import type { CountedNotification, NotificationStore } from '../../domain/ports.ts';
import {
  type DatabaseKind,
  insertChunks,
  isOneOf,
  type Queries,
  THE_TENANT,
} from '../database/connection.ts';

/** Graph's change notifications: our subscriptions, what waits to be read, and counts. */
export function createNotificationStore(db: Queries, kind: DatabaseKind): NotificationStore {
  return {
    async subscriptions() {
      const rows = await db
        .selectFrom('change_subscriptions')
        .selectAll()
        .where('tenant_id', '=', THE_TENANT)
        .orderBy('resource')
        .execute();
      return rows.map((row) => ({
        resource: row.resource,
        id: row.id,
        clientState: row.client_state,
        url: row.url,
        expiresAt: row.expires_at,
      }));
    },

    async putSubscription({ resource, id, clientState, url, expiresAt }) {
      const row = { id, client_state: clientState, url, expires_at: expiresAt };
      await db
        .insertInto('change_subscriptions')
        .values({ tenant_id: THE_TENANT, resource, ...row })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'resource']).doUpdateSet(row))
        .execute();
    },

    async removeSubscription(resource) {
      await db
        .deleteFrom('change_subscriptions')
        .where('tenant_id', '=', THE_TENANT)
        .where('resource', '=', resource)
        .execute();
    },

    put: (notified) =>
      db.transaction().execute(async (transaction) => {
        const latest = new Map(notified.map((one) => [`${one.resource} ${one.id}`, one]));
        for (const chunk of insertChunks([...latest.values()])) {
          await transaction
            .insertInto('notified_objects')
            .values(chunk.map((one) => ({ tenant_id: THE_TENANT, ...one })))
            .onConflict((conflict) =>
              conflict
                .columns(['tenant_id', 'resource', 'id'])
                .doUpdateSet((row) => ({ at: row.ref('excluded.at') })),
            )
            .execute();
        }
      }),

    waiting: (limit) =>
      db
        .selectFrom('notified_objects')
        .select(['resource', 'id', 'at'])
        .where('tenant_id', '=', THE_TENANT)
        .orderBy('at')
        .orderBy('id')
        .limit(limit)
        .execute(),

    async done(notified) {
      const latest = Math.max(...notified.map(({ at }) => at));
      for (const [resource, some] of Map.groupBy(notified, (one) => one.resource)) {
        await db
          .deleteFrom('notified_objects')
          .where('tenant_id', '=', THE_TENANT)
          .where('resource', '=', resource)
          .where('at', '<=', latest)
          .where(
            isOneOf(
              kind,
              'id',
              some.map(({ id }) => id),
            ),
          )
          .execute();
      }
    },

    async count(counted, at) {
      const lastAt = isFromGraph(counted) ? at : null;
      await db
        .insertInto('notification_counts')
        .values({
          tenant_id: THE_TENANT,
          since: at,
          last_at: lastAt,
          received: counted.received ?? 0,
          refused: counted.refused ?? 0,
          unreadable: counted.unreadable ?? 0,
          changes_notified: counted.changesNotified ?? 0,
          changes_scanned: counted.changesScanned ?? 0,
        })
        .onConflict((conflict) =>
          conflict.column('tenant_id').doUpdateSet(({ eb, ref }) => ({
            ...(lastAt === null ? {} : { last_at: lastAt }),
            received: eb(ref('notification_counts.received'), '+', ref('excluded.received')),
            refused: eb(ref('notification_counts.refused'), '+', ref('excluded.refused')),
            unreadable: eb(ref('notification_counts.unreadable'), '+', ref('excluded.unreadable')),
            changes_notified: eb(
              ref('notification_counts.changes_notified'),
              '+',
              ref('excluded.changes_notified'),
            ),
            changes_scanned: eb(
              ref('notification_counts.changes_scanned'),
              '+',
              ref('excluded.changes_scanned'),
            ),
          })),
        )
        .execute();
    },

    async counts() {
      const row = await db
        .selectFrom('notification_counts')
        .selectAll()
        .where('tenant_id', '=', THE_TENANT)
        .executeTakeFirst();
      if (!row) return null;
      return {
        since: row.since,
        lastAt: row.last_at,
        received: row.received,
        refused: row.refused,
        unreadable: row.unreadable,
        changesNotified: row.changes_notified,
        changesScanned: row.changes_scanned,
      };
    },
  };
}

const isFromGraph = ({ received = 0 }: Partial<CountedNotification>): boolean => received > 0;
