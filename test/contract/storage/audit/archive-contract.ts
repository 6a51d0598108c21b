import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generalPolicy } from '../../../../src/domain/archive/retention.ts';
import { DAY_MS } from '../../../../src/domain/durations.ts';
import type { Verification } from '../../../../src/domain/ports/archive.ts';
import { anArchivedEvent } from '../../../builders/audit/archived-event.ts';
import type { Subject } from '../store-under-test.ts';

const DAY = Date.UTC(2026, 10, 27);
const NEVER = new AbortController().signal;

/** A record of a day, so many days after the 27th. */
const record = (id: string, days = 0) => anArchivedEvent({ id, at: DAY + days * DAY_MS + 5_000 });

export function archiveContract(subject: Subject): void {
  describe('the chain of the archive', () => {
    const verify = (): Promise<Verification> => subject.store.archive.verify([], NEVER);
    const problems = async () =>
      (await verify()).problems.map(({ kind, day, record: id }) => ({ kind, day, id }));

    /** As somebody with every right on the database could. */
    async function tamper(statement: string): Promise<void> {
      for (const table of ['audit_events', 'archive_links']) {
        const triggers =
          (await ran(`alter table ${table} disable trigger user`)) ||
          (await ran(`drop trigger if exists ${table}_no_update`));
        expect(triggers).toBe(true);
        await ran(`drop trigger if exists ${table}_no_delete`);
      }
      await subject.execute(statement);
    }
    const ran = async (statement: string): Promise<boolean> =>
      subject.execute(statement).then(
        () => true,
        () => false,
      );

    // PostgreSQL keeps its tables, and so their triggers, from one test to the next.
    afterEach(async () => {
      for (const table of ['audit_events', 'archive_links'])
        await ran(`alter table ${table} enable trigger user`);
    });

    beforeEach(async () => {
      const { audit } = subject.store;
      await audit.append([record('a'), record('b'), record('c', 1), record('a')], DAY + DAY_MS);
      await audit.append([record('late'), record('b'), record('d', 2)], DAY + 3 * DAY_MS);
    });

    it('holds every record once, each on its day, and late ones as well', async () => {
      expect(await verify()).toMatchObject({ records: 5, days: 3, problemCount: 0, removed: [] });
      expect(await subject.store.archive.head()).toEqual((await verify()).head);
    });

    it('has a seal that says whether it was made with a key and covers all', async () => {
      const head = await subject.store.archive.head();
      expect(await subject.store.archive.seal()).toEqual({
        ...head,
        hasKey: expect.any(Boolean),
        isWhole: true,
      });
    });

    it('is empty where nothing was stored', async () => {
      await subject.store.archive.sealOlder(DAY);
      expect(await subject.store.archive.sealOlder(DAY)).toBe(0);
      expect((await verify()).problemCount).toBe(0);
    });

    it.each([
      [
        'a changed text',
        `update audit_events set raw = '{"x":1}' where id = 'c'`,
        'changed',
        '2026-11-28',
        'c',
      ],
      ['a changed time', `update audit_events set at = at + 1 where id = 'a'`, 'changed', '2026-11-27', 'a'],
      [
        'a changed actor',
        `update audit_events set actor_name = 'x' where id = 'd'`,
        'changed',
        '2026-11-29',
        'd',
      ],
      ['a record taken out', `delete from audit_events where id = 'late'`, 'missing', '2026-11-27', null],
    ])('finds %s, and says which day', async (_, statement, kind, day, id) => {
      await tamper(statement);
      expect(await problems()).toEqual([{ kind, day, id }]);
    });

    it('finds a record that somebody added', async () => {
      await tamper(
        `insert into audit_events (id, source, at, received_at, operation, workload, result, event, raw)
         select 'forged', source, at, received_at, operation, workload, result, event, raw from audit_events where id = 'c'`,
      );
      expect(await problems()).toEqual([{ kind: 'added', day: '2026-11-28', id: 'forged' }]);
    });

    it('finds a link that was changed, and one that was taken out', async () => {
      await tamper(`update archive_links set day = '2020-01-01' where seq = 2`);
      expect((await problems()).map(({ kind }) => kind)).toEqual(['link']);
      await subject.execute('delete from archive_links where seq = 1');
      expect((await problems()).map(({ kind }) => kind)).toContain('added');
    });

    it('tells what the retention removed from what somebody took out', async () => {
      await subject.store.audit.purge([generalPolicy(3)], DAY + 4 * DAY_MS);
      expect(await verify()).toMatchObject({
        records: 2,
        problemCount: 0,
        removed: [{ policy: 'AUDIT_RETENTION_DAYS', records: 3 }],
      });
      await tamper(`delete from audit_events where id = 'c'`);
      expect(await problems()).toEqual([{ kind: 'missing', day: '2026-11-28', id: null }]);
    });

    it('finds that the newest links were taken out, by a head noted outside', async () => {
      const head = await subject.store.archive.head();
      await tamper(`delete from archive_links where seq > 2`);
      await subject.execute(`delete from audit_events where id in ('late', 'd')`);
      const noted = head === null ? [] : [head];
      const found = await subject.store.archive.verify(noted, NEVER);
      expect(found.problems.map(({ kind }) => kind)).toEqual(['head']);
    });
  });
}
