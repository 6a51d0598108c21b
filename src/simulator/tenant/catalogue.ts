/** A service plan as the licensing pages name it. */
export type Plan = { readonly id: string; readonly name: string };

export type Product = {
  readonly skuId: string;
  readonly partNumber: string;
  readonly name: string;
  readonly plans: readonly Plan[];
};

/** Which service plans cannot be together, which need another, and where a product may not be used. */
export type ServicePlanRules = {
  readonly exclusive: readonly (readonly [string, string])[];
  /** `plan` needs at least one of `anyOf`. */
  readonly requires: readonly { readonly plan: string; readonly anyOf: readonly string[] }[];
  readonly prohibited: readonly { readonly skuId: string; readonly countries: readonly string[] }[];
};

/** The products that Microsoft knows, by SKU id or part number. */
export class Catalogue {
  readonly rules: ServicePlanRules;
  readonly #bySku = new Map<string, Product>();
  readonly #byPartNumber = new Map<string, Product>();

  constructor(products: readonly Product[], rules: ServicePlanRules) {
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

  /** The service plans of a SKU that are on when these are off. */
  enabledServicePlans(skuId: string, disabledPlans: readonly string[]): string[] {
    const plans = this.find(skuId)?.plans ?? [];
    return plans.map((plan) => plan.id).filter((id) => !disabledPlans.includes(id));
  }
}

/** The service that runs a service plan, as `assignedPlans.service` names it; a guess by the service plan's name. */
export function serviceOf(servicePlanName: string): string {
  if (/EXCHANGE/.test(servicePlanName)) return 'exchange';
  if (/SHAREPOINT|ONEDRIVE/.test(servicePlanName)) return 'SharePoint';
  if (/TEAMS/.test(servicePlanName)) return 'TeamspaceAPI';
  if (/^MCO/.test(servicePlanName)) return 'MicrosoftCommunicationsOnline';
  if (/OFFICE/.test(servicePlanName)) return 'MicrosoftOffice';
  if (/YAMMER|VIVAENGAGE/.test(servicePlanName)) return 'YammerEnterprise';
  if (/POWERAPPS/.test(servicePlanName)) return 'PowerAppsService';
  if (/FLOW/.test(servicePlanName)) return 'ProcessSimple';
  if (/BI_AZURE/.test(servicePlanName)) return 'PowerBI';
  return 'SCO';
}
