import { listed } from '../../domain/english.ts';
import type { LicenseChange } from '../../domain/license/change.ts';
import { pathChangeOf } from '../../domain/license/path-change.ts';
import { assignableSeats } from '../../domain/license/sku.ts';
import { DIRECT } from '../../domain/license/user-state.ts';
import { numeral } from '../../domain/numerals.ts';
import type { Names } from './names.ts';

/** What happened, without who it happened to: "lost Microsoft 365 E3 (directly)". */
export function changeText(change: LicenseChange, names: Names): string {
  const product = change.skuId === null ? 'a license' : names.product(change.skuId);
  const how = change.path === null ? '' : ` (${names.path(change.path)})`;
  switch (change.kind) {
    case 'lost':
      return `lost ${product}${how}`;
    case 'gained':
      return `got ${product}${how}`;
    case 'swap':
      return `changed from ${product} to ${change.newSkuId === null ? 'another product' : names.product(change.newSkuId)}`;
    case 'path-changed':
      return `still has ${product}, ${otherPaths(change, names)}`;
    case 'plans-changed':
      return `has other service plans of ${product}${servicePlanDifference(change, names)}`;
    case 'never-granted':
      return `did not get ${product}${how}: ${errorOf(change)}`;
    case 'account-removed':
      return 'was deleted, or left the directory sync';
    case 'account-restored':
      return 'was restored';
    case 'subscription-changed':
      return `${product}: the subscription went from ${change.skuBefore?.capabilityStatus ?? 'unknown'} to ${change.skuAfter?.capabilityStatus ?? 'gone'}`;
    case 'seats-changed':
      return `${product}: seats went from ${seats(change.skuBefore)} to ${seats(change.skuAfter)}`;
  }
}

const seats = (sku: LicenseChange['skuBefore']): string => (sku ? numeral(assignableSeats(sku)) : 'none');

/** "now directly and through LIC-E3", and which path went: what somebody still has must not sound as if it had. */
function otherPaths(change: LicenseChange, names: Names): string {
  const { gone, now } = pathChangeOf(change);
  const by = (paths: readonly string[]): string => listed(paths.map(names.path));
  if (leftGroups(change)) return `now ${by(now)}: it follows no group any more`;
  return `now ${by(now) || 'by another path'}${gone.length > 0 ? `, no longer ${by(gone)}` : ''}`;
}

/** What came through a group and is now assigned directly stays, whatever becomes of the group. */
const leftGroups = ({ before, after }: LicenseChange): boolean =>
  before.some(({ path }) => path !== DIRECT) && after.every(({ path }) => path === DIRECT);

function servicePlanDifference({ before, after }: LicenseChange, names: Names): string {
  const off = new Set(before.flatMap((assignment) => assignment.disabledPlans));
  const offNow = new Set(after.flatMap((assignment) => assignment.disabledPlans));
  const disabled = names.plans([...offNow.difference(off)]);
  const enabled = names.plans([...off.difference(offNow)]);
  const parts = [disabled && `switched off ${disabled}`, enabled && `switched on ${enabled}`].filter(Boolean);
  return parts.length === 0 ? '' : `: ${parts.join('; ')}`;
}

/** What Microsoft's assignment errors mean, as its documentation of group-based licensing tells. */
const ERRORS: ReadonlyMap<string, string> = new Map([
  ['CountViolation', 'no seat was left'],
  ['MutuallyExclusiveViolation', 'a service plan conflicts with one that the user has'],
  ['DependencyViolation', 'it depends on a service plan that the user lacks'],
  ['ProhibitedInUsageLocationViolation', 'it is not available in the usage location, or none is set'],
  ['UniquenessViolation', 'a proxy address is used twice'],
]);

/** "no seat was left (CountViolation)" */
export function errorText(error: string | null): string {
  if (error === null) return 'Microsoft gives no reason';
  const meaning = ERRORS.get(error);
  return meaning ? `${meaning} (${error})` : error;
}

const errorOf = ({ after }: LicenseChange): string =>
  errorText(after.find(({ error }) => error !== null)?.error ?? null);
