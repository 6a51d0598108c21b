import { createHash } from 'node:crypto';
import { DAY_MS } from '../durations.ts';
import { type Account, heldLicenses } from '../tenant/account.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { Service } from '../tenant/use.ts';
import { hasPlan, lastUse, mailboxOf, midnight } from './use.ts';

/** One request for a report. `days` is the period. */
type Asked = { tenant: Tenant; days: number; refreshedAt: number };
type Report = {
  columns: readonly string[];
  /** Whether the account stands in it. */
  has(account: Account, tenant: Tenant): boolean;
  /** The cells behind refresh date and name. */
  cells(account: Account, asked: Asked): readonly (string | number)[];
};

const date = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The day of the last use within the period, as the report knows it. */
function used(account: Account, service: Service, { days, refreshedAt }: Asked): string {
  const at = lastUse(account, service);
  if (at === null) return '';
  const day = Math.min(midnight(at), refreshedAt);
  return day < refreshedAt - days * DAY_MS ? '' : date(day);
}

const yesNo = (is: boolean): string => (is ? 'Yes' : 'No');
const trueFalse = (is: boolean): string => (is ? 'True' : 'False');
const licensed = ({ sources }: Account): boolean => heldLicenses(sources).length > 0;
const products = ({ sources }: Account, { catalogue }: Tenant): string =>
  heldLicenses(sources)
    .map(({ skuId }) => catalogue.find(skuId)?.name.toUpperCase() ?? '')
    .join('+');
const withPlan =
  (name: RegExp): Report['has'] =>
  (account, { catalogue }) =>
    hasPlan(account, catalogue, name);

const EXCHANGE = /^EXCHANGE_(?:S_(?!FOUNDATION|ARCHIVE)|B_|L_)/;
const FILES = /^(?:SHAREPOINT(?!WAC)|ONEDRIVE)/;
const TEAMS = /^TEAMS/;
const APPS = /^OFFICE|^SHAREPOINTWAC/;
const YAMMER = /^YAMMER/;
const SKYPE = /^MCO(?:STANDARD|IMP)/;

const activity = (service: Service, plan: RegExp, counts: readonly string[]): Report => ({
  columns: [
    'Is Deleted',
    'Deleted Date',
    'Last Activity Date',
    ...counts,
    'Assigned Products',
    'Report Period',
  ],
  has: withPlan(plan),
  cells: (account, asked) => [
    'False',
    '',
    used(account, service, asked),
    ...counts.map(() => (used(account, service, asked) === '' ? 0 : 7)),
    products(account, asked.tenant),
    asked.days,
  ],
});

const DEVICES = ['windows', 'mac', 'mobile', 'web'] as const;

