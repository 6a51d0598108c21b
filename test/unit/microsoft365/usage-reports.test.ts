import { afterEach, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../src/domain/durations.ts';
import type { UsageRow } from '../../../src/domain/ports.ts';
import { REPORT_NAMES, type ReportName } from '../../../src/domain/usage/report.ts';
import { reportAddress } from '../../../src/microsoft365/usage/report-address.ts';
import { aConnectedTenant, type TenantUnderTest } from './a-connected-tenant.ts';
import { signal } from './a-graph.ts';

let world: TenantUnderTest;
const start = async (options: Parameters<typeof aConnectedTenant>[0] = {}): Promise<void> => {
  world = await aConnectedTenant(options);
};
afterEach(() => world?.close());

const read = async (report: ReportName) => {
  const rows: UsageRow[] = [];
  let refreshedAt: number | null = null;
  for await (const page of world.connected.reader.usageReport(report, signal)) {
    rows.push(...page.rows);
    refreshedAt = page.refreshedAt;
  }
  return { rows, refreshedAt };
};
const of = (rows: readonly UsageRow[], name: string) =>
  rows.filter((row) => row.name === `${name}@contoso.com`);
const TOKENS = 'a token sent to the report host';

describe('reading usage reports', () => {
  it('follows Graph to another origin, and brings no token there', async () => {
    await start({ scenario: 'forum' });
    const { rows } = await read('getTeamsUserActivityUserDetail');
    expect(rows.length).toBeGreaterThan(20);
    const { routes } = world.tenant.requests();
    expect(routes['GET /data/v1.0/download']).toBe(1);
    expect(routes[TOKENS]).toBeUndefined();
  });

  it('reads each report, all of which come days late', async () => {
    await start({ scenario: 'forum' });
    const late = Math.floor((world.clock.now() - 3 * DAY_MS) / DAY_MS) * DAY_MS;
    for (const report of REPORT_NAMES) {
      const { rows, refreshedAt } = await read(report);
      expect([report, refreshedAt]).toEqual([report, late]);
      expect(rows.length, report).toBeGreaterThan(5);
    }
  });

  it('hands on both rows of a person who stands in it twice', async () => {
    await start({ scenario: 'forum' });
    world.tenant.behave({ usageTwiceEvery: 3 });
    const { rows } = await read('getOffice365ActiveUserDetail');
    const twice = rows.filter((row) => of(rows, row.name.split('@')[0] ?? '').length === 2);
    expect(twice.length).toBeGreaterThan(2);
  });

  it('names the permission that is missing', async () => {
    await start();
    world.tenant.permit('Reports.Read.All', false);
    await expect(read('getMailboxUsageDetail')).rejects.toMatchObject({
      code: 'forbidden',
      permission: 'Reports.Read.All',
    });
  });

  it('says whether names are concealed', async () => {
    await start();
    expect(await world.connected.reader.concealsNames(signal)).toBe(false);
    world.tenant.behave({ concealedNames: true });
    expect(await world.connected.reader.concealsNames(signal)).toBe(true);
    const { rows } = await read('getOffice365ActiveUserDetail');
    expect(rows.every(({ name }) => /^[0-9a-f]{32}$/.test(name))).toBe(true);
  });

  it('asks again for a file that breaks off', async () => {
    await start({ scenario: 'forum' });
    world.tenant.fault({ path: '/data/v1.0/download', effect: { kind: 'cut' }, times: 1 });
    expect((await read('getOffice365ActiveUserDetail')).rows.length).toBeGreaterThan(20);
    expect(world.tenant.requests().routes['GET /data/v1.0/download']).toBe(2);
  });

  it('waits as long as the host of the file asks for', async () => {
    await start({ scenario: 'forum' });
    const effect = { kind: 'status', status: 429, retryAfter: '30' } as const;
    world.tenant.fault({ path: '/data/v1.0/download', effect, times: 1 });
    const before = world.clock.now();
    expect((await read('getMailboxUsageDetail')).rows.length).toBeGreaterThan(20);
    expect(world.clock.now() - before).toBeGreaterThanOrEqual(30_000);
  });

  it('knows what mailboxes are for, where it may', async () => {
    await start();
    const room = world.user('room.stevens');
    const ids = [room, world.user('alexw'), world.user('admin')];
    const purposes = await world.connected.reader.mailboxPurposes(ids, signal);
    expect(new Map(purposes.map((one) => [one.userId, one.purpose]))).toEqual(
      new Map([
        [room, 'room'],
        [world.user('alexw'), 'user'],
      ]),
    );
    world.tenant.permit('MailboxSettings.Read', false);
    await expect(world.connected.reader.mailboxPurposes(ids, signal)).rejects.toMatchObject({
      code: 'forbidden',
      permission: 'MailboxSettings.Read',
    });
  });
});

describe('the address of a report', () => {
  const open = { authority: 'x', managementApi: 'x' };
  const custom = { name: 'custom', endpoints: { ...open, graph: 'https://127.0.0.1:4443' } } as const;
  it.each([
    ['public', 'https://reports.office.com/data/x', true],
    ['public', 'https://reportsncu.office.com/data/x?token=1', true],
    ['public', 'https://reportsweu.office.com:444/x', false],
    ['public', 'https://reports.office.com.evil.example/x', false],
    ['public', 'https://evil.example/reports.office.com', false],
    ['public', 'https://outlook.office.com/x', false],
    ['public', 'http://reports.office.com/x', false],
    ['public', 'https://a@reports.office.com/x', false],
    ['public', 'https://reports.office365.us/x', false],
    ['gcch', 'https://reports.office365.us/x', true],
    ['gcch', 'https://reports.office.com/x', false],
    ['china', 'https://reports.office365.cn/x', true],
    ['public', 'no address', false],
  ] as const)('in %s, %s: %s', (name, address, isGood) => {
    expect(reportAddress(address, { name }) !== null).toBe(isGood);
  });

  it.each([
    ['https://127.0.0.1:9/x', true],
    ['https://127.0.0.2:4443/x', false],
    ['https://reports.office.com/x', false],
    ['http://127.0.0.1:9/x', false],
  ] as const)('under a cloud of one’s own, the host of its Graph on any port: %s', (address, isGood) => {
    expect(reportAddress(address, custom) !== null).toBe(isGood);
  });
});
