import { describe, expect, it } from 'vitest';
import { dayIn, headerOf, LAYOUTS, rowOf } from '../../../src/microsoft365/usage/columns.ts';

const layout = LAYOUTS.getOffice365ActiveUserDetail;
const read = (names: string, cells: string, of = layout) => {
  const header = headerOf(names.split(','), of);
  return header && rowOf(cells.split(','), header, of);
};
const DAY = Date.UTC(2026, 10, 20);

describe('the columns of a usage report', () => {
  it('are found by their names, in any order and case, whatever stands beside them', () => {
    expect(
      read(
        'Teams Last Activity Date,New,report refresh date,USER PRINCIPAL NAME,Exchange Last Activity Date',
        '2026-11-20,x,2026-11-27,Lee@Contoso.com,',
      ),
    ).toEqual({
      name: 'lee@contoso.com',
      last: { teams: DAY, exchange: null },
      mailbox: null,
      driveBytes: null,
    });
  });

  it('say nothing of a workload whose column is missing, or holds no date', () => {
    const row = read(
      'Report Refresh Date,User Principal Name,Teams Last Activity Date',
      '2026-11-27,lee@contoso.com,20.11.2026',
    );
    expect(row?.last).toEqual({});
  });

  it('of a deleted account are passed over: somebody else may have its name', () => {
    expect(
      read('Report Refresh Date,User Principal Name,Is Deleted', '2026-11-27,lee@contoso.com,True'),
    ).toBeNull();
  });

  it('cannot be used without names or a day', () => {
    expect(headerOf(['Report Refresh Date', 'Teams Last Activity Date'], layout)).toBeNull();
    expect(headerOf(['User Principal Name', 'Teams Last Activity Date'], layout)).toBeNull();
  });

  it('of a device count only where it was used', () => {
    const names = 'Report Refresh Date,User Principal Name,Last Activity Date,Windows,Mac';
    const apps = LAYOUTS['getM365AppUserDetail/D90'];
    expect(read(names, '2026-11-27,a@x.com,2026-11-20,No,Yes', apps)?.last).toEqual({ desktop: DAY });
    expect(read(names, '2026-11-27,a@x.com,2026-11-20,No,No', apps)?.last).toEqual({ desktop: null });
    expect(
      read('Report Refresh Date,User Principal Name,Last Activity Date', '2026-11-27,a@x.com,', apps)?.last,
    ).toEqual({});
  });

  it('of mailboxes say their size, their archive and their kind', () => {
    const row = read(
      'Report Refresh Date,User Principal Name,Storage Used (Byte),Has Archive,Recipient Type',
      '2026-11-27,info@x.com,64424509440,True,Shared',
      LAYOUTS.getMailboxUsageDetail,
    );
    expect(row?.mailbox).toEqual({ bytes: 64_424_509_440, hasArchive: true, kind: 'Shared' });
  });

  it.each([
    ['2026-11-20', DAY],
    ['2026-11-20T08:00:00Z', DAY],
    ['', null],
    ['never', undefined],
    ['2026-13-45', undefined],
  ] as const)('the day %s', (text, at) => {
    expect(dayIn(text)).toBe(at);
  });
});
