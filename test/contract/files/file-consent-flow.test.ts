import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { linesOf } from '../../../src/answers/export/lines.ts';
import type { ExportedRow } from '../../../src/answers/export/table.ts';
import type { FileUploads, UploadOutcome, UploadSource } from '../../../src/domain/ports.ts';
import { BotUnderTest } from '../../unit/teams/bot-under-test.ts';

const SEATS = {
  intent: 'seats',
  people: [],
  skus: [],
  groups: [],
  range: { from: 0, to: 1 },
  format: 'csv',
};
const PLACE = {
  uploadUrl: 'https://contoso-my.sharepoint.com/upload',
  contentUrl: 'https://contoso-my.sharepoint.com/list.csv',
  name: 'list.csv',
  uniqueId: 'u',
  fileType: 'csv',
};

/** A drive that takes bytes as the test wants. */
class Drive implements FileUploads {
  outcome: (signal: AbortSignal) => Promise<UploadOutcome> = async () => ({ ok: true });
  size = 0;
  digest = '';
  accepts(): boolean {
    return true;
  }
  async put(_address: string, file: UploadSource, signal: AbortSignal): Promise<UploadOutcome> {
    const hash = createHash('sha256');
    for (let from = 0; from < file.size; from += 5_000_000) {
      hash.update(await file.part(from, Math.min(from + 5_000_000, file.size)));
    }
    this.size = file.size;
    this.digest = hash.digest('hex');
    return this.outcome(signal);
  }
}

let bot: BotUnderTest;
let drive: Drive;
/** Its own, as other processes of this machine may be making files, too. */
let temporary: string;
beforeAll(async () => {
  temporary = await mkdtemp(path.join(tmpdir(), 'file-desk-'));
  vi.stubEnv('TMPDIR', temporary);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(temporary, { recursive: true });
});
beforeEach(async () => {
  bot = new BotUnderTest();
  drive = new Drive();
  bot.uploads = drive;
  bot.services.exported = exporting(async function* () {
    yield [{ cells: ['=1+1', 'Rick'], record: {} }];
  });
  await bot.start();
});
afterEach(() => bot.stop());

const exporting = (rows: () => AsyncIterable<ExportedRow[]>) => () => ({
  name: 'list.csv',
  lines: () => linesOf(['a', 'b'], rows(), 'csv'),
});
const said = (): string => bot.connector.said.map(({ activity }) => JSON.stringify(activity)).join('\n');
const ask = () => bot.press('export', SEATS, bot.personal());
const offeredIds = (): string[] =>
  [...said().matchAll(/"acceptContext":\{"fileId":"([^"]+)"/g)].map(([, id]) => id ?? '');
const answer = (action: string, fileId: string) =>
  bot.send({
    ...bot.personal(),
    type: 'invoke',
    name: 'fileConsent/invoke',
    text: undefined,
    replyToId: 'offer',
    value: { action, context: { fileId }, uploadInfo: PLACE },
  });
const accept = async (): Promise<void> => {
  await answer('accept', offeredIds().at(-1) ?? '');
};
const until = (text: string | RegExp) =>
  vi.waitUntil(() => new RegExp(text).test(said()), { timeout: 10_000, interval: 5 });
const leftBehind = (): Promise<string[]> => readdir(temporary);

describe('a file', () => {
  it('has nothing that a spreadsheet would run', async () => {
    await ask();
    await accept();
    await until('card.file.info');
    expect(drive.digest).toBe(createHash('sha256').update("\uFEFFa,b\r\n'=1+1,Rick\r\n").digest('hex'));
  });

  it('of 200,000 rows is made whole, and removed', async () => {
    const filler = 'x'.repeat(200);
    bot.services.exported = exporting(async function* () {
      for (let chunk = 0; chunk < 200; chunk++) {
        yield Array.from({ length: 1_000 }, (_, row) => ({
          cells: [chunk * 1_000 + row, filler],
          record: {},
        }));
      }
    });
    await ask();
    await until('card.file.consent');
    await accept();
    await until('card.file.info');
    expect(said()).toContain('200,000 rows');
    expect(drive.size).toBeGreaterThan(40_000_000);
    expect(await leftBehind()).toEqual([]);
  });

  it('that takes long to count is offered when it is counted', async () => {
    await bot.stop();
    bot.patienceMs = 10;
    await bot.start();
    const counted = Promise.withResolvers<void>();
    bot.services.exported = exporting(async function* () {
      await counted.promise;
      yield [{ cells: ['a', 'b'], record: {} }];
    });
    await ask();
    expect(said()).toMatch(/counting it, and offer it here/);
    expect(offeredIds()).toEqual([]);
    await ask();
    expect(said()).toMatch(/still busy with your last file/);
    counted.resolve();
    await until('card.file.consent');
  });

  it('is one at a time for each person', async () => {
    const uploaded = Promise.withResolvers<UploadOutcome>();
    drive.outcome = () => uploaded.promise;
    await ask();
    await ask();
    const [first = '', second = ''] = offeredIds();
    await answer('accept', first);
    await answer('accept', second);
    expect(said()).toMatch(/still busy with your last file/);
    uploaded.resolve({ ok: true });
    await until('card.file.info');
    await answer('accept', second);
    await vi.waitUntil(() => said().match(/card\.file\.info/g)?.length === 2);
  });

  it.each([
    ['unreachable', /could not be reached/],
    ['cancelled', /was stopped/],
    ['full', /no room/],
  ] as const)(
    'that cannot be put (%s) is told with a number that is in the log',
    async (reason, sentence) => {
      drive.outcome = async () => ({ ok: false, reason, detail: 'as the test wants' });
      await ask();
      await accept();
      await until(sentence);
      const [, reference] = /The number (REF-\d+) finds it/.exec(said()) ?? [];
      expect(bot.logged).toContainEqual(expect.objectContaining({ reference, reason }));
      expect(await leftBehind()).toEqual([]);
    },
  );

  it('whose rows cannot be read ends in an apology with a number, not in a stack', async () => {
    await ask();
    bot.services.exported = exporting(async function* () {
      yield [];
      throw new Error('the disk /secret/path is gone');
    });
    await accept();
    await until('Something went wrong on my side');
    expect(said()).not.toContain('/secret/path');
    expect(bot.logged).toContainEqual(expect.objectContaining({ msg: 'a file could not be made' }));
    expect(await leftBehind()).toEqual([]);
  });

  it('without rows is not offered', async () => {
    bot.services.exported = exporting(async function* () {});
    await ask();
    expect(said()).toMatch(/The list is empty/);
    expect(offeredIds()).toEqual([]);
  });

  it('that is under way when the bot stops is given up, and told', async () => {
    drive.outcome = (signal) =>
      new Promise((resolve) =>
        signal.addEventListener('abort', () =>
          resolve({ ok: false, reason: 'cancelled', detail: 'stopped' }),
        ),
      );
    await ask();
    await accept();
    await vi.waitUntil(() => drive.size > 0);
    await bot.stopFiles();
    expect(said()).toMatch(/was stopped before the file was there/);
  });
});

it('where Teams takes no files from bots, the terminal is named instead', async () => {
  const other = new BotUnderTest();
  await other.start();
  const { body } = await other.press('export', SEATS, other.personal());
  expect(JSON.stringify([body, other.connector.said])).toMatch(
    /Teams takes no files from bots in this cloud/,
  );
  await other.stop();
});
