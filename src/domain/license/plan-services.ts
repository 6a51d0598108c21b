/** Service plans by the names that people use: "Teams" is a plan of another name in each edition of it. */
import { publishedPlanName, servicePlanIdsOf, servicePlanName } from './catalogue.ts';
import type { SkuState } from './sku.ts';

/**
 * What people call a service, with Microsoft's own names of the plans that give it. Where no row fits, the plans are
 * taken whose name has all of its words.
 */
const SERVICES: Readonly<Record<string, RegExp>> = {
  Teams: /^TEAMS(?:1|_GOV|_DESKLESS|_FREE|_FREE_SERVICE|_AR_GCCHIGH|_AR_DOD)$/,
  'Exchange Online':
    /^EXCHANGE_(?:S_(?:STANDARD|ENTERPRISE|DESKLESS|ESSENTIALS)(?:_GOV|_MIDMARKET)?|B_STANDARD|L_STANDARD)$/,
  'Exchange Online (Plan 1)': /^EXCHANGE_(?:S_STANDARD(?:_GOV|_MIDMARKET)?|L_STANDARD)$/,
  'Exchange Online (Plan 2)': /^EXCHANGE_S_ENTERPRISE(?:_GOV)?$/,
  SharePoint: /^SHAREPOINT(?:STANDARD|ENTERPRISE|DESKLESS|LITE|_S_DEVELOPER)(?:_EDU|_GOV|_MIDMARKET)?$/,
  // OneDrive is a part of SharePoint's plans where it is no plan by itself.
  OneDrive:
    /^(?:ONEDRIVE(?:STANDARD|ENTERPRISE|LITE_IW|_BASIC(?:_P2|_GOV)?)|SHAREPOINT(?:STANDARD|ENTERPRISE|DESKLESS)(?:_EDU|_GOV|_MIDMARKET)?)$/,
  Sway: /^SWAY$/,
  Intune: /^INTUNE_(?!O365)/,
  'Viva Engage': /^(?:YAMMER|VIVAENGAGE)/,
  'Viva Insights': /^(?:MYANALYTICS_P2|EXCHANGE_ANALYTICS|WORKPLACE_ANALYTICS)/,
  'Viva Learning': /^VIVA_LEARNING/,
  Forms: /^(?:FORMS_(?:PLAN|GOV)|OFFICE_FORMS_PLAN)/,
  Planner: /^PROJECTWORKMANAGEMENT/,
  Stream: /^(?:STREAM_(?!STORAGE)|MICROSOFTSTREAM)/,
  'To Do': /^BPOS_S_TODO/,
  Bookings: /^MICROSOFTBOOKINGS/,
  'Power Apps': /^POWERAPPS/,
  'Power Automate': /^(?:FLOW_|POWERFLOWSFREE)/,
  Dataverse: /^(?:CDS_|D?DYN365_CDS_|DATAVERSE_)/,
  Defender: /^(?:WINDEFATP|ATP_ENTERPRISE|THREAT_INTELLIGENCE|MTP|MDE_|DEFENDER_)/,
  'Microsoft Entra ID P1': /^AAD_PREMIUM$/,
  'Microsoft Entra ID P2': /^AAD_PREMIUM_P2$/,
  Whiteboard: /^WHITEBOARD/,
  Loop: /^MICROSOFT_LOOP$/,
  Clipchamp: /CLIPCHAMP/,
  Kaizala: /^KAIZALA/,
  'Skype for Business': /^MCO(?:STANDARD|LITE|BASIC|IMP|FREE|VOICECONF)/,
  'Information Protection': /^(?:RMS_S_|MIP_S_CLP)/,
  'Information Barriers': /^INFORMATION_BARRIERS$/,
  'Customer Lockbox': /^LOCKBOX/,
  'Audio Conferencing': /^MCOMEET(?:ADV|ACPEA|BASIC)/,
  'Phone System': /^MCOEV/,
  'Microsoft 365 Apps': /^OFFICE(?:SUBSCRIPTION|_BUSINESS$|_PRO_?PLUS)/,
  'Office for the web': /^SHAREPOINTWAC/,
  'Universal Print': /^UNIVERSAL_PRINT/,
  eDiscovery: /^(?:EQUIVIO_ANALYTICS|PURVIEW_DISCOVERY)/,
};

/** Whether a plan of that name (`TEAMS1`, in any case) is one of those that give the service. */
export const givesService = (service: string, planName: string): boolean =>
  Object.hasOwn(SERVICES, service) && SERVICES[service]?.test(planName.trim().toUpperCase()) === true;

/** Names of plans: for people, and as Microsoft writes them (`TEAMS1`). */
export type PlanNames = { name(planId: string): string; code(planId: string): string };

/** What the plans of a tenant are called: what Microsoft's table does not know is called as Graph calls it. */
export function planNamesIn(skus: readonly SkuState[]): PlanNames {
  const told = new Map(skus.flatMap(({ planNames }) => Object.entries(planNames ?? {})));
  const code = (planId: string): string => publishedPlanName(planId) ?? told.get(planId) ?? planId;
  return {
    code,
    name: (planId) => {
      const name = servicePlanName(planId);
      return name === planId ? (told.get(planId) ?? planId) : name;
    },
  };
}

/** Those of the plans that a service is meant by. */
export function plansOfService(
  service: string,
  among: Iterable<string>,
  { name, code }: PlanNames,
): Set<string> {
  const pattern = Object.hasOwn(SERVICES, service) ? SERVICES[service] : undefined;
  const words = service.toLowerCase().split(' ');
  const fits = (planId: string): boolean => {
    if (pattern) return pattern.test(code(planId).trim().toUpperCase());
    const called = name(planId).toLowerCase();
    return words.every((word) => called.includes(word));
  };
  return new Set([...among].filter(fits));
}

/** The plans of each of a tenant's products, by SKU id. */
export const plansBySku = (skus: readonly SkuState[]): Map<string, readonly string[]> =>
  new Map(skus.map((sku) => [sku.skuId, servicePlanIdsOf(sku.skuId, sku)]));
