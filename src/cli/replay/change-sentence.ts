import { listed } from '../../domain/english.ts';
import { productName } from '../../domain/license/catalogue.ts';
import type { DetectedChange } from '../../domain/license/change.ts';
import { pathChangeOf } from '../../domain/license/path-change.ts';
import { assignableSeats, type SkuState } from '../../domain/license/sku.ts';
import { DIRECT } from '../../domain/license/user-state.ts';
import type { RecordedCase } from './case-folder.ts';

/** Who or what a change is about: a person's name, or the tenant. */
export const subjectOf = ({ user, userId }: DetectedChange): string =>
  user?.displayName ?? userId ?? 'The tenant';

/** What happened, without who it happened to: "lost Visio Plan 2 (assigned directly)". */
export const changeSentence = (change: DetectedChange, recorded: RecordedCase): string =>
  `${what(change)}${through(change, recorded)}`;

function what(change: DetectedChange): string {
  const product = productName(change.skuId ?? '', (change.skuAfter ?? change.skuBefore)?.partNumber);
  switch (change.kind) {
    case 'lost':
      return `lost ${product}`;
    case 'gained':
      return `gained ${product}`;
    case 'swap':
      return `changed from ${product} to ${productName(change.newSkuId ?? '')}`;
    case 'path-changed':
      return `still has ${product}`;
    case 'plans-changed':
      return `has other service plans of ${product}`;
    case 'never-granted':
      return `was never given ${product}`;
    case 'account-removed':
      return 'the account is gone, and its licenses with it';
    case 'account-restored':
      return 'the account is back with its licenses';
    case 'subscription-changed':
      return `the subscription of ${product} went from ${statusOf(change.skuBefore)} to ${statusOf(change.skuAfter)}`;
    case 'seats-changed':
      return `the seats of ${product} went from ${seatsOf(change.skuBefore)} to ${seatsOf(change.skuAfter)}`;
  }
}

const statusOf = (sku: SkuState | null): string => sku?.capabilityStatus ?? 'not owned';
const seatsOf = (sku: SkuState | null): number => (sku ? assignableSeats(sku) : 0);

function through(change: DetectedChange, recorded: RecordedCase): string {
  if (change.kind === 'path-changed') return pathsOf(change, recorded);
  return change.path === null ? '' : ` (${pathName(change.path, recorded)})`;
}

/** By which path somebody still has it, and which one went or came. */
function pathsOf(change: DetectedChange, recorded: RecordedCase): string {
  const { gone, come, now } = pathChangeOf(change);
  const by = (paths: readonly string[]): string => listed(paths.map((path) => pathName(path, recorded)));
  const old = now.filter((path) => !come.includes(path));
  return [
    ...(gone.length > 0 ? [`, ${by(now)}; no longer ${by(gone)}`] : []),
    ...(gone.length === 0 ? [`, ${by(old)}; now also ${by(come)}`] : []),
  ].join('');
}

/** "assigned directly", "through the group LIC-E3". */
export const pathName = (path: string, { groups }: RecordedCase): string =>
  path === DIRECT
    ? 'assigned directly'
    : `through the group ${groups.find((group) => group.id === path)?.displayName ?? path}`;
