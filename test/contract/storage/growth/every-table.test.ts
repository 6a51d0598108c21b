import { expect, it } from 'vitest';
import { OPERATIONS, TABLE_GROWTH, withGrowth } from '../../../../scripts/table-growth.ts';
import { migrate } from '../../../../src/storage/database/migrate.ts';
import { openSqlite } from '../../../../src/storage/open-sqlite.ts';
import { projectFile } from '../../packaging/project-files.ts';
import { countRows } from './count-rows.ts';

async function tables(): Promise<string[]> {
  const open = await openSqlite(':memory:');
  await migrate(open.db, open.kind);
  const names = [...(await countRows(open.db)).keys()];
  await open.db.destroy();
  return names;
}

it('every table is in the list of what grows, and no other', async () => {
  // The staging of a read is there only while it runs.
  const listed = Object.keys(TABLE_GROWTH).filter((table) => table !== 'scan_staging');
  expect(listed.toSorted()).toEqual((await tables()).toSorted());
});

it('docs/operations.md has the list as it is', () => {
  const page = projectFile('docs/operations.md');
  expect(OPERATIONS).toMatch(/docs.operations\.md$/);
  expect(withGrowth(page)).toBe(page);
});
