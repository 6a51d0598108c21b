import { type RawBuilder, sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generalPolicy, type RetentionPolicy } from '../../../../src/domain/archive/retention.ts';
import { DAY_MS } from '../../../../src/domain/durations.ts';
import type { FoundPerson, PersonRow, Store } from '../../../../src/domain/ports.ts';
import type { DatabaseKind, Queries } from '../../../../src/storage/database/connection.ts';
import { PERSON_TABLES } from '../../../../src/storage/people/person-tables.ts';
import { anArchivedEvent } from '../../../builders/audit/archived-event.ts';
import { OTHERS, PATTI, ROWS } from './rows-of-patti.ts';

export type PeopleFixture = { db: Queries; kind: DatabaseKind; store: Store; close(): Promise<void> };

const NEVER = new AbortController().signal;
const NOW = 100 * DAY_MS;
/** Tables of Kysely’s own, and of SQLite’s. */
const NOT_OURS = ['kysely_migration', 'kysely_migration_lock', 'sqlite_sequence'];
/** In which SQLite keeps a full text. */
const OF_FULL_TEXT = /^audit_words_(?:config|data|docsize|idx)$/;
const user = (id: string | null, name: string | null = null) => ({ kind: 'user' as const, id, name });
const NAMES = /patti|5c0ffee5-1111-4222-8333-444455556666|5c0ffee5111142228333444455556666/i;