/** The reports that the simulator makes, by Graph's names. */
export const REPORTS: Readonly<Record<string, Report>> = {
  getOffice365ActiveUserDetail: {
    columns: [
      'Display Name',
      'Is Deleted',
      'Deleted Date',
      'Has Exchange License',
      'Has OneDrive License',
      'Has SharePoint License',
      'Has Skype For Business License',
      'Has Yammer License',
      'Has Teams License',
      'Exchange Last Activity Date',
      'OneDrive Last Activity Date',
      'SharePoint Last Activity Date',
      'Skype For Business Last Activity Date',
      'Yammer Last Activity Date',
      'Teams Last Activity Date',
      'Exchange License Assign Date',
      'Assigned Products',
    ],
    has: licensed,
    cells: (account, asked) => [
      account.displayName,
      'False',
      '',
      ...[EXCHANGE, FILES, FILES, SKYPE, YAMMER, TEAMS].map((plan) =>
        trueFalse(hasPlan(account, asked.tenant.catalogue, plan)),
      ),
      ...(['exchange', 'onedrive', 'sharepoint', 'skype', 'yammer', 'teams'] as const).map((service) =>
        used(account, service, asked),
      ),
      date(account.createdAt),
      products(account, asked.tenant),
    ],
  },
  getTeamsUserActivityUserDetail: activity('teams', TEAMS, ['Team Chat Message Count', 'Call Count']),
  getEmailActivityUserDetail: activity('exchange', EXCHANGE, ['Send Count', 'Receive Count', 'Read Count']),
  getOneDriveActivityUserDetail: activity('onedrive', FILES, ['Viewed Or Edited File Count']),
  getSharePointActivityUserDetail: activity('sharepoint', FILES, ['Visited Page Count']),
  getMailboxUsageDetail: {
    columns: [
      'Display Name',
      'Is Deleted',
      'Deleted Date',
      'Created Date',
      'Last Activity Date',
      'Item Count',
      'Storage Used (Byte)',
      'Has Archive',
      'Recipient Type',
      'Report Period',
    ],
    has: (account, { catalogue }) => mailboxOf(account, catalogue) !== null,
    cells: (account, asked) => [
      account.displayName,
      'False',
      '',
      date(account.createdAt),
      used(account, 'exchange', asked),
      1_200,
      account.use?.mailboxBytes ?? 3 * 2 ** 30,
      'False',
      { user: 'User', shared: 'Shared', room: 'Room', equipment: 'Equipment' }[
        mailboxOf(account, asked.tenant.catalogue) ?? 'user'
      ] ?? 'User',
      asked.days,
    ],
  },
  getOneDriveUsageAccountDetail: {
    columns: [
      'Site URL',
      'Owner Display Name',
      'Is Deleted',
      'Last Activity Date',
      'File Count',
      'Storage Used (Byte)',
      'Owner Principal Name',
      'Report Period',
    ],
    has: withPlan(FILES),
    cells: (account, asked) => [
      `https://contoso-my.sharepoint.com/personal/${account.id}`,
      account.displayName,
      'False',
      used(account, 'onedrive', asked),
      12,
      account.use?.driveBytes ?? 5 * 2 ** 30,
      account.userPrincipalName,
      asked.days,
    ],
  },
  getM365AppUserDetail: {
    columns: [
      'Last Activation Date',
      'Last Activity Date',
      'Report Period',
      'Windows',
      'Mac',
      'Mobile',
      'Web',
      'Outlook',
    ],
    has: withPlan(APPS),
    cells: (account, asked) => [
      '',
      used(account, 'apps', asked),
      asked.days,
      ...DEVICES.map((device) => yesNo(used(account, device, asked) !== '')),
      yesNo(used(account, 'apps', asked) !== ''),
    ],
  },
};

const quoted = (cell: string | number): string => {
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
/** As Microsoft conceals a name: the same one every day, and nobody can turn it back. */
const hash = (text: string): string => createHash('md5').update(text).digest('hex').toUpperCase();

/**
 * A report as Microsoft sends it: days late, with a byte order mark, with columns that are in no documentation, and, as
 * was seen, with somebody twice. Accounts that are younger than the report are not in it.
 */
export function usageCsv(name: string, tenant: Tenant, days: number, now: number): string | null {
  const report = REPORTS[name];
  if (!report) return null;
  const { directory, behaviour } = tenant;
  const refreshedAt = midnight(now - behaviour.usageDelayMs);
  const asked: Asked = { tenant, days, refreshedAt };
  const ownName = report.columns.includes('Owner Principal Name');
  const head = ['Report Refresh Date', ...(ownName ? [] : ['User Principal Name']), ...report.columns];
  const lines = [[...head, 'Experience Cohort'].join(',')];
  const shown = behaviour.concealedNames ? hash : (text: string): string => text;
  for (let slot = 0; slot < directory.slots; slot += 1) {
    const account = directory.at(slot);
    if (!account || account.createdAt > refreshedAt || !report.has(account, tenant)) continue;
    const cells = (of: Account): string => {
      const named = report.columns.map((column, index) => {
        const cell = report.cells(of, asked)[index] ?? '';
        return /Display Name|Principal Name|Site URL/.test(column) ? shown(String(cell)) : cell;
      });
      const upn = ownName ? [] : [shown(of.userPrincipalName)];
      return [date(refreshedAt), ...upn, ...named, 'B'].map(quoted).join(',');
    };
    lines.push(cells(account));
    // Once more, as if nothing had been done: from another region, or before a move.
    if (behaviour.usageTwiceEvery > 0 && slot % behaviour.usageTwiceEvery === 1) {
      lines.push(cells({ ...account, use: NOTHING }));
    }
  }
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

const NOTHING = {
  exchange: null,
  onedrive: null,
  sharepoint: null,
  teams: null,
  yammer: null,
  skype: null,
  apps: null,
  windows: null,
  mac: null,
  mobile: null,
  web: null,
};
