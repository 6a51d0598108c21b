import type { PlanNames } from '../license/plan-services.ts';
import type { UserState } from '../license/user-state.ts';
import { plansOn } from './no-activity.ts';
import { shownByOf } from './plan-evidence.ts';
import type { Coverage } from './report.ts';
import { type PersonUsage, useSince } from './usage.ts';

/** A product, and a smaller one that many people could do with; by part number, lower case. */
export type SmallerProduct = { from: string; to: string };

/** Products that Microsoft sells in sizes, the larger one first (Microsoft 365 plans, “compare”). */
export const SMALLER: readonly SmallerProduct[] = [
  { from: 'spe_e5', to: 'spe_e3' },
  { from: 'spe_e3', to: 'spe_f1' },
  { from: 'spe_e5', to: 'spe_f1' },
  { from: 'enterprisepremium', to: 'enterprisepack' },
  { from: 'enterprisepack', to: 'standardpack' },
  { from: 'spb', to: 'o365_business_premium' },
  { from: 'o365_business_premium', to: 'o365_business_essentials' },
  { from: 'emspremium', to: 'ems' },
  { from: 'exchangeenterprise', to: 'exchangestandard' },
];

/** What the mailbox and the OneDrive of a frontline plan may hold, bytes (F1 and F3 service descriptions). */
const FRONTLINE_BYTES = 2 * 2 ** 30;
/** What a mailbox of Exchange Online Plan 1 may hold, bytes. */
const PLAN_1_BYTES = 50 * 2 ** 30;

/** How a plan in which the smaller product differs can be judged. */
type Need =
  | {
      by: 'activity';
      workload: 'desktop' | 'exchange' | 'onedrive' | 'sharepoint' | 'teams' | 'yammer' | 'skype' | 'apps';
    }
  | { by: 'mailbox'; bytes: number }
  | { by: 'drive'; bytes: number }
  | { by: 'nothing' };

/** The same service in editions of which only the size of the product differs; the smaller one has an edition, too. */
const EDITIONS: readonly RegExp[] = [
  /^FORMS_PLAN/,
  /^STREAM_O365/,
  /^WHITEBOARD/,
  /^KAIZALA/,
  /^BPOS_S_TODO/,
  /^(?:DYN365_)?CDS_O365/,
  /^PROJECT_O365/,
  /^POWERAPPS_O365/,
  /^FLOW_O365/,
  /^POWER_VIRTUAL_AGENTS_O365/,
  /^MCO(?:STANDARD|IMP)/,
  /^YAMMER|^VIVAENGAGE/,
];

const FULL_MAILBOX = /^EXCHANGE_S_(?:ENTERPRISE|STANDARD)/;
const FULL_FILES = /^(?:SHAREPOINT(?:ENTERPRISE|STANDARD)|ONEDRIVE(?:STANDARD|ENTERPRISE))/;
const APPS = /^OFFICE(?:SUBSCRIPTION|_BUSINESS)/;

function needOf(plan: string, smaller: readonly string[]): Need | null {
  const has = (pattern: RegExp): boolean => smaller.some((name) => pattern.test(name));
  if (EDITIONS.some((edition) => edition.test(plan) && has(edition))) return null;
  if (FULL_MAILBOX.test(plan)) {
    if (has(/^EXCHANGE_S_ENTERPRISE/)) return null;
    if (has(/^EXCHANGE_S_STANDARD/)) return { by: 'mailbox', bytes: PLAN_1_BYTES };
    if (has(/^EXCHANGE_S_DESKLESS/)) return { by: 'mailbox', bytes: FRONTLINE_BYTES };
  }
  if (FULL_FILES.test(plan)) {
    if (has(FULL_FILES)) return null;
    if (has(/^SHAREPOINTDESKLESS|^ONEDRIVE_BASIC/)) return { by: 'drive', bytes: FRONTLINE_BYTES };
  }
  if (APPS.test(plan)) return { by: 'activity', workload: 'desktop' };
  const shown = shownByOf(plan);
  if (shown === 'along') return null;
  return shown === null ? { by: 'nothing' } : { by: 'activity', workload: shown };
}