/** What is stored about one person, in every table, on either database. */
export function peopleContract(name: string, open: () => Promise<PeopleFixture>): void {
  describe(`what is stored about a person on ${name}`, () => {
    let fixture: PeopleFixture;
    let store: Store;
    beforeEach(async () => {
      fixture = await open();
      store = fixture.store;
    });
    afterEach(() => fixture.close());

    const tables = async (): Promise<string[]> => {
      const { rows } =
        fixture.kind === 'sqlite'
          ? await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(
              fixture.db,
            )
          : await sql<{ name: string }>`select table_name as name from information_schema.tables
              where table_schema = current_schema() and table_type = 'BASE TABLE'`.execute(fixture.db);
      return rows
        .map((row) => row.name)
        .filter((table) => !NOT_OURS.includes(table) && !OF_FULL_TEXT.test(table));
    };
    const insert = async (table: string, row: Record<string, string | number | null>) => {
      const values = Object.values(row).map((value): RawBuilder<unknown> => sql`${value}`);
      await sql`insert into ${sql.table(table)} (${sql.join(Object.keys(row).map((column) => sql.ref(column)))})
        values (${sql.join(values)})`.execute(fixture.db);
    };
    const everything = async (): Promise<Map<string, string>> => {
      const all = new Map<string, string>();
      for (const table of await tables()) {
        const { rows } = await sql`select * from ${sql.table(table)}`.execute(fixture.db);
        all.set(table, JSON.stringify(rows));
      }
      return all;
    };
    const patti = async (): Promise<FoundPerson> => {
      const found = await store.people.find(PATTI.mail);
      expect(found).toHaveLength(1);
      return found[0] as FoundPerson;
    };
    const rowsOf = async (person: FoundPerson): Promise<PersonRow[]> => {
      const rows: PersonRow[] = [];
      for await (const row of store.people.rows(person.names, NEVER)) rows.push(row);
      return rows;
    };
    const erase = async (signal = NEVER) => store.people.erase((await patti()).names, 'root', NOW, signal);

    const RECORDS = [
      anArchivedEvent({ id: 'acted', at: 1 * DAY_MS, actor: user(PATTI.id, PATTI.upn), targets: [] }),
      anArchivedEvent({
        id: 'about',
        at: 2 * DAY_MS,
        actor: user('lee', 'lee@x.de'),
        targets: [user(PATTI.id)],
      }),
      {
        ...anArchivedEvent({ id: 'mailbox', at: 3 * DAY_MS, actor: user('lee', 'lee@x.de'), targets: [] }),
        raw: JSON.stringify({ id: 'mailbox', MailboxOwnerUPN: PATTI.mail }),
      },
      {
        ...anArchivedEvent({ id: 'site', at: 4 * DAY_MS, actor: user('mo', 'mo@x.de'), targets: [] }),
        raw: `{"id":"site","Url":"https://contoso-my.sharepoint.com/personal/patti_contoso_com/a","By":"patti.o\\u0027neil@contoso.com"}`,
      },
      anArchivedEvent({ id: 'other', at: 4 * DAY_MS, actor: user('mo', 'xpatti@contoso.com'), targets: [] }),
    ];
    const fill = async () => {
      for (const [table, row] of Object.entries(ROWS)) await insert(table, row);
      for (const { table, row } of OTHERS) await insert(table, row);
      await store.audit.append(RECORDS, NOW);
    };

    it('has a line for every table: what becomes of its rows, or why they name nobody', async () => {
      const staging = fixture.kind === 'sqlite' ? ['scan_staging'] : [];
      expect([...(await tables()), ...staging].sort()).toEqual(Object.keys(PERSON_TABLES).sort());
      const about = Object.entries(PERSON_TABLES).filter(([, entry]) => entry.does !== 'nobody');
      expect(about.map(([table]) => table).sort()).toEqual([...Object.keys(ROWS), 'audit_events'].sort());
    });

    it('is found by id, address and former name, and given out from every table', async () => {
      await fill();
      for (const text of [PATTI.id, PATTI.upn.toUpperCase(), PATTI.mail, PATTI.former]) {
        expect(await store.people.find(text)).toMatchObject([{ names: { id: PATTI.id }, isPresent: false }]);
      }
      expect(await store.people.find('nobody@contoso.com')).toEqual([]);
      const rows = await rowsOf(await patti());
      expect([...new Set(rows.map(({ table }) => table))].sort()).toEqual(
        [...Object.keys(ROWS), 'audit_events'].sort(),
      );
      const as = rows
        .filter(({ table }) => table === 'audit_events')
        .map(({ row, as: roles }) => [row.id, roles]);
      expect(as).toEqual([
        ['acted', ['actor']],
        ['about', ['target']],
        ['mailbox', ['mailbox owner']],
        ['site', ['mentioned']],
      ]);
      expect(JSON.stringify(rows)).not.toMatch(/xpatti|my\.patti/);
    });

    it('is gone after an erasure, in every table, and of others nothing is', async () => {
      await fill();
      const result = await erase();
      expect(result).toMatchObject({
        done: true,
        counts: { audit_events: 4, license_changes: 1, user_states: 1 },
      });
      const left = await everything();
      // PostgreSQL keeps the words of a text apart, those of others' addresses too: of whom they are, the numbers tell.
      const numbersIn = (table: string) => [
        ...(left.get(table) ?? '').matchAll(/"(?:row_no|event_no)":(\d+)/g),
      ];
      const stored = new Set(numbersIn('audit_events').map(([, number]) => number));
      expect(numbersIn('audit_words').every(([, number]) => stored.has(number))).toBe(true);
      left.delete('audit_words');
      const kept = [...left].map(([table, text]) => [
        table,
        text.replaceAll(/xpatti@contoso\.com|patti@contoso\.com\.au|my\.patti@contoso\.com/g, ''),
      ]);
      expect(kept.filter(([, text]) => NAMES.test(text ?? '')).map(([table]) => table)).toEqual([]);
      expect(left.get('user_states')).toContain('xpatti@contoso.com');
      expect(left.get('audit_events')).toContain('"other"');
      expect(left.get('conversations')).toContain('19:channel');
      expect(left.get('alert_notes')).toContain('my.patti@contoso.com');
      for (const table of ['license_changes', 'attributions', 'decisions', 'decision_steps', 'incidents']) {
        expect(left.get(table)).toContain(result.done ? result.pseudonym : '');
      }
      expect(await store.people.find(PATTI.mail)).toEqual([]);
      expect(await store.audit.lastPurge()).toBeNull();
    });

    it('is told from tampering by the chain', async () => {
      await fill();
      await erase();
      const verified = await store.archive.verify([], NEVER);
      expect(verified.problems).toEqual([]);
      expect(verified.removed).toEqual([{ policy: 'erasure', records: 4 }]);
    });

    it('stays in ledgers that nothing else may write, before and after', async () => {
      await fill();
      const change = (table: string) => sql`update ${sql.table(table)} set at = 7`.execute(fixture.db);
      await expect(change('decisions')).rejects.toThrow(/append-only/);
      await erase();
      for (const table of ['attributions', 'decisions', 'alert_notes', 'person_log', 'audit_searches']) {
        await expect(change(table)).rejects.toThrow(/append-only/);
        await expect(sql`delete from ${sql.table(table)}`.execute(fixture.db)).rejects.toThrow(/append-only/);
      }
    });

    it('is erased wholly when the erasure was stopped after any part, with one pseudonym', async () => {
      await fill();
      const { names } = await patti();
      for (let parts = 0, done = false; !done; parts++) {
        expect(parts).toBeLessThan(100);
        const stopping = new AbortController();
        let looks = 0;
        // One look further each time: each table looks at the signal before each part.
        const signal = Object.assign(stopping.signal, {
          throwIfAborted() {
            looks += 1;
            if (looks > 10 + parts * 7) throw new Error('stopped');
          },
        });
        done = await store.people.erase(names, 'root', NOW, signal).then(
          () => true,
          () => false,
        );
        if (!done) expect(await store.people.find(PATTI.mail)).toMatchObject([{ isErasing: true }]);
      }
      const log = await store.people.log();
      const persons = new Set(log.filter(({ at }) => at === NOW).map(({ person }) => person));
      expect(persons.size).toBe(1);
      expect(log.filter(({ act }) => act === 'erasure begun')).toHaveLength(1);
      expect(log.find(({ act }) => act === 'erased')?.counts).toMatchObject({
        audit_events: 4,
        user_states: 1,
      });
      expect((await everything()).get('decisions')).not.toMatch(NAMES);
    });

    it('is taken from the totals where the account is still there', async () => {
      await insert('user_states', { ...ROWS.user_states, licensed: 1, removed_at: null });
      await sql`update watch_state set present_users = 5, licensed_users = 3`.execute(fixture.db);
      expect(await patti()).toMatchObject({ isPresent: true });
      await erase();
      expect(await store.users.count()).toEqual({ present: 4, licensed: 2 });
    });

    it('is not erased on hold, and a record that names somebody on hold stays', async () => {
      await fill();
      await store.holds.put({ personId: PATTI.id, names: [PATTI.id], reason: 'case', since: 11 });
      expect(await erase()).toEqual({ done: false, reason: 'on-hold' });
      await store.holds.end(PATTI.id, 12);
      await store.holds.put({ personId: 'lee', names: ['lee@x.de'], reason: 'case', since: 3 });
      expect(await erase()).toMatchObject({ done: true, keptForHolds: 2, counts: { audit_events: 2 } });
    });

    it('is kept on hold while every field of a policy removes the rest, and verify says what did', async () => {
      const policy = (over: Partial<RetentionPolicy> & { name: string }): RetentionPolicy => ({
        ...generalPolicy(1),
        priority: 5,
        ...over,
      });
      const raw = (id: string, type: number) => JSON.stringify({ Id: id, RecordType: type });
      const record = (id: string, operation: string, who: string, type: number) => ({
        ...anArchivedEvent({ id, at: DAY_MS, operation, actor: user(who, `${who}@x.de`), targets: [] }),
        raw: raw(id, type),
      });
      await store.audit.append(
        [
          record('by-type', 'FileDeleted', 'mo', 6),
          record('by-activity', 'MailItemsAccessed', 'mo', 50),
          record('by-user', 'UserLoggedIn', 'adele', 15),
          record('kept-long', 'Add user', 'mo', 8),
          record('rest', 'TeamCreated', 'mo', 25),
          record('held', 'FileDeleted', 'patti', 6),
        ],
        NOW,
      );
      await store.holds.put({ personId: 'patti', names: ['patti', 'patti@x.de'], reason: 'case', since: 1 });
      const policies = [
        policy({ name: 'Files', recordTypes: ['6'], days: 30 }),
        policy({ name: 'Mail', operations: ['mailitemsaccessed'], days: 30 }),
        policy({ name: 'Adele', users: ['adele@x.de'], days: 30 }),
        policy({ name: 'Directory', recordTypes: ['8'], priority: 1, days: null }),
      ].toSorted((one, other) => one.priority - other.priority);
      const purged = await store.audit.purge([...policies, generalPolicy(20)], NOW);
      const removed = purged.map(({ policy: by, records }) => `${by} ${records}`).sort();
      expect(removed).toEqual(['AUDIT_RETENTION_DAYS 1', 'Adele 1', 'Files 1', 'Mail 1']);
      const left = (await store.audit.find({ from: 0, to: NOW })).map(({ id }) => id).sort();
      expect(left).toEqual(['held', 'kept-long']);
      const verified = await store.archive.verify([], NEVER);
      expect(verified.problems).toEqual([]);
      expect(verified.removed.map(({ policy: by }) => by).sort()).toEqual([
        'AUDIT_RETENTION_DAYS',
        'Adele',
        'Files',
        'Mail',
      ]);
    });
  });
}
