import { z } from 'zod';
import type * as domain from '../../domain/attribution/verdict.ts';
import { Actor } from '../audit/audit-json.ts';

export const VerdictLevel: z.ZodType<domain.VerdictLevel> = z.enum([
  'proved',
  'likely',
  'unexplained',
  'unrecorded',
]);

export const Cause: z.ZodType<domain.Cause> = z.enum([
  'admin-action',
  'self-service',
  'group-membership',
  'group-license',
  'dynamic-rule',
  'group-deleted',
  'directory-sync',
  'subscription-lifecycle',
  'billing',
  'seat-shortage',
  'usage-location',
  'assignment-error',
  'account-deleted',
  'account-restored',
  'service-incident',
  'microsoft-change',
  'automation',
  'license-watch',
  'unknown',
]);

/** How a link about a membership near the change begins in rows that do not say `near` yet. */
const WAS_NEAR = 'Near it, and not known to be its cause:';

const ChainLink: z.ZodType<domain.ChainLink> = z
  .object({
    at: z.number(),
    what: z.string(),
    evidence: z.array(z.string()),
    near: z.literal('membership').optional(),
  })
  .transform((link) => (link.what.startsWith(WAS_NEAR) ? { ...link, near: 'membership' as const } : link));

/** One revision of the answer to who and why, as `attributions.verdict` holds it. */
export const Verdict: z.ZodType<domain.Verdict> = z.object({
  level: VerdictLevel,
  cause: Cause,
  actor: Actor.nullable(),
  chain: z.array(ChainLink),
  evidence: z.array(z.string()),
  groupId: z.string().nullable(),
  advisories: z.array(z.string()),
  missingSkuId: z.string().optional(),
});
