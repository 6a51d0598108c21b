import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../src/domain/durations.ts';
import { headText } from '../../../src/domain/ports/archive.ts';
import { OPERATORS_GROUP_ID } from '../../../src/simulator/scenarios/well-known.ts';
import { aDeletedFile } from '../../builders/audit/activity-record.ts';
import { aQuery } from '../../builders/query.ts';
import { FileStage, offerIn } from '../files/file-stage.ts';
import { CAST, CONVERSATIONS, PARTS, type Part } from './cast.ts';
import { saidTo } from './stage.ts';

const SECRET = 'Salaries-of-the-board.xlsx';
const BY = 'wei.zhang@contoso.com';

const CELLS = PARTS.flatMap((part) => CONVERSATIONS.map((where) => ({ part, where })));

/** What is asked of the records, as a card carries it. */
const asked = (over: object) => ({ people: [], unresolved: [], range: null, days: 7, ...over });

/** One record, and files of records: only auditors have them, only where nobody reads along, and each is noted. */
function filesMatrix(name: string, settings: Record<string, string>, auditors: readonly Part[]): void {
  describe(`files of audit records, ${name}`, () => {
    const stage = new FileStage();
    let id = '';
    beforeAll(async () => {
      await stage.start(settings);
      stage.removeLee();
      const at = stage.now() - MINUTE_MS;
      const record = aDeletedFile({ by: BY, at }, SECRET, 'HR');
      id = record.event.id;
      await stage.store.audit.append([record], at);
    });
    afterEach(() => stage.drive.reset());
    afterAll(() => stage.stop());

    const isAuditor = (part: Part): boolean => auditors.includes(part);
    const notedDuring = async (work: () => Promise<void>) => {
      const before = (await stage.store.search.notes(1_000)).length;
      await work();
      const notes = await stage.store.search.notes(1_000);
      return notes.slice(0, notes.length - before);
    };
    /** The data of an export button that nobody was shown. */
    const forged = (over: object) => ({
      intent: 'audit-on',
      people: [],
      skus: [],
      groups: [],
      range: { from: 0, to: stage.now() },
      format: 'ndjson',
      records: { ...asked(over), range: { from: 0, to: stage.now() } },
    });

    it.each(CELLS)('“record <id>” by $part in the $where', async ({ part, where }) => {
      const may = isAuditor(part) && where === 'personal';
      const query = aQuery({ intent: 'unknown', records: { ...asked({ record: id }), days: null } });
      const notes = await notedDuring(async () => {
        const said = saidTo(await stage.say(CAST[part], where, `record ${id}`));
        const pressed = saidTo(await stage.press(CAST[part], where, 'page', { ask: 'x', page: 1, query }));
        for (const told of [said, pressed]) {
          if (may) expect(told).toContain(SECRET);
          else expect(told).not.toMatch(/Salaries|wei\.zhang|203\.0\.113\.7/);
        }
        if (!may && isAuditor(part)) expect(said).toMatch(/personal chat with me only/);
      });
      expect(notes.map(({ by, found }) => ({ by, found }))).toEqual(
        may ? Array(2).fill({ by: CAST[part].aadObjectId, found: 1 }) : [],
      );
    });

    it.each(CELLS)('an export of a search by $part in the $where', async ({ part, where }) => {
      const may = isAuditor(part) && where === 'personal';
      const notes = await notedDuring(async () => {
        const typed = await stage.say(CAST[part], where, 'export who deleted files today as csv');
        expect(offerIn(typed.said)?.content.description ?? null).toEqual(
          may ? expect.stringContaining('1 row') : null,
        );
        expect(saidTo(typed)).not.toContain('Salaries');
        if (!may && isAuditor(part)) expect(saidTo(typed)).toMatch(/personal chat/);
      });
      expect(notes).toHaveLength(may ? 1 : 0);
      if (may) expect(notes[0]).toMatchObject({ by: CAST[part].aadObjectId, found: 1 });
    });

    it.each(CELLS)('a forged export button pressed by $part in the $where', async ({ part, where }) => {
      const may = isAuditor(part) && where === 'personal';
      const notes = await notedDuring(async () => {
        for (const over of [{ activity: 'file-deleted' }, { record: id }, { text: 'Salaries' }]) {
          const pressed = await stage.press(CAST[part], where, 'export', forged(over));
          expect(offerIn(pressed.said) !== null, JSON.stringify(over)).toBe(may);
          expect(saidTo(pressed)).not.toContain('Salaries-of');
        }
      });
      expect(notes).toHaveLength(may ? 3 : 0);
    });

    it('an offer is nobody else’s, and has the record for whom it was made', async () => {
      const [auditor] = auditors;
      const actor = CAST[auditor ?? 'owner'];
      const offer = await stage.offered(actor, 'export who deleted files today as csv');
      for (const part of PARTS.filter((other) => CAST[other] !== actor)) {
        await stage.consent(CAST[part], 'accept', offer);
      }
      expect(stage.drive.ranges).toEqual([]);
      const told = await stage.toldLater(() => stage.consent(actor, 'accept', offer));
      const head = await stage.store.archive.head();
      expect(told.text).toContain(head && `covers these records: ${headText(head)} (sealed without a key`);
      expect(stage.drive.content.toString()).toContain(SECRET);
    });
  });
}

filesMatrix('without a setting, by owners', {}, ['owner']);
filesMatrix('with a group of auditors', { AUDITOR_GROUP_ID: OPERATORS_GROUP_ID }, ['operator']);
filesMatrix('with a role of auditors', { AUDITOR_ROLES: 'Global Reader' }, ['reader']);
