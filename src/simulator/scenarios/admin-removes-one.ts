import type { AuditVariant } from '../audit/fact.ts';
import { COMPANY } from './company.ts';
import type { Scenario } from './scenario.ts';
import { ADMIN_UPN } from './well-known.ts';

/** One act, told by the logs in the given way. */
const adminRemovesOne = (name: string, title: string, audit: AuditVariant): Scenario => ({
  name,
  title,
  ...COMPANY,
  behaviour: { directoryAuditDelayMs: 15_000, activityDelayMs: 90_000 },
  timeline: [
    {
      second: 10,
      act: { kind: 'remove-license', users: ['leeg@contoso.com'], sku: 'VISIOCLIENT', by: ADMIN_UPN, audit },
    },
  ],
});

export const ADMIN_REMOVES_ONE = adminRemovesOne(
  'admin-removes-one',
  'Anna Kowalska takes Visio from Lee Gu, and the Entra audit log says so.',
  'full',
);
export const ADMIN_REMOVES_ONE_TWIN = adminRemovesOne(
  'admin-removes-one-twin',
  'Anna Kowalska takes Visio from Lee Gu; the license record is empty, its twin tells.',
  'empty-with-twin',
);
export const ADMIN_REMOVES_ONE_SEQUENCED = adminRemovesOne(
  'admin-removes-one-sequenced',
  'Anna Kowalska takes Visio from Lee Gu; the record comes in numbered fragments.',
  'sequenced',
);
export const ADMIN_REMOVES_ONE_DUPLICATE = adminRemovesOne(
  'admin-removes-one-duplicate',
  'Anna Kowalska takes Visio from Lee Gu; each log tells it twice.',
  'duplicate',
);
