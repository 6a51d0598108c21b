import { COMPANY } from './company.ts';
import type { Scenario } from './scenario.ts';

/** The five who lose Business Standard; Rick had two service plans switched off. */
export const FORUM_VICTIMS: readonly string[] = [
  'rick@contoso.com',
  'jose.alvarez@contoso.com',
  'zoe.mueller@contoso.com',
  'wei.zhang@contoso.com',
  'anna-sophia.konstantinopoulou@contoso.com',
];

export const FORUM_ISSUE_ID = 'MO213912';

export const FORUM: Scenario = {
  name: 'forum',
  title: 'Five people lose Microsoft 365 Business Standard, and no log says who did it.',
  ...COMPANY,
  timeline: [
    {
      second: 8,
      act: {
        kind: 'open-issue',
        issue: {
          id: FORUM_ISSUE_ID,
          title: 'Some users may lose assigned licenses in the Microsoft 365 admin center',
          service: 'Microsoft 365 suite',
          feature: 'Licensing',
          featureGroup: 'Licensing',
          classification: 'incident',
          impact: 'Users may lose access to services because their licenses were unassigned unexpectedly.',
          update: 'We are investigating reports of licenses that were unassigned without an admin action.',
        },
      },
    },
    {
      second: 10,
      act: { kind: 'withdraw-license', users: [...FORUM_VICTIMS], sku: 'O365_BUSINESS_PREMIUM' },
    },
  ],
};
