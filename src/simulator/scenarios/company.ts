import { COMPANY_PEOPLE } from './company-people.ts';
import type { GroupSeed, ProfileSeed, PurchaseSeed, RoleSeed, Scenario, UnitSeed } from './scenario.ts';
import {
  OPERATOR_UPN,
  OPERATORS_GROUP,
  SALES_UNIT,
  UNIT_OPERATOR_UPN,
  UNIT_OPERATORS_GROUP,
} from './well-known.ts';

const STANDARD = 'O365_BUSINESS_PREMIUM';

/** What Contoso has bought. The names are Microsoft's part numbers: O365_BUSINESS_PREMIUM is Business Standard. */
const COMPANY_PURCHASES: readonly PurchaseSeed[] = [
  { sku: STANDARD, seats: 30, renewsInDays: 212 },
  { sku: 'SPE_E3', seats: 12, renewsInDays: 96 },
  { sku: 'SPE_E5', seats: 3, renewsInDays: 96 },
  { sku: 'SPE_F1', seats: 6, renewsInDays: 301 },
  { sku: 'POWER_BI_PRO', seats: 5, renewsInDays: 41 },
  { sku: 'VISIOCLIENT', seats: 4, renewsInDays: 18 },
  { sku: 'Microsoft_365_Copilot', seats: 2, renewsInDays: 300 },
  { sku: 'EXCHANGESTANDARD', seats: 2, renewsInDays: 150 },
  { sku: 'MCOMEETADV', seats: 5, renewsInDays: 96 },
  { sku: 'FLOW_FREE', seats: 10_000 },
];

const COMPANY_GROUPS: readonly GroupSeed[] = [
  {
    name: OPERATORS_GROUP,
    description: 'May put licenses right from the License Watch card',
    owners: [OPERATOR_UPN],
  },
  { name: UNIT_OPERATORS_GROUP, description: 'The same for the users of the office in Berlin' },
  { name: 'LIC-E3', description: 'Gives Microsoft 365 E3', licenses: ['SPE_E3'] },
  {
    name: 'LIC-F3 Retail (dynamic)',
    description: 'Everybody in the shops',
    licenses: ['SPE_F1'],
    membershipRule: '(user.department -eq "Retail")',
  },
  { name: 'LIC-PowerBI Finance', licenses: ['POWER_BI_PRO'] },
  { name: 'All Sales', description: 'Sales of all countries', nested: ['Sales Benelux'] },
  { name: 'Sales Benelux' },
  { name: 'SG-OnPrem-Engineering', synced: true },
  { name: 'Company News', mailEnabled: true, securityEnabled: false },
  { name: 'License Admins (role)', roleAssignable: true },
];

const COMPANY_UNITS: readonly UnitSeed[] = [
  {
    name: SALES_UNIT,
    description: 'The office in Berlin',
    people: ['zoe.mueller', 'wei.zhang', 'ricardo.gomes', 'henriettam'].map((name) => `${name}@contoso.com`),
    groups: ['Sales Benelux'],
  },
];

const COMPANY_ROLES: readonly RoleSeed[] = [
  { role: 'Global Administrator', holder: { person: 'admin@contoso.com' } },
  { role: 'Global Reader', holder: { person: 'pattif@contoso.com' } },
  { role: 'License Administrator', holder: { group: 'License Admins (role)' } },
  { role: 'License Administrator', holder: { person: UNIT_OPERATOR_UPN }, unit: SALES_UNIT },
];

/** How generated people are spread, when a tenant is asked to be larger than the company. */
const COMPANY_PROFILES: readonly ProfileSeed[] = [
  { share: 30, department: 'Engineering', synced: true, groups: ['LIC-E3'] },
  { share: 25, department: 'Operations', licenses: [STANDARD] },
  { share: 10, department: 'Sales', licenses: [STANDARD, 'POWER_BI_PRO', 'FLOW_FREE'] },
  { share: 10, department: 'Finance', licenses: ['SPE_E5'] },
  { share: 10, department: 'Retail', groups: ['LIC-F3 Retail (dynamic)'] },
  { share: 5, department: 'Legal', licenses: [{ sku: STANDARD, off: ['SWAY', 'YAMMER_ENTERPRISE'] }] },
  { share: 5, department: 'Archive' },
  { share: 5, department: 'Partners', guest: true },
];

/** All of Contoso but what happens there. */
export const COMPANY: Omit<Scenario, 'name' | 'title' | 'timeline'> = {
  people: COMPANY_PEOPLE,
  groups: COMPANY_GROUPS,
  units: COMPANY_UNITS,
  roles: COMPANY_ROLES,
  purchases: COMPANY_PURCHASES,
  profiles: COMPANY_PROFILES,
};
