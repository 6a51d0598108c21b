import { heldSkus, type UserState } from '../license/user-state.ts';

/**
 * Add-ons, and what they need beside them, by Microsoft's names of plans: one of `base` by another license
 * (https://learn.microsoft.com/office365/servicedescriptions, prerequisites). Part numbers in capitals.
 */
type AddOn = { partNumber: RegExp; base: RegExp; needs: string };

const ADD_ONS: readonly AddOn[] = [
  {
    partNumber: /^MCOEV(?!_VIRTUAL)|^PHONESYSTEM(?!_VIRTUAL)/,
    base: /^(?:TEAMS1|TEAMS_|MCOSTANDARD)/,
    needs: 'a product with Teams',
  },
  { partNumber: /^MCOPSTN|^MCOTEAMS_ESSENTIALS/, base: /^MCOEV/, needs: 'Phone System' },
  {
    partNumber: /^MCOMEETADV|^MICROSOFT_TEAMS_AUDIO/,
    base: /^(?:TEAMS1|TEAMS_|MCOSTANDARD)/,
    needs: 'a product with Teams',
  },
  {
    partNumber: /COPILOT/,
    base: /^(?:OFFICESUBSCRIPTION|OFFICE_BUSINESS|OFFICEMOBILE|EXCHANGE_S_(?:STANDARD|ENTERPRISE|DESKLESS)|TEAMS1)/,
    needs: 'Microsoft 365 or Office 365',
  },
  {
    partNumber: /^(?:ATP_ENTERPRISE|THREAT_INTELLIGENCE)$/,
    base: /^EXCHANGE_(?:S_(?:STANDARD|ENTERPRISE|DESKLESS|ESSENTIALS)|B_|L_)/,
    needs: 'Exchange Online',
  },
  {
    partNumber: /^EXCHANGEARCHIVE_ADDON/,
    base: /^EXCHANGE_(?:S_(?:STANDARD|DESKLESS)|B_|L_)/,
    needs: 'Exchange Online',
  },
  { partNumber: /^TEAMS_PREMIUM|^MICROSOFT_TEAMS_PREMIUM/, base: /^TEAMS/, needs: 'a product with Teams' },
  {
    partNumber:
      /^(?:IDENTITY_THREAT_PROTECTION|INFORMATION_PROTECTION_COMPLIANCE|SPE_E5_(?:SECURITY|COMPLIANCE))/,
    base: /^(?:EXCHANGE_S_ENTERPRISE|AAD_PREMIUM$)/,
    needs: 'Microsoft 365 E3 or its parts',
  },
];

/** An add-on that somebody holds without what it needs. */
export type LooseAddOn = { skuId: string; needs: string };

export type AddOnFacts = {
  partNumber(skuId: string): string;
  /** Microsoft's names of the plans that somebody has on by a product. */
  plansOf(user: UserState, skuId: string): readonly string[];
};

/** What an add-on of that part number needs beside it; null for what is none. */
export const addOnOf = (partNumber: string): { base: RegExp; needs: string } | null =>
  ADD_ONS.find((one) => one.partNumber.test(partNumber.trim().toUpperCase())) ?? null;

/** The add-ons of somebody for which no other license of theirs gives what they need. */
export function looseAddOns(user: UserState, { partNumber, plansOf }: AddOnFacts): LooseAddOn[] {
  const held = [...heldSkus(user)];
  return held.flatMap((skuId) => {
    const addOn = addOnOf(partNumber(skuId));
    if (addOn === null) return [];
    const hasBase = held.some(
      (other) => other !== skuId && plansOf(user, other).some((plan) => addOn.base.test(plan.toUpperCase())),
    );
    return hasBase ? [] : [{ skuId, needs: addOn.needs }];
  });
}
