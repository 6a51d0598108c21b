import { z } from 'zod';
import type { DetectedChange } from '../../domain/license/change.ts';
import { SkuState } from '../database/tenant-json.ts';

const Assignment = z.object({
  skuId: z.string(),
  path: z.string(),
  state: z.enum(['Active', 'ActiveWithError', 'Disabled', 'Error']),
  error: z.string().nullable(),
  disabledPlans: z.array(z.string()),
});

const UserSnapshot = z.object({
  displayName: z.string(),
  userPrincipalName: z.string(),
  usageLocationBefore: z.string().nullable(),
  usageLocationAfter: z.string().nullable(),
  onPremisesSyncEnabled: z.boolean().nullable(),
  accountEnabled: z.boolean().nullable(),
});

/** What a change tells beside the columns that it is found by. */
export const ChangeDetail = z.object({
  before: z.array(Assignment),
  after: z.array(Assignment),
  user: UserSnapshot.nullable(),
  skuBefore: SkuState.nullable(),
  skuAfter: SkuState.nullable(),
});
export type ChangeDetail = Pick<DetectedChange, 'before' | 'after' | 'user' | 'skuBefore' | 'skuAfter'>;

/** Every kind of change, as the column `kind` may hold it. */
export const ChangeKind = z.enum([
  'lost',
  'gained',
  'swap',
  'path-changed',
  'plans-changed',
  'never-granted',
  'account-removed',
  'account-restored',
  'subscription-changed',
  'seats-changed',
]);
