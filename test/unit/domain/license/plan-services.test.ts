import { describe, expect, it } from 'vitest';
import { servicePlanIdOf } from '../../../../src/domain/license/catalogue.ts';
import { planNamesIn, plansOfService } from '../../../../src/domain/license/plan-services.ts';
import { toSkuState } from '../../../../src/microsoft365/bodies/subscribed-sku.ts';
import { aSkuState } from '../../../builders/license/sku-state.ts';

const id = (code: string): string => servicePlanIdOf(code) ?? code;
const ALL = [
  'TEAMS1',
  'TEAMS_GOV',
  'TEAMSPRO_MGMT',
  'EXCHANGE_S_STANDARD',
  'EXCHANGE_S_ENTERPRISE',
  'EXCHANGE_S_FOUNDATION',
  'EXCHANGE_S_ARCHIVE_ADDON',
  'EXCHANGE_S_DESKLESS',
  'SWAY',
  'INTUNE_A',
  'INTUNE_O365',
  'SHAREPOINTENTERPRISE',
  'SHAREPOINTWAC',
  'ONEDRIVE_BASIC',
  'YAMMER_ENTERPRISE',
  'VIVAENGAGE_CORE',
  'OFFICESUBSCRIPTION',
  'FORMS_PLAN_E3',
  'FORMS_PRO',
  'AAD_PREMIUM',
  'AAD_PREMIUM_P2',
  'MCOEV',
  'MCOMEETADV',
  'MCOSTANDARD',
].map(id);

describe('the plans of a service', () => {
  it.each([
    ['Teams', ['TEAMS1', 'TEAMS_GOV']],
    ['Exchange Online', ['EXCHANGE_S_STANDARD', 'EXCHANGE_S_ENTERPRISE', 'EXCHANGE_S_DESKLESS']],
    ['Exchange Online (Plan 1)', ['EXCHANGE_S_STANDARD']],
    ['Sway', ['SWAY']],
    ['Intune', ['INTUNE_A']],
    ['SharePoint', ['SHAREPOINTENTERPRISE']],
    ['OneDrive', ['SHAREPOINTENTERPRISE', 'ONEDRIVE_BASIC']],
    ['Viva Engage', ['YAMMER_ENTERPRISE', 'VIVAENGAGE_CORE']],
    ['Microsoft 365 Apps', ['OFFICESUBSCRIPTION']],
    ['Office for the web', ['SHAREPOINTWAC']],
    ['Forms', ['FORMS_PLAN_E3']],
    ['Microsoft Entra ID P1', ['AAD_PREMIUM']],
    ['Phone System', ['MCOEV']],
    ['Audio Conferencing', ['MCOMEETADV']],
  ])('%s', (service, codes) => {
    expect([...plansOfService(service, ALL, planNamesIn([]))]).toEqual(codes.map(id));
  });

  it('are found by Graph’s own name where Microsoft’s table does not have them', () => {
    const sku = toSkuState({
      skuId: 'S',
      skuPartNumber: 'S',
      capabilityStatus: 'Enabled',
      consumedUnits: 0,
      prepaidUnits: {},
      servicePlans: [
        { servicePlanId: '0000', servicePlanName: 'CLIPCHAMP_NEXT' },
        { servicePlanId: id('SWAY'), servicePlanName: 'SWAY' },
      ],
    });
    expect(sku.planNames).toEqual({ '0000': 'CLIPCHAMP_NEXT' });
    const names = planNamesIn([sku, aSkuState()]);
    expect(names.name('0000')).toBe('CLIPCHAMP_NEXT');
    expect([...plansOfService('Clipchamp', sku.planIds, names)]).toEqual(['0000']);
  });
});
