/** Who acted: a person, an app, or a part of Microsoft's service that only does its work. */
import { isPartnerName, systemActor, systemApp } from '../../audit/system-actors.ts';
import type { ActorFacts } from './facts.ts';
import { isGuid, isPrincipalName } from './ids.ts';

/** Accounts of the service itself, as recorded Exchange and SharePoint records name them. */
const SERVICE_ACCOUNT =
  /^(NT AUTHORITY\\|NT SERVICE\\|S-1-5-(18|19|20)$|S-1-0-0$|SHAREPOINT\\|Microsoft\\|app@sharepoint|SecurityComplianceAlerts|DLPAgent|DlpPolicyEvent|Certificate$|Sync_|Service Account$|spo_|fim_password_service|On-Premises Directory Synchronization|AAD to SharePoint Sync|SPOProvisioning|SpoolsProvisioning|.*-ApplicationAccount@|ServiceOperator)/i;

/** Accounts of Microsoft's datacenters, such as `…@eurprd04.prod.outlook.com`. */
const DATACENTER = /(\.prod\.outlook\.com|\.prod\.exchangelabs\.com|\.gbl|\.partner\.outlook\.cn)$/i;

/** How the names of Microsoft's own apps begin. Anybody can call an app so: where that matters, ask `isMicrosofts`. */
const SERVICE_APP =
  /^(Microsoft |Office ?365|O365 |M365 |Azure (AD|MFA|ESTS|Active|Portal|Resource|Security|Advanced)|AAD |Entra |Windows (Azure|Defender|365)|Managed Service Identity$|MS-PIM$|CloudLicensingSystem|Device Registration Service$|SharePoint Online|Skype (for Business|Teams|Presence)|Power Platform|Signup$|IAM Supportability|ProvisioningHelper|PushChannel|Media Analysis)/i;

/**
 * Names under which Microsoft's service itself acts on roles and apps, whole: recorded records, and Microsoft's
 * "Unknown actors in audit reports".
 */
const MICROSOFTS: ReadonlySet<string> = new Set([
  'certificate',
  'microsoft.azure.syncfabric',
  'aad app management',
  'microsoft azure ad internal - jit provisioning',
  'microsoft substrate management',
  'microsoft app access panel',
  'microsoft approval management',
  'microsoft b2b admin worker',
  'microsoft invitation acceptance portal',
  'microsoft teams services',
  'microsoft office 365 portal',
  'microsoft exchange online protection',
  'office 365 exchange online',
  'office 365 sharepoint online',
  'managed service identity',
  'azure mfa strongauthenticationservice',
  'device registration service',
  'cloudlicensingsystem',
]);

/** Whether the actor is Microsoft's service itself, not an app that is only called like it. */
export const isMicrosofts = ({ kind, name }: ActorFacts): boolean =>
  kind === 'service' &&
  name !== null &&
  (MICROSOFTS.has(name.trim().toLowerCase()) || isServiceAccount(name));

const NOBODY = /^(not available|not-found|unknown|unknown \(unknown\)|anonymous|0{8}-0{4}-0{4}-0{4}-0{12})$/i;
const ANONYMOUS = /^(urn:spo:anon|anonymous$)/i;

/** Whether an account belongs to the service, by its name alone. */
export const isServiceAccount = (name: string | null): boolean =>
  name !== null && (SERVICE_ACCOUNT.test(name) || DATACENTER.test(name) || systemActor(name) !== null);

/** The app that acted, by what its record tells. */
export function appActor(name: string | null, id: string | null, appIds: readonly string[]): ActorFacts {
  const service = appIds.some((appId) => systemApp(appId)) || (name !== null && isServiceApp(name));
  return { kind: service ? 'service' : 'app', name: name ?? id, id };
}

/** Whether an app of this name is a part of Microsoft's service that acts by itself. */
export const isServiceApp = (name: string): boolean => SERVICE_APP.test(name) || isServiceAccount(name);

/** `UserType` of the Management Activity API: a datacenter administrator of Microsoft, and the system. */
const OF_MICROSOFT: ReadonlySet<number> = new Set([3, 4]);
/** An application, and a service principal. */
const OF_APPS: ReadonlySet<number> = new Set([5, 6]);

/** The account of a record that names no app: by its name, and by `UserType` where the name tells nothing. */
export function accountActor(name: string | null, id: string | null, type: number | null): ActorFacts {
  if (name === null || NOBODY.test(name)) return { kind: 'nobody', name: null, id };
  if (ANONYMOUS.test(name)) return { kind: 'anonymous', name: null, id: null };
  if (isServiceAccount(name)) return { kind: 'service', name, id };
  if (isPartnerName(name)) return { kind: 'person', name, id };
  const principal = isPrincipalName(name);
  if (type !== null && OF_MICROSOFT.has(type)) return { kind: 'service', name, id };
  if (type !== null && OF_APPS.has(type) && !principal) return { kind: 'app', name, id };
  if (principal || isGuid(name))
    return { kind: 'person', name, id: id ?? (isGuid(name) ? name.toLowerCase() : null) };
  return { kind: isServiceApp(name) ? 'service' : 'person', name, id };
}
