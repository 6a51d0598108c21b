import { COMPANY } from './company.ts';
import type { Scenario } from './scenario.ts';
import { ADMIN_UPN } from './well-known.ts';

/**
 * License records as Microsoft writes them since August 2026: every one names the licensing service. What went
 * with a membership can still be told; who took a license by hand is in no record.
 */
export const LICENSING_SERVICE_ACTS: Scenario = {
  name: 'licensing-service',
  title: 'Visio goes from Lee Gu and E3 from Joni Sherman; every record names Microsoft’s licensing service.',
  ...COMPANY,
  behaviour: {
    licenseRecords: 'licensing-service',
    groupProcessingMs: 23_000,
    directoryAuditDelayMs: 15_000,
    activityDelayMs: 90_000,
  },
  timeline: [
    {
      second: 10,
      act: { kind: 'remove-license', users: ['leeg@contoso.com'], sku: 'VISIOCLIENT', by: ADMIN_UPN },
    },
    {
      second: 30,
      act: { kind: 'remove-member', group: 'LIC-E3', users: ['jonis@contoso.com'], by: ADMIN_UPN },
    },
  ],
};
