import type { Verdict } from '../attribution/verdict.ts';
import type { LicenseChange } from '../license/change.ts';
import { DIRECT } from '../license/user-state.ts';
import type { ViewContext } from './context.ts';

/**
 * Whether a license that reads as assigned directly may have come from a group: the Microsoft 365 admin center
 * licenses groups that Graph does not name. A membership that went with it, or near it, says so.
 */
export const mayComeFromGroup = ({ changes }: ViewContext): boolean =>
  changes.some(({ change, verdict }) => isDirectLoss(change) && verdict !== null && speaksOfGroup(verdict));

const isDirectLoss = ({ kind, before, path }: LicenseChange): boolean =>
  kind === 'lost' && (path === DIRECT || before.some((assignment) => assignment.path === DIRECT));

const speaksOfGroup = ({ cause, chain }: Verdict): boolean =>
  cause === 'group-membership' || chain.some(({ near }) => near === 'membership');
