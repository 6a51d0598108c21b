import type { SkuState } from '../license/sku.ts';

/**
 * Products that people take themselves, that Microsoft gives away, or that are billed by use: an idle seat of
 * them costs nothing. Part numbers of Microsoft's product table, lower case.
 */
const FREE: ReadonlySet<string> = new Set([
  'ccibots_privprev_viral',
  'd365_sales_pro_iw',
  'flow_free',
  'forms_pro',
  'mcopstnc',
  'microsoft_teams_exploratory_dept',
  'ms_teams_iw',
  'power_bi_standard',
  'power_bi_standard_faculty',
  'power_bi_standard_student',
  'powerapps_dev',
  'powerapps_viral',
  'project_madeira_preview_iw_sku',
  'rightsmanagement_adhoc',
  'smb_apps',
  'stream',
  'teams_commercial_trial',
  'teams_exploratory',
  'teams_free',
  'windows_store',
  'wsfb_edu_faculty',
]);

/** How Microsoft marks trials that anybody can start ("viral"), and the free license of a phone's resource account. */
const FREE_FAMILY = /viral|vtrial|^phonesystem_virtualuser/;

/** Products that rooms and shared devices hold, which are licensed without a person behind them. */
const FOR_RESOURCES = /^(meeting_room|microsoft_teams_rooms|mtr_prem|mcocap|phonesystem_virtualuser)/;

/** Whether a seat costs nothing, as far as the part number tells. */
export function isFree({ partNumber }: Pick<SkuState, 'partNumber'>): boolean {
  const name = partNumber.toLowerCase();
  return FREE.has(name) || FREE_FAMILY.test(name);
}

/** Whether the product is for meeting rooms, shared devices or resource accounts. */
export const isForResources = ({ partNumber }: Pick<SkuState, 'partNumber'>): boolean =>
  FOR_RESOURCES.test(partNumber.toLowerCase());

/** Whether it is assigned to users at all: one for the whole tenant is used although nobody holds it. */
export const isForUsers = ({ appliesTo }: Pick<SkuState, 'appliesTo'>): boolean =>
  appliesTo.toLowerCase() !== 'company';

/** Whether a seat that nobody uses is waste. */
export const canBeWasted = (sku: Pick<SkuState, 'partNumber' | 'appliesTo'>): boolean =>
  isForUsers(sku) && !isFree(sku);
