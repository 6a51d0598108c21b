import { describe, expect, it } from 'vitest';
import { generalPolicy } from '../../../../src/domain/archive/retention.ts';
import { HOUR_MS, MINUTE_MS } from '../../../../src/domain/durations.ts';
import type { RecordSearch } from '../../../../src/domain/ports.ts';
import { anyPart, term } from '../../../../src/domain/search/index-terms.ts';
import { aDeletedFile, aFailedSignIn, anOpenedMailbox } from '../../../builders/audit/activity-record.ts';
import type { Subject } from '../store-under-test.ts';

const [LEE, PATTI, INES] = ['lee@fabrikam.example', 'patti@fabrikam.example', 'ines@fabrikam.example'];
const noon = Date.parse('2026-11-23T12:00:00Z');

const RECORDS = [
  aDeletedFile({ by: LEE, at: noon }, 'Budget Été.xlsx', 'Finance'),
  aDeletedFile({ by: INES, at: noon + MINUTE_MS }, 'Plan.docx', 'HR'),
  aFailedSignIn({ by: LEE, at: noon + 2 * MINUTE_MS }, '198.51.100.9'),
  aFailedSignIn({ by: INES, at: noon + 3 * MINUTE_MS }, '203.0.113.7'),
  anOpenedMailbox({ by: INES, at: noon + HOUR_MS }, PATTI),
  anOpenedMailbox({ by: PATTI, at: noon + 2 * HOUR_MS }, PATTI),
];

const search = (allOf: string[][], over: Partial<RecordSearch> = {}): RecordSearch => ({
  from: 0,
  to: noon + 24 * HOUR_MS,
  allOf,
  text: null,
  ...over,
});

