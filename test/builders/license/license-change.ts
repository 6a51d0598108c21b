import type { LicenseChange } from '../../../src/domain/license/change.ts';
import { anAssignment } from './user-state.ts';

const SKU = '05e9a617-0261-4cee-bb44-138d3ef5d965';

/** Nora lost a direct Microsoft 365 E3 between eight and a quarter past, unless told otherwise. */
export function aChange(over: Partial<LicenseChange> = {}): LicenseChange {
  return {
    id: 'change-1',
    scanId: 'scan-1',
    kind: 'lost',
    userId: '11111111-0000-4000-8000-000000000001',
    skuId: SKU,
    newSkuId: null,
    path: 'direct',
    before: [anAssignment({ skuId: over.skuId ?? SKU })],
    after: [],
    user: {
      displayName: 'Nora Lindqvist',
      userPrincipalName: 'nora.lindqvist@fabrikam.example',
      usageLocationBefore: 'NL',
      usageLocationAfter: 'NL',
      onPremisesSyncEnabled: null,
      accountEnabled: true,
    },
    skuBefore: null,
    skuAfter: null,
    observedBefore: Date.parse('2026-11-23T08:00:00Z'),
    observedAfter: Date.parse('2026-11-23T08:15:00Z'),
    ...over,
  };
}