/** What was found of one person: the plans that they would lose, and what is known of each. */
export type SizeVerdict = {
  /** Plans that are used, or too full: then the larger product is needed. */
  needed: string[];
  /** Plans of which every sign says that they are not used. */
  notUsed: string[];
  /** Plans that nothing tells of, or whose report is not known. */
  unseen: string[];
  /** The day up to which reports tell, ms UTC; null where none was asked. */
  until: number | null;
};

export type SizeRules = {
  bySku: ReadonlyMap<string, readonly string[]>;
  names: Pick<PlanNames, 'code'>;
  coverage: Coverage;
  /** ms UTC. */
  since: number;
};

/**
 * Judges whether somebody could do with a smaller product: what they have on by the larger one, and neither by the
 * smaller one nor by any other license, must be seen not to be used. Plans that are switched off are no loss.
 * @param others SKU ids of the other products that the person holds
 */
export function judgeSize(
  user: Pick<UserState, 'assignments'>,
  { from, to, others }: { from: string; to: string; others: readonly string[] },
  usage: PersonUsage | null,
  { bySku, names, coverage, since }: SizeRules,
): SizeVerdict {
  const kept = new Set([
    ...(bySku.get(to) ?? []),
    ...others.filter((skuId) => skuId !== from).flatMap((skuId) => plansOn(user, skuId, bySku)),
  ]);
  const code = (planId: string): string => names.code(planId).trim().toUpperCase();
  const smaller = [...kept].map(code);
  const verdict: SizeVerdict = { needed: [], notUsed: [], unseen: [], until: null };
  const noteDay = (at: number): void => {
    verdict.until = Math.min(at, verdict.until ?? at);
  };
  for (const planId of plansOn(user, from, bySku)) {
    if (kept.has(planId)) continue;
    const need = needOf(code(planId), smaller);
    if (need === null) continue;
    const use = useOf(need, usage, coverage, since);
    if (use.is === 'unknown') verdict.unseen.push(planId);
    else if (use.is === 'needed') verdict.needed.push(planId);
    else verdict.notUsed.push(planId);
    if (use.until !== null) noteDay(use.until);
  }
  return verdict;
}

type Found = { is: 'needed' | 'not-used' | 'unknown'; until: number | null };

function useOf(need: Need, usage: PersonUsage | null, coverage: Coverage, since: number): Found {
  switch (need.by) {
    case 'nothing':
      return { is: 'unknown', until: null };
    case 'activity': {
      const verdict = useSince(usage, need.workload, coverage, since);
      if (verdict.use === 'unknown') return { is: 'unknown', until: null };
      return verdict.use === 'used'
        ? { is: 'needed', until: null }
        : { is: 'not-used', until: verdict.until };
    }
    case 'mailbox': {
      const mailbox = usage?.mailbox ?? null;
      if (mailbox?.bytes == null) return { is: 'unknown', until: null };
      return {
        is: mailbox.bytes > need.bytes || mailbox.hasArchive === true ? 'needed' : 'not-used',
        until: null,
      };
    }
    case 'drive': {
      const bytes = usage?.driveBytes ?? null;
      if (bytes === null) return { is: 'unknown', until: null };
      return { is: bytes > need.bytes ? 'needed' : 'not-used', until: null };
    }
  }
}

/** `fits`: everything they would lose is seen not to be used; `cannot-tell`: nothing that is seen speaks against it. */
export const sizeOf = ({ needed, unseen }: SizeVerdict): 'fits' | 'cannot-tell' | 'needs-it' =>
  needed.length > 0 ? 'needs-it' : unseen.length > 0 ? 'cannot-tell' : 'fits';