export function searchContract(subject: Subject): void {
  const numbers = async (asked: RecordSearch): Promise<number[]> =>
    (await subject.store.search.find(asked, 20, null)).map(({ event }) =>
      RECORDS.findIndex((record) => record.event.id === event.id),
    );

  describe('a search in the archive', () => {
    it.each([
      { asked: 'an activity', allOf: [[term.activity('file-deleted')]], found: [1, 0] },
      { asked: 'an operation', allOf: [[term.operation('filedeleted')]], found: [1, 0] },
      { asked: 'who acted', allOf: [[term.by(LEE)]], found: [2, 0] },
      { asked: 'every part of a person', allOf: [anyPart(PATTI)], found: [5, 4] },
      { asked: 'the owner of a mailbox', allOf: [[term.mailbox(PATTI.toUpperCase())]], found: [5, 4] },
      { asked: 'a site', allOf: [[term.site('finance')]], found: [0] },
      { asked: 'an address', allOf: [[term.address('203.0.113.7')]], found: [3, 1, 0] },
      { asked: 'a workload', allOf: [[term.workload('exchange')]], found: [5, 4] },
      { asked: 'a thing', allOf: [[term.on('plan.docx')]], found: [1] },
      { asked: 'what failed', allOf: [[term.failed]], found: [3, 2] },
      { asked: 'two at once', allOf: [[term.by(INES)], [term.address('203.0.113.7')]], found: [3, 1] },
      {
        asked: 'one of two, and another',
        allOf: [[term.by(INES), term.by(LEE)], [term.activity('sign-in-failed')]],
        found: [3, 2],
      },
      { asked: 'what nobody did', allOf: [[term.by('nobody')]], found: [] },
    ])('finds $asked, newest first', async ({ allOf, found }) => {
      await subject.store.audit.append(RECORDS, noon);
      expect(await numbers(search(allOf))).toEqual(found);
    });

    it.each([
      { text: 'budget', found: [0] },
      { text: 'BUDG ete', found: [0] },
      { text: 'xlsx', found: [0] },
      { text: 'budget plan', found: [] },
      { text: `"'; drop table audit_events; --`, found: [] },
      { text: '*', found: [] },
      { text: 'budget OR plan', found: [] },
    ])('finds words ($text), whatever is in them', async ({ text, found }) => {
      await subject.store.audit.append(RECORDS, noon);
      expect(await numbers(search([], { text }))).toEqual(found);
      expect(await numbers(search([[term.activity('file-deleted')]], { text }))).toEqual(found);
    });

    it('keeps to the time, half open, with and without a term', async () => {
      await subject.store.audit.append(RECORDS, noon);
      const window = { from: noon + MINUTE_MS, to: noon + 3 * MINUTE_MS };
      expect(await numbers(search([], window))).toEqual([2, 1]);
      expect(await numbers(search([[term.by(INES)]], window))).toEqual([1]);
    });

    it('goes on after a page, also among records of one moment', async () => {
      const same = Array.from({ length: 7 }, (_, index) =>
        aDeletedFile({ by: LEE, at: noon }, `file ${index}.txt`, 'Finance'),
      );
      await subject.store.audit.append(same, noon);
      const seen: string[] = [];
      for (let after = null; ; ) {
        const page = await subject.store.search.find(search([[term.by(LEE)]]), 3, after);
        seen.push(...page.map(({ event }) => event.id));
        const last = page.at(-1);
        if (!last) break;
        after = last;
      }
      expect(seen).toEqual(same.map(({ event }) => event.id).reverse());
    });

    it('counts by quarters of an hour', async () => {
      await subject.store.audit.append(RECORDS, noon);
      expect(await subject.store.search.counts(search([anyPart(PATTI)]))).toEqual([
        { at: noon + HOUR_MS, records: 1 },
        { at: noon + 2 * HOUR_MS, records: 1 },
      ]);
      expect(await subject.store.search.counts(search([[term.by(INES), term.by(LEE)]]))).toEqual([
        { at: noon, records: 4 },
        { at: noon + HOUR_MS, records: 1 },
      ]);
    });

    it('finds a record that came twice once', async () => {
      await subject.store.audit.append(RECORDS, noon);
      await subject.store.audit.append(RECORDS, noon + 1);
      expect(await numbers(search([[term.activity('file-deleted')]]))).toEqual([1, 0]);
    });

    it('indexes records from before the index, in parts, once', async () => {
      const { audit, search: searches } = subject.store;
      await audit.append(RECORDS, noon);
      await subject.execute('delete from audit_terms');
      await subject.execute('delete from audit_words');
      await subject.execute('delete from audit_search_state');
      await subject.execute("insert into audit_search_state values ('', 0, 1000000)");
      expect(await numbers(search([[term.by(LEE)]]))).toEqual([]);
      expect(await searches.isWhole()).toBe(false);
      expect(await searches.indexOlder()).toBe(RECORDS.length);
      expect(await searches.isWhole()).toBe(true);
      expect(await searches.indexOlder()).toBe(0);
      expect(await numbers(search([[term.by(LEE)]]))).toEqual([2, 0]);
      expect(await numbers(search([], { text: 'budget' }))).toEqual([0]);
    });

    it('finds nothing of what was purged, in no count either', async () => {
      const { audit, search: searches } = subject.store;
      await audit.append(RECORDS, noon);
      await audit.purge([generalPolicy(1)], noon + 24 * HOUR_MS + 150_000);
      expect(await numbers(search([[term.by(LEE)]]))).toEqual([]);
      expect(await numbers(search([], { text: 'budget' }))).toEqual([]);
      expect(await searches.counts(search([[term.activity('sign-in-failed')]]))).toEqual([
        { at: noon, records: 1 },
      ]);
    });

    it('is noted, and the note stays as it is', async () => {
      const { search: searches } = subject.store;
      const note = { at: noon, by: 'ines', asked: 'files deleted', people: ['lee'], found: 2 };
      await searches.note(note);
      await searches.note({ ...note, at: noon + 1, found: 3 });
      expect(await searches.notes(5)).toEqual([{ ...note, at: noon + 1, found: 3 }, note]);
      await expect(subject.execute('update audit_searches set found = 0')).rejects.toThrow('append-only');
      await expect(subject.execute('delete from audit_searches')).rejects.toThrow('append-only');
    });
  });
}
