import { COMPANY } from './company.ts';
import type { Scenario } from './scenario.ts';
import { ADMIN_UPN } from './well-known.ts';

export const GROUP_LOSES_MEMBER: Scenario = {
  name: 'group-loses-member',
  title: 'Joni Sherman is removed from LIC-E3; group licensing takes the license a little later.',
  ...COMPANY,
  behaviour: { groupProcessingMs: 20_000, directoryAuditDelayMs: 15_000, activityDelayMs: 90_000 },
  timeline: [
    {
      second: 10,
      act: { kind: 'remove-member', group: 'LIC-E3', users: ['jonis@contoso.com'], by: ADMIN_UPN },
    },
  ],
};
