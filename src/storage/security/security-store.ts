import { type RawBuilder, sql } from 'kysely';
import type { SecurityStore } from '../../domain/ports.ts';
import { AuditEvent } from '../audit/audit-json.ts';
import { pendingMatchesQuery, toMatch } from '../audit/match-rows.ts';
import { type DatabaseKind, isOneOf, type Queries, THE_TENANT } from '../database/connection.ts';
import { readStored } from '../database/stored-json.ts';
import { SecurityIncident, SecurityRule } from './security-json.ts';

const toIncident = (row: { id: string; body: string }) =>
  readStored(SecurityIncident, row.body, `security alert ${row.id}`);

/** Which records match which rules, and the alerts that came of them. */
export function createSecurityStore(db: Queries, kind: DatabaseKind): SecurityStore {
  const matches = () => db.selectFrom('detection_matches').where('tenant_id', '=', THE_TENANT);
  const incidents = () =>
    db.selectFrom('security_incidents').select(['id', 'body']).where('tenant_id', '=', THE_TENANT);
  const isOpen = sql<boolean>`status = 'open'`;
  return {
    async pending(limit) {
      return (await pendingMatchesQuery(db, limit).execute()).map(toMatch);
    },

    async backlog() {
      const row = await matches()
        .select(({ fn }) => [fn.countAll<number>().as('waiting'), fn.min('received_at').as('oldest')])
        .where('told_at', 'is', null)
        .executeTakeFirstOrThrow();
      return { waiting: Number(row.waiting), oldestAt: row.oldest === null ? null : Number(row.oldest) };
    },

    async matches(ruleIds, { from, to }, limit) {
      if (ruleIds.length === 0) return [];
      const rows = await matches()
        .selectAll()
        .where(isOneOf(kind, 'rule_id', ruleIds))
        .where('at', '>=', from)
        .where('at', '<=', to)
        .where('told_at', 'is not', null)
        .orderBy('at', 'desc')
        .orderBy('record_id')
        .limit(limit)
        .execute();
      return rows.map(toMatch).map(({ receivedAt: _, ...match }) => match);
    },

    async byId(id) {
      const row = await incidents().where('id', '=', id).executeTakeFirst();
      return row ? toIncident(row) : null;
    },

    async open() {
      const rows = await incidents().where(isOpen).orderBy('opened_at').orderBy('id').execute();
      return rows.map(toIncident);
    },

    async openByIdentity(identities) {
      if (identities.length === 0) return [];
      const rows = await incidents()
        .where(isOpen)
        .where(isOneOf(kind, 'identity', identities))
        .execute();
      return rows.map(toIncident);
    },

    async opened({ from, to }, limit) {
      const rows = await incidents()
        .where('opened_at', '>=', from)
        .where('opened_at', '<', to)
        .orderBy('opened_at', 'desc')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(toIncident);
    },

    async rules() {
      const rows = await db
        .selectFrom('security_rules')
        .select(['id', 'body'])
        .where('tenant_id', '=', THE_TENANT)
        .orderBy('made_at', 'desc')
        .orderBy('id')
        .execute();
      return rows.map(({ id, body }) => readStored(SecurityRule, body, `rule ${id} on security alerts`));
    },

    async records(ids) {
      if (ids.length === 0) return [];
      const rows = await keptRecords(db)
        .where(isOneOf(kind, 'id', ids))
        .orderBy('at')
        .execute();
      return rows.map(toRecord);
    },

    async find({ from, to, actorIds, addresses, operations, limit }) {
      let query = keptRecords(db)
        .where('at', '>=', from)
        .where('at', '<', to)
        .orderBy('at', 'desc')
        .orderBy('row_no', 'desc')
        .limit(limit);
      if (operations) query = query.where(isAmong(kind, sql`lower(operation)`, operations));
      if (actorIds || addresses) {
        query = query.where((where) =>
          where.or([
            ...(actorIds ? [isOneOf(kind, 'actor_id', actorIds)] : []),
            ...(addresses ?? []).flatMap((address) => [
              where('client_ip', '=', address),
              // The unified log writes some addresses with their port.
              where('client_ip', 'like', `${literal(address)}:%`),
              where('client_ip', 'like', `[${literal(address)}]%`),
            ]),
          ]),
        );
      }
      return (await query.execute()).reverse().map(toRecord);
    },

    async archiveFrom() {
      const row = await db
        .selectFrom('audit_events')
        .select(({ fn }) => fn.min('at').as('from'))
        .executeTakeFirst();
      return row?.from === null || row === undefined ? null : Number(row.from);
    },
  };
}

/** Whether an expression is one of these texts; they are compared in lower case. */
const isAmong = (kind: DatabaseKind, value: RawBuilder<unknown>, texts: readonly string[]) => {
  const wanted = texts.map((text) => text.toLowerCase());
  return kind === 'sqlite'
    ? sql<boolean>`${value} in (select value from json_each(${JSON.stringify(wanted)}))`
    : sql<boolean>`${value} = any(${wanted}::text[])`;
};

/** A text that `like` takes as it is: addresses hold none of its signs, and what claims to be one might. */
const literal = (text: string): string => text.replace(/[%_\\]/g, '');

const keptRecords = (db: Queries) => db.selectFrom('audit_events').select(['id', 'event', 'raw', 'actor_id']);

const toRecord = (row: { id: string; event: string; raw: string; actor_id: string | null }) => ({
  event: readStored(AuditEvent, row.event, `audit record ${row.id}`),
  raw: row.raw,
  actorId: row.actor_id,
});
