import { COMPANY } from './company.ts';
import type { Scenario } from './scenario.ts';

const VISIO_USERS = ['leeg@contoso.com', 'gradya@contoso.com', 'bjorn.akesson@contoso.com'];

export const SUBSCRIPTION_LAPSES: Scenario = {
  name: 'subscription-lapses',
  title: 'The Visio subscription is not renewed: grace, suspension, and then the licenses go.',
  ...COMPANY,
  timeline: [
    { second: 10, act: { kind: 'subscription-status', sku: 'VISIOCLIENT', status: 'Warning' } },
    { second: 40, act: { kind: 'subscription-status', sku: 'VISIOCLIENT', status: 'Suspended' } },
    { second: 70, act: { kind: 'withdraw-license', users: VISIO_USERS, sku: 'VISIOCLIENT' } },
    { second: 70, act: { kind: 'subscription-status', sku: 'VISIOCLIENT', status: 'LockedOut' } },
  ],
};
