import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { term } from '../../../../src/domain/search/index-terms.ts';
import { openStore } from '../../../../src/storage/open-store.ts';
import { activityRecord } from '../../../builders/archive/record-forms.ts';
import { aDeletedFile } from '../../../builders/audit/activity-record.ts';

const PATTI = 'patti.unmistakable@fabrikam.example';
const NOW = Date.parse('2026-11-23T10:30:00Z');
const ABOUT_HER = /unmistakable|zanzibarplan/i;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'erased-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Everything that lies beside the database, as text: what nobody asks the database for, too. */
async function bytes(): Promise<string> {
  const files = await readdir(folder);
  return (await Promise.all(files.map((file) => readFile(path.join(folder, file), 'latin1')))).join('\n');
}

describe('the file of the database after an erasure', () => {
  it('has neither the name nor the words of who was erased, in no part of the index either', async () => {
    const store = await openStore({ url: `file:${path.join(folder, 'archive.db')}` });
    for (let part = 0; part < 6; part++) {
      await store.audit.append(
        Array.from({ length: 50 }, (_, index) =>
          aDeletedFile(
            { by: 'lee@fabrikam.example', at: NOW - part * 1_000 - index },
            `f${part}-${index}.txt`,
            'HR',
          ),
        ),
        NOW,
      );
      await store.audit.append(
        [aDeletedFile({ by: PATTI, at: NOW - part * 1_000 }, 'Zanzibarplan.docx', 'HR')],
        NOW,
      );
    }
    await store.search.note({ at: NOW, by: 'ines', asked: `mail of ${PATTI}`, people: [], found: 2 });
    expect(await bytes()).toMatch(ABOUT_HER);
    const names = { id: null, addresses: [PATTI], written: [], chats: [] };
    const erased = await store.people.erase(names, 'root', NOW, new AbortController().signal);
    expect(erased).toMatchObject({ done: true, counts: { audit_events: 6, audit_searches: 1 } });
    const [note] = await store.search.notes(1);
    expect(note?.asked).toMatch(/^mail of erased-/);
    const search = { from: 0, to: NOW + 1, allOf: [[term.by('lee@fabrikam.example')]], text: 'f5' };
    expect(await store.search.find(search, 100, null)).toHaveLength(50);
    expect((await store.archive.verify([], new AbortController().signal)).problems).toEqual([]);
    await store.close();
    expect(await bytes()).not.toMatch(ABOUT_HER);
  });

  it('keeps records that name somebody on hold as JSON writes it, and no others for a longer name', async () => {
    const store = await openStore({ url: `file:${path.join(folder, 'archive.db')}` });
    const record = (id: string, by: string, text: string) =>
      activityRecord(
        { id, at: NOW - 1_000, operation: 'FileDeleted' },
        { Workload: 'SharePoint', UserId: by, text },
      );
    await store.audit.append(
      [record('held', PATTI, "O'Neil@fabrikam.example"), record('free', PATTI, "xo'neil@fabrikam.example")],
      NOW,
    );
    await store.holds.put({
      personId: "o'neil@fabrikam.example",
      names: ["o'neil@fabrikam.example"],
      reason: 'case 7',
      since: NOW,
    });
    const names = { id: null, addresses: [PATTI], written: [], chats: [] };
    expect(await store.people.erase(names, 'root', NOW, new AbortController().signal)).toMatchObject({
      done: true,
      counts: { audit_events: 1 },
      keptForHolds: 1,
    });
    await store.close();
  });
});
