import type { PlanNames } from '../license/plan-services.ts';
import type { ReportName } from './report.ts';
import type { Workload } from './workload.ts';

/** A report and its column that show the use of something. */
export type Shown = { report: ReportName; column: string };

/**
 * Which report shows the use of a service plan. `workload` null: none does, so that nothing says whether somebody uses
 * it. `along`: it comes with other plans and nobody uses it for itself, so that it says nothing either way.
 */
export type PlanEvidence = {
  /** What people call it. */
  service: string;
  /** Microsoft's names of the plans. */
  plans: RegExp;
  shownBy: Workload | 'along' | null;
};

/** The columns of each workload, as the docs list them. */
export const SHOWN_IN: Readonly<Record<Workload, readonly Shown[]>> = {
  exchange: [
    { report: 'getOffice365ActiveUserDetail', column: 'Exchange Last Activity Date' },
    { report: 'getEmailActivityUserDetail', column: 'Last Activity Date' },
  ],
  onedrive: [
    { report: 'getOffice365ActiveUserDetail', column: 'OneDrive Last Activity Date' },
    { report: 'getOneDriveActivityUserDetail', column: 'Last Activity Date' },
  ],
  sharepoint: [
    { report: 'getOffice365ActiveUserDetail', column: 'SharePoint Last Activity Date' },
    { report: 'getSharePointActivityUserDetail', column: 'Last Activity Date' },
  ],
  teams: [
    { report: 'getOffice365ActiveUserDetail', column: 'Teams Last Activity Date' },
    { report: 'getTeamsUserActivityUserDetail', column: 'Last Activity Date' },
  ],
  yammer: [{ report: 'getOffice365ActiveUserDetail', column: 'Yammer Last Activity Date' }],
  skype: [{ report: 'getOffice365ActiveUserDetail', column: 'Skype For Business Last Activity Date' }],
  apps: [{ report: 'getM365AppUserDetail', column: 'Last Activity Date' }],
  desktop: [{ report: 'getM365AppUserDetail/D90', column: 'Windows, Mac' }],
};

/**
 * The one table of which plan's use is shown by what. The first line that fits counts; a plan that no line fits is
 * shown by nothing.
 */
export const PLAN_EVIDENCE: readonly PlanEvidence[] = [
  {
    service: 'Exchange Online',
    plans:
      /^EXCHANGE_(?:S_(?:STANDARD|ENTERPRISE|DESKLESS|ESSENTIALS)(?:_GOV|_MIDMARKET)?|B_STANDARD|L_STANDARD)$/,
    shownBy: 'exchange',
  },
  {
    service: 'SharePoint',
    plans: /^SHAREPOINT(?:STANDARD|ENTERPRISE|DESKLESS|LITE|_S_DEVELOPER)(?:_EDU|_GOV|_MIDMARKET)?$/,
    shownBy: 'sharepoint',
  },
  {
    service: 'OneDrive',
    plans: /^ONEDRIVE(?:STANDARD|ENTERPRISE|LITE_IW|_BASIC(?:_P2|_GOV)?)$/,
    shownBy: 'onedrive',
  },
  {
    service: 'Teams',
    plans: /^(?:TEAMS(?:1|_GOV|_DESKLESS|_FREE|_FREE_SERVICE|_AR_GCCHIGH|_AR_DOD)|MESH_\w*FOR_TEAMS)$/,
    shownBy: 'teams',
  },
  { service: 'Viva Engage', plans: /^(?:YAMMER_|VIVAENGAGE_CORE)/, shownBy: 'yammer' },
  { service: 'Skype for Business', plans: /^MCO(?:STANDARD|LITE|BASIC|IMP|FREE)/, shownBy: 'skype' },
  {
    service: 'Office apps on a computer',
    plans: /^OFFICE(?:SUBSCRIPTION(?:_GOV)?|_BUSINESS|_PRO_PLUS_SUBSCRIPTION_SMBIZ)$/,
    shownBy: 'apps',
  },
  {
    service: 'Office apps on the web and on phones',
    plans: /^(?:SHAREPOINTWAC|OFFICEMOBILE_SUBSCRIPTION)/,
    shownBy: 'apps',
  },
  {
    service:
      'what comes with other plans (device management of Office 365, search, To Do, Dataverse of Office 365)',
    plans:
      /^(?:EXCHANGE_S_FOUNDATION|INTUNE_O365|MICROSOFT_SEARCH|BPOS_S_TODO|M365_LIGHTHOUSE|NUCLEUS|DESKLESS|(?:DYN365_)?CDS_O365|OFFICE_SHARED_COMPUTER)/,
    shownBy: 'along',
  },
  { service: 'Visio', plans: /VISIO/, shownBy: null },
  { service: 'Project', plans: /PROJECT_|PROJECT$/, shownBy: null },
  { service: 'Power BI', plans: /^(?:BI_AZURE|PBI_)/, shownBy: null },
  { service: 'Power Apps and Power Automate', plans: /^(?:POWERAPPS|FLOW_|POWERFLOWS)/, shownBy: null },
  { service: 'Intune', plans: /^INTUNE/, shownBy: null },
  { service: 'Entra ID P1 and P2', plans: /^(?:AAD_|MFA_)/, shownBy: null },
  {
    service: 'Defender',
    plans: /^(?:WINDEFATP|ATP_|ATA$|THREAT_INTELLIGENCE|MTP|MDE_|DEFENDER_|ADALLOM|SAFEDOCS)/,
    shownBy: null,
  },
  {
    service: 'Purview and Information Protection',
    plans: /^(?:RMS_|MIP_|INFORMATION_|INFO_GOV|PURVIEW|EQUIVIO|INSIDER|RECORDS|COMMUNICATION|LOCKBOX)/,
    shownBy: null,
  },
  { service: 'Phone System and Audio Conferencing', plans: /^MCO(?:EV|MEET|PSTN)/, shownBy: null },
  { service: 'Windows', plans: /^(?:WIN10|WINBIZ|WINDOWS)/, shownBy: null },
  { service: 'Copilot', plans: /COPILOT/, shownBy: null },
];

