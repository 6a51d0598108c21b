import { DAY_MS } from '../../domain/durations.ts';
import type { UsageRow } from '../../domain/ports.ts';
import type { ReportName } from '../../domain/usage/report.ts';
import type { Workload } from '../../domain/usage/workload.ts';

/** Which columns of a report are read, by their names in lower case; others, and their order, may change. */
export type Layout = {
  /** The function of Graph. */
  call: string;
  periodDays: 90 | 180;
  /** Whose row it is. */
  name: string;
  last: Partial<Record<Workload, string>>;
  /** Where it only counts when one of these says "Yes". */
  only?: readonly string[];
  bytes?: 'mailbox' | 'drive';
};

const UPN = 'user principal name';
const LAST = 'last activity date';

/** Each report with its columns (https://learn.microsoft.com/graph/api/resources/report). */
export const LAYOUTS: Readonly<Record<ReportName, Layout>> = {
  getOffice365ActiveUserDetail: {
    call: 'getOffice365ActiveUserDetail',
    periodDays: 180,
    name: UPN,
    last: {
      exchange: 'exchange last activity date',
      onedrive: 'onedrive last activity date',
      sharepoint: 'sharepoint last activity date',
      teams: 'teams last activity date',
      yammer: 'yammer last activity date',
      skype: 'skype for business last activity date',
    },
  },
  getTeamsUserActivityUserDetail: {
    call: 'getTeamsUserActivityUserDetail',
    periodDays: 180,
    name: UPN,
    last: { teams: LAST },
  },
  getEmailActivityUserDetail: {
    call: 'getEmailActivityUserDetail',
    periodDays: 180,
    name: UPN,
    last: { exchange: LAST },
  },
  getMailboxUsageDetail: {
    call: 'getMailboxUsageDetail',
    periodDays: 180,
    name: UPN,
    last: {},
    bytes: 'mailbox',
  },
  getOneDriveActivityUserDetail: {
    call: 'getOneDriveActivityUserDetail',
    periodDays: 180,
    name: UPN,
    last: { onedrive: LAST },
  },
  getOneDriveUsageAccountDetail: {
    call: 'getOneDriveUsageAccountDetail',
    periodDays: 180,
    name: 'owner principal name',
    last: {},
    bytes: 'drive',
  },
  getSharePointActivityUserDetail: {
    call: 'getSharePointActivityUserDetail',
    periodDays: 180,
    name: UPN,
    last: { sharepoint: LAST },
  },
  getM365AppUserDetail: { call: 'getM365AppUserDetail', periodDays: 180, name: UPN, last: { apps: LAST } },
  'getM365AppUserDetail/D90': {
    call: 'getM365AppUserDetail',
    periodDays: 90,
    name: UPN,
    last: { desktop: LAST },
    only: ['windows', 'mac'],
  },
};

/** The header of a report, understood: where each column stands. */
export type Header = {
  name: number;
  refreshed: number;
  deleted: number;
  last: { workload: Workload; at: number }[];
  only: number[];
  bytes: number;
  archive: number;
  kind: number;
};

/** Finds the columns; null where there is none for the name of the user, or for the day up to which it counts. */
export function headerOf(cells: readonly string[], layout: Layout): Header | null {
  const names = cells.map((cell) =>
    cell
      .replace(/^\uFEFF/, '')
      .trim()
      .toLowerCase(),
  );
  const place = (name: string): number => names.indexOf(name);
  const header: Header = {
    name: place(layout.name),
    refreshed: place('report refresh date'),
    deleted: place('is deleted'),
    last: Object.entries(layout.last).flatMap(([workload, column]) => {
      const at = place(column);
      const only = layout.only ?? [];
      const isWhole = only.every((name) => place(name) >= 0);
      return at < 0 || !isWhole ? [] : [{ workload: workload as Workload, at }];
    }),
    only: (layout.only ?? []).map(place),
    bytes: place('storage used (byte)'),
    archive: place('has archive'),
    kind: place('recipient type'),
  };
  return header.name < 0 || header.refreshed < 0 ? null : header;
}

/** A row of a report; null for that of an account which was deleted, which another one may have the name of. */
export function rowOf(cells: readonly string[], header: Header, layout: Layout): UsageRow | null {
  const cell = (place: number): string => (place < 0 ? '' : (cells[place] ?? '').trim());
  if (isYes(cell(header.deleted))) return null;
  const last: UsageRow['last'] = {};
  for (const { workload, at } of header.last) {
    const day = dayIn(cell(at));
    // What is no date says nothing about the person, and least of all that there was nothing.
    if (day === undefined) continue;
    last[workload] = header.only.length > 0 && !header.only.some((place) => isYes(cell(place))) ? null : day;
  }
  const bytes = numberIn(cell(header.bytes));
  const archive = cell(header.archive);
  return {
    name: cell(header.name).toLowerCase(),
    last,
    mailbox:
      layout.bytes === 'mailbox'
        ? { bytes, hasArchive: archive === '' ? null : isYes(archive), kind: cell(header.kind) || null }
        : null,
    driveBytes: layout.bytes === 'drive' ? bytes : null,
  };
}

const isYes = (text: string): boolean => /^(?:true|yes|1)$/i.test(text);

/** A day as reports write it, ms UTC; null for an empty cell, undefined for anything else. */
export function dayIn(text: string): number | null | undefined {
  if (text === '') return null;
  const day = /^(\d{4}-\d{2}-\d{2})(?:T[\d:.]+Z?)?$/.exec(text)?.[1];
  const at = day === undefined ? Number.NaN : Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) ? undefined : Math.floor(at / DAY_MS) * DAY_MS;
}

const numberIn = (text: string): number | null => (/^\d{1,15}$/.test(text) ? Number(text) : null);
