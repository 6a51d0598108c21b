import { describe, expect, it } from 'vitest';
import { causeText } from '../../../../src/answers/words/cause-text.ts';
import { changeText } from '../../../../src/answers/words/change-text.ts';
import { namesIn } from '../../../../src/answers/words/names.ts';
import type { Verdict } from '../../../../src/domain/attribution/verdict.ts';
import type { LicenseChange } from '../../../../src/domain/license/change.ts';
import { aVerdict } from '../../../builders/audit/verdict.ts';
import { aChange } from '../../../builders/license/license-change.ts';
import { anAssignment } from '../../../builders/license/user-state.ts';

const GROUP = 'aaaaaaaa-0000-4000-8000-000000000001';
const E5 = '06ebc4ee-1bb5-47dd-8120-11324bc54e06';
const names = namesIn({
  skus: [],
  subscriptions: [],
  groups: [
    {
      id: GROUP,
      displayName: 'LIC-E3',
      membershipRule: null,
      dynamic: false,
      onPremisesSyncEnabled: null,
      mailEnabled: false,
      roleAssignable: false,
      assignedLicenses: [],
    },
  ],
});
const ines = { kind: 'user', id: 'ines', name: 'Ines Duarte' } as const;

describe('the cause of a change, in the chat', () => {
  it.each<{ name: string; change?: Partial<LicenseChange>; verdict: Partial<Verdict>; says: string }>([
    {
      name: 'a group that stopped giving, the event not in the log yet',
      verdict: { groupId: GROUP, evidence: ['service'] },
      says: 'The group LIC-E3 stopped giving it; the event behind that is not in the log yet.',
    },
    {
      name: 'a group that stopped giving, the event in no log',
      verdict: { level: 'unrecorded', groupId: GROUP, evidence: ['service'] },
      says: 'The group LIC-E3 stopped giving it; the event behind that is in no log.',
    },
    {
      name: 'our own work, with who decided it',
      change: { kind: 'gained' },
      verdict: {
        level: 'proved',
        cause: 'license-watch',
        chain: [{ at: 0, what: 'License Watch, as Megan Bowen decided, gave it.', evidence: [] }],
      },
      says: 'License Watch, as Megan Bowen decided, gave it.',
    },
    {
      name: 'a swap that is half done',
      verdict: { level: 'proved', cause: 'admin-action', actor: ines, missingSkuId: E5 },
      says: 'Ines Duarte removed it. The swap is half done: Microsoft 365 E5 did not come in its place.',
    },
    {
      name: 'an account that left the sync scope',
      change: { kind: 'account-removed', skuId: null },
      verdict: { level: 'proved', cause: 'directory-sync' },
      says: 'Left the scope of the directory sync from on-premises Active Directory.',
    },
  ])('says $name', ({ change, verdict, says }) => {
    const explained = { change: aChange(change), verdict: aVerdict(verdict), incidentId: null };
    expect(causeText(explained, names, false, undefined)).toBe(says);
  });

  it('says of a license that a deleted group left behind that it follows no group any more', () => {
    const change = aChange({
      kind: 'path-changed',
      path: null,
      before: [anAssignment({ path: GROUP })],
      after: [anAssignment()],
    });
    expect(changeText(change, names)).toBe(
      'still has Microsoft 365 E3, now directly: it follows no group any more',
    );
  });
});
