import { gives, heldLicenses, type LicenseSource } from '../tenant/account.ts';
import type { Catalogue } from '../tenant/catalogue.ts';

export type Violation = {
  readonly kind: 'MutuallyExclusiveViolation' | 'DependencyViolation';
  /** Microsoft's sentence; only its text tells the causes apart (reference §4). */
  readonly message: string;
};

function enabledServicePlans(catalogue: Catalogue, sources: readonly LicenseSource[]): Set<string> {
  const held = heldLicenses(sources.filter(gives));
  return new Set(
    held.flatMap((license) => catalogue.enabledServicePlans(license.skuId, license.disabledPlans)),
  );
}

/**
 * The first rule about plans that these licenses break together; null when they fit. A rule that `before`
 * broke already is not this change's fault.
 */
export function servicePlanViolation(
  catalogue: Catalogue,
  before: readonly LicenseSource[],
  after: readonly LicenseSource[],
): Violation | null {
  const was = enabledServicePlans(catalogue, before);
  const will = enabledServicePlans(catalogue, after);
  for (const [a, b] of catalogue.rules.exclusive) {
    if (will.has(a) && will.has(b) && !(was.has(a) && was.has(b))) {
      const message = `License assignment failed because service plans ${a}, ${b} are mutually exclusive.`;
      return { kind: 'MutuallyExclusiveViolation', message };
    }
  }
  for (const { plan, anyOf } of catalogue.rules.requires) {
    const missing = (plans: Set<string>) => plans.has(plan) && !anyOf.some((other) => plans.has(other));
    if (missing(will) && !missing(was)) {
      const needed = anyOf.join(', ');
      const message = `License assignment failed because service plan ${plan} depends on the service plan(s) ${needed}`;
      return { kind: 'DependencyViolation', message };
    }
  }
  return null;
}

const REGIONS = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** Whether Microsoft accepts this usage location: a country that exists. */
export function isKnownLocation(location: string | null): boolean {
  return location !== null && /^[A-Z]{2}$/.test(location) && REGIONS.of(location) !== undefined;
}

export const isProhibited = (catalogue: Catalogue, skuId: string, location: string): boolean =>
  catalogue.rules.prohibited.some((rule) => rule.skuId === skuId && rule.countries.includes(location));
