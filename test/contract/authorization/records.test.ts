import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../src/domain/durations.ts';
import { OPERATORS_GROUP_ID } from '../../../src/simulator/scenarios/well-known.ts';
import { aDeletedFile } from '../../builders/audit/activity-record.ts';
import { aQuery } from '../../builders/query.ts';
import { CAST, CONVERSATIONS, PARTS, type Part } from './cast.ts';
import { Stage, saidTo } from './stage.ts';

const SECRET = 'Salaries-of-the-board.xlsx';
const ASKED = 'who deleted files today';

const CELLS = PARTS.flatMap((part) => CONVERSATIONS.map((where) => ({ part, where })));

/** Audit records of all kinds: only auditors see them, only where nobody reads along, and each search is noted. */
function recordsMatrix(name: string, settings: Record<string, string>, auditors: readonly Part[]): void {
  describe(`a search in the audit records, ${name}`, () => {
    const stage = new Stage();
    beforeAll(async () => {
      await stage.start(settings);
      stage.removeLee();
      const at = stage.now() - MINUTE_MS;
      await stage.store.audit.append([aDeletedFile({ by: 'wei.zhang@contoso.com', at }, SECRET, 'HR')], at);
    });
    afterAll(() => stage.stop());

    it.each(CELLS)('by $part in the $where', async ({ part, where }) => {
      const query = aQuery({
        intent: 'unknown',
        records: { people: [], unresolved: [], range: null, days: 7, activity: 'file-deleted' },
      });
      const before = (await stage.store.search.notes(1_000)).length;
      const said = saidTo(await stage.say(CAST[part], where, ASKED));
      const pressed = saidTo(await stage.press(CAST[part], where, 'page', { ask: ASKED, page: 1, query }));
      const notes = await stage.store.search.notes(1_000);
      const may = auditors.includes(part) && where === 'personal';
      for (const told of [said, pressed]) {
        if (may) expect(told).toContain('Salaries');
        else expect(told).not.toContain('Salaries');
      }
      expect(notes.length - before).toBe(may ? 2 : 0);
      if (may) expect(notes[0]?.by).toBe(CAST[part].aadObjectId);
      else if (auditors.includes(part)) expect(said).toMatch(/personal chat with me only/);
      else if (part === 'reader') expect(said).toMatch(/Only auditors can search/);
    });
  });
}

recordsMatrix('without a setting, by owners', {}, ['owner']);
recordsMatrix('with a group of auditors', { AUDITOR_GROUP_ID: OPERATORS_GROUP_ID }, ['operator']);
recordsMatrix('with a role of auditors', { AUDITOR_ROLES: 'Global Reader' }, ['reader']);
