/**
 * How long Microsoft keeps which log, by what the tenant has bought.
 * https://learn.microsoft.com/entra/identity/monitoring-health/reference-reports-data-retention,
 * https://learn.microsoft.com/purview/audit-log-retention-policies and, of the feed,
 * https://learn.microsoft.com/office/office-365-management-api/office-365-management-activity-api-reference
 */
import { assignableSeats, type SkuState } from '../license/sku.ts';

/** Days in the Entra audit log: without and with Entra ID P1 or P2. */
export const ENTRA_DAYS = { free: 7, premium: 30 } as const;
/** Days in the unified audit log, of everybody; those of people with Audit (Premium) stay longer in some workloads. */
export const UNIFIED_DAYS = 180;
/** Days that the Management Activity API gives out. */
export const FEED_DAYS = 7;

/** Service plans: Entra ID P1 and P2. */
const ENTRA_PREMIUM: ReadonlySet<string> = new Set([
  '41781fb2-bc02-4b7c-bd55-b576c07bb09d',
  'eec0eb4f-6444-4f95-aba0-50c24d67f998',
]);
/** Service plan: Audit (Premium), "Microsoft 365 Advanced Auditing". */
const AUDIT_PREMIUM = '2f442157-a11c-46b9-ae5b-6e39ff4e5849';

/** What of the tenant's products makes a log longer. Ids of products. */
export type Retention = { entraDays: number; entraBy: string[]; yearBy: string[] };

/** Only products with seats that can be used count. */
export function retentionOf(skus: readonly SkuState[]): Retention {
  const running = skus.filter((sku) => assignableSeats(sku) > 0);
  const having = (isIt: (planId: string) => boolean): string[] =>
    running.filter(({ planIds }) => planIds.some(isIt)).map(({ skuId }) => skuId);
  const entraBy = having((planId) => ENTRA_PREMIUM.has(planId));
  return {
    entraDays: entraBy.length > 0 ? ENTRA_DAYS.premium : ENTRA_DAYS.free,
    entraBy,
    yearBy: having((planId) => planId === AUDIT_PREMIUM),
  };
}