/** What shows the use of a plan of that name (`TEAMS1`); null where nothing does. */
export function shownByOf(planName: string): Workload | 'along' | null {
  const name = planName.trim().toUpperCase();
  return PLAN_EVIDENCE.find(({ plans }) => plans.test(name))?.shownBy ?? null;
}

/** A product's plans: the workloads that show the use of some, and the plans whose use nothing shows. */
export type ProductEvidence = { workloads: readonly Workload[]; unseen: readonly string[] };

/** What shows the use of these plans. Those that come along with others count for neither. */
export function evidenceFor(planIds: Iterable<string>, names: Pick<PlanNames, 'code'>): ProductEvidence {
  const workloads = new Set<Workload>();
  const unseen: string[] = [];
  for (const planId of planIds) {
    const shown = shownByOf(names.code(planId));
    if (shown === null) unseen.push(planId);
    else if (shown !== 'along') workloads.add(shown);
  }
  return { workloads: [...workloads], unseen };
}

/** The workloads by which people call a service; a service of another name is shown by what shows its plans. */
const SERVICE_WORKLOADS: Readonly<Record<string, Workload>> = {
  Teams: 'teams',
  'Exchange Online': 'exchange',
  'Exchange Online (Plan 1)': 'exchange',
  'Exchange Online (Plan 2)': 'exchange',
  SharePoint: 'sharepoint',
  OneDrive: 'onedrive',
  'Viva Engage': 'yammer',
  'Skype for Business': 'skype',
  'Microsoft 365 Apps': 'apps',
  'Office for the web': 'apps',
};

/** What shows the use of services, by their names and their plans: OneDrive is a part of SharePoint’s plans. */
export function evidenceForServices(
  services: readonly { name: string; planIds: ReadonlySet<string> }[],
  names: Pick<PlanNames, 'code'>,
): ProductEvidence {
  const all = services.map(({ name, planIds }) => {
    const workload = Object.hasOwn(SERVICE_WORKLOADS, name) ? SERVICE_WORKLOADS[name] : undefined;
    return workload === undefined ? evidenceFor(planIds, names) : { workloads: [workload], unseen: [] };
  });
  return {
    workloads: [...new Set(all.flatMap(({ workloads }) => workloads))],
    unseen: [...new Set(all.flatMap(({ unseen }) => unseen))],
  };
}
