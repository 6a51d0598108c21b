/** A service plan as the licensing pages name it. */
export type Plan = { readonly id: string; readonly name: string };

export type Product = {
  readonly skuId: string;
  readonly partNumber: string;
  readonly name: string;
  readonly plans: readonly Plan[];
};

/** Which plans cannot be together, which need another, and where a product may not be used. */
export type PlanRules = {
  readonly exclusive: readonly (readonly [string, string])[];
  /** `plan` needs at least one of `anyOf`. */
  readonly requires: readonly { readonly plan: string; readonly anyOf: readonly string[] }[];
  readonly prohibited: readonly { readonly skuId: string; readonly countries: readonly string[] }[];
};

/** The products that Microsoft knows, by SKU id or part number. */
export class Catalogue {
  readonly rules: PlanRules;
  readonly #bySku = new Map<string, Product>();
  readonly #byPartNumber = new Map<string, Product>();

  constructor(products: readonly Product[], rules: PlanRules) {
    this.rules = rules;
    for (const product of products) {
      this.#bySku.set(product.skuId, product);
      this.#byPartNumber.set(product.partNumber.toLowerCase(), product);
    }
  }

  find(skuIdOrPartNumber: string): Product | null {
    const key = skuIdOrPartNumber.toLowerCase();
    return this.#bySku.get(key) ?? this.#byPartNumber.get(key) ?? null;
  }

  /** The plans of a SKU that are on when these are off. */
  enabledPlans(skuId: string, disabledPlans: readonly string[]): string[] {
    const plans = this.find(skuId)?.plans ?? [];
    return plans.map((plan) => plan.id).filter((id) => !disabledPlans.includes(id));
  }
}

/** The service that runs a plan, as `assignedPlans.service` names it; a guess by the plan's name. */
export function serviceOf(planName: string): string {
  if (/EXCHANGE/.test(planName)) return 'exchange';
  if (/SHAREPOINT|ONEDRIVE/.test(planName)) return 'SharePoint';
  if (/TEAMS/.test(planName)) return 'TeamspaceAPI';
  if (/^MCO/.test(planName)) return 'MicrosoftCommunicationsOnline';
  if (/OFFICE/.test(planName)) return 'MicrosoftOffice';
  if (/YAMMER|VIVAENGAGE/.test(planName)) return 'YammerEnterprise';
  if (/POWERAPPS/.test(planName)) return 'PowerAppsService';
  if (/FLOW/.test(planName)) return 'ProcessSimple';
  if (/BI_AZURE/.test(planName)) return 'PowerBI';
  return 'SCO';
}
