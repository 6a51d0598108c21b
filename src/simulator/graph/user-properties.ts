import { type Account, heldLicenses } from '../tenant/account.ts';
import { serviceOf } from '../tenant/catalogue.ts';
import { isoSeconds } from '../tenant/clock.ts';
import { idOf } from '../tenant/ids.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { LicenseTexts } from './license-texts.ts';

/** What Graph returns when nothing is selected. */
export const DEFAULT_USER_PROPERTIES: readonly string[] = [
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
  'id',
];

/** Properties outside the directory's own store: selectable on one user, `501` on the collection. */
export const FOREIGN_PROPERTIES: ReadonlySet<string> = new Set([
  'aboutMe',
  'birthday',
  'hireDate',
  'interests',
  'mailboxSettings',
  'mySite',
  'pastProjects',
  'preferredName',
  'responsibilities',
  'schools',
  'skills',
]);

type Context = { tenant: Tenant; texts: LicenseTexts };
/** A property's JSON text; undefined when Graph leaves the property out. */
type Renderer = (account: Account, context: Context) => string | undefined;

const text = (read: (account: Account) => string | boolean | null): Renderer => {
  return (account) => JSON.stringify(read(account));
};
const fixed =
  (json: string): Renderer =>
  () =>
    json;

function assignedPlans(account: Account, { tenant }: Context): string | undefined {
  if (!tenant.behaviour.assignedPlans) return undefined;
  const starts = new Map(account.servicePlanStarts.map(({ servicePlanId, at }) => [servicePlanId, at]));
  const plans = heldLicenses(account.sources).flatMap(({ skuId, disabledPlans }) => {
    const capabilityStatus = tenant.stock.capabilityStatus(skuId);
    const all = tenant.catalogue.find(skuId)?.plans ?? [];
    return all
      .filter((plan) => !disabledPlans.includes(plan.id))
      .map((plan) => ({ plan, capabilityStatus, at: starts.get(plan.id) ?? account.createdAt }));
  });
  const entries = plans.map(({ plan, capabilityStatus, at }) => ({
    assignedDateTime: isoSeconds(at),
    capabilityStatus,
    service: serviceOf(plan.name),
    servicePlanId: plan.id,
  }));
  const former = account.formerServicePlans.map(({ servicePlanId, at }) => ({
    assignedDateTime: isoSeconds(at),
    capabilityStatus: 'Deleted',
    service: 'exchange',
    servicePlanId: servicePlanId,
  }));
  return JSON.stringify([...entries, ...former]);
}

function signInActivity(account: Account): string | undefined {
  if (account.lastSignInAt === null) return undefined;
  const at = isoSeconds(account.lastSignInAt);
  return JSON.stringify({
    lastSignInDateTime: at,
    lastSignInRequestId: idOf('sign-in', `${account.id}/interactive`),
    lastNonInteractiveSignInDateTime: at,
    lastNonInteractiveSignInRequestId: idOf('sign-in', `${account.id}/other`),
    lastSuccessfulSignInDateTime: at,
    lastSuccessfulSignInRequestId: idOf('sign-in', `${account.id}/interactive`),
  });
}

/** Every property that can be selected. Those that no scenario fills are null, as in most tenants. */
const RENDERERS: Readonly<Record<string, Renderer>> = {
  id: text((account) => account.id),
  displayName: text((account) => account.displayName),
  givenName: text((account) => account.givenName),
  surname: text((account) => account.surname),
  userPrincipalName: text((account) => account.userPrincipalName),
  mail: text((account) => account.mail),
  mailNickname: text((account) => account.userPrincipalName.split('@')[0] ?? null),
  department: text((account) => account.department),
  jobTitle: text((account) => account.jobTitle),
  officeLocation: text((account) => account.officeLocation),
  preferredLanguage: text((account) => account.preferredLanguage),
  usageLocation: text((account) => account.usageLocation),
  accountEnabled: text((account) => account.accountEnabled),
  userType: text((account) => account.userType),
  onPremisesSyncEnabled: text((account) => account.onPremisesSyncEnabled),
  createdDateTime: text((account) => isoSeconds(account.createdAt)),
  deletedDateTime: fixed('null'),
  assignedLicenses: (account, { texts }) => texts.assignedLicenses(account.sources),
  licenseAssignmentStates: (account, { texts }) => texts.assignmentStates(account.sources),
  assignedPlans,
  signInActivity,
  businessPhones: fixed('[]'),
  otherMails: fixed('[]'),
  proxyAddresses: (account) => JSON.stringify(account.mail ? [`SMTP:${account.mail}`] : []),
  city: fixed('null'),
  companyName: fixed('null'),
  country: fixed('null'),
  creationType: (account) => (account.userType === 'Guest' ? '"Invitation"' : 'null'),
  employeeId: fixed('null'),
  employeeType: fixed('null'),
  externalUserState: (account) => (account.userType === 'Guest' ? '"Accepted"' : 'null'),
  mobilePhone: fixed('null'),
  onPremisesImmutableId: fixed('null'),
  onPremisesLastSyncDateTime: fixed('null'),
  state: fixed('null'),
};

export const isUserProperty = (name: string): boolean => Object.hasOwn(RENDERERS, name);

/** One property as JSON text. */
export const renderProperty = (name: string, account: Account, context: Context): string | undefined =>
  RENDERERS[name]?.(account, context);

/** A user as JSON text with these properties, in this order. */
export function renderUser(account: Account, properties: readonly string[], context: Context): string {
  let body = '';
  for (const name of properties) {
    const value = renderProperty(name, account, context);
    if (value !== undefined) body += `${body === '' ? '' : ','}"${name}":${value}`;
  }
  return `{${body}}`;
}
