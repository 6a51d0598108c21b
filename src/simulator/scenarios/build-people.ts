import { DAY_MS } from '../durations.ts';
import type { Account, LicenseSource } from '../tenant/account.ts';
import type { Catalogue } from '../tenant/catalogue.ts';
import { idOf } from '../tenant/ids.ts';
import type { Profile } from '../tenant/population.ts';
import type { Use } from '../tenant/use.ts';
import { servicePlanId } from './products.ts';
import type { GroupSeed, LicenseSeed, PersonSeed, ProfileSeed } from './scenario.ts';
import { OPERATOR_UPN } from './well-known.ts';

/** What a seed needs to become an account. `assignedAt` is when its licenses were given, ms UTC. */
export type Soil = {
  readonly catalogue: Catalogue;
  readonly groups: readonly GroupSeed[];
  readonly operatorId: string;
  readonly assignedAt: number;
  /** When the scenario begins, ms UTC. */
  readonly startedAt: number;
};

export const groupIdOf = (name: string): string => idOf('group', name);

/** The SKU and disabled plan ids that a seed stands for. Throws for a product that is not in the catalogue. */
export function licenseOf(seed: LicenseSeed, catalogue: Catalogue) {
  const partNumber = typeof seed === 'string' ? seed : seed.sku;
  const product = catalogue.find(partNumber);
  if (!product) throw new RangeError(`products.json has no product "${partNumber}".`);
  return { skuId: product.skuId, disabledPlans: typeof seed === 'string' ? [] : seed.off.map(servicePlanId) };
}

function sourcesOf(
  seed: { licenses?: readonly LicenseSeed[]; groups?: readonly string[] },
  soil: Soil,
): LicenseSource[] {
  const source = (license: LicenseSeed, groupId: string | null): LicenseSource => ({
    ...licenseOf(license, soil.catalogue),
    groupId,
    state: 'Active',
    error: 'None',
    updatedAt: soil.assignedAt,
  });
  const fromGroups = (seed.groups ?? []).flatMap((name) => {
    const group = soil.groups.find((one) => one.name === name);
    if (!group) throw new RangeError(`The scenario has no group "${name}".`);
    return (group.licenses ?? []).map((license) => source(license, groupIdOf(name)));
  });
  return [...(seed.licenses ?? []).map((license) => source(license, null)), ...fromGroups];
}

export function personId(upn: string, operatorId: string): string {
  return upn === OPERATOR_UPN ? operatorId : idOf('user', upn);
}

/** A scenario's person as an account. */
export function buildPerson(seed: PersonSeed, soil: Soil): Account {
  const [first, ...rest] = seed.name.split(' ');
  return {
    id: personId(seed.upn, soil.operatorId),
    displayName: seed.name,
    givenName: seed.given === undefined ? (first ?? null) : seed.given,
    surname: seed.family === undefined ? rest.join(' ') || null : seed.family,
    userPrincipalName: seed.upn,
    mail: seed.guest ? seed.upn.replace('#EXT#@contoso.onmicrosoft.com', '').replace('_', '@') : seed.upn,
    department: seed.department,
    jobTitle: seed.title ?? null,
    officeLocation: null,
    preferredLanguage: null,
    usageLocation: seed.location === undefined ? 'NL' : seed.location,
    accountEnabled: seed.enabled ?? true,
    userType: seed.guest ? 'Guest' : 'Member',
    onPremisesSyncEnabled: seed.synced ?? null,
    createdAt: soil.assignedAt - 400 * DAY_MS,
    lastSignInAt: lastSignInOf(seed, soil),
    sources: sourcesOf(seed, soil),
    formerServicePlans: [],
    servicePlanStarts: [],
    use: useOf(seed, soil),
    ...(seed.mailbox ? { mailbox: seed.mailbox } : {}),
  };
}

function useOf({ usedDaysAgo = {}, mailboxBytes, driveBytes }: PersonSeed, { startedAt }: Soil): Use {
  const days = Object.entries(usedDaysAgo).map(([service, ago]) => [
    service,
    ago === null ? null : startedAt - ago * DAY_MS,
  ]);
  return {
    ...Object.fromEntries(days),
    ...(mailboxBytes === undefined ? {} : { mailboxBytes }),
    ...(driveBytes === undefined ? {} : { driveBytes }),
  };
}

function lastSignInOf({ signedInDaysAgo, enabled }: PersonSeed, { startedAt }: Soil): number | null {
  if (signedInDaysAgo === undefined) return enabled === false ? null : startedAt - 2 * DAY_MS;
  return signedInDaysAgo === null ? null : startedAt - signedInDaysAgo * DAY_MS;
}

/** A scenario's kind of generated person. */
export function buildProfile(seed: ProfileSeed, soil: Soil): Profile {
  return {
    share: seed.share,
    userType: seed.guest ? 'Guest' : 'Member',
    onPremisesSyncEnabled: seed.synced ?? null,
    department: seed.department,
    sources: sourcesOf(seed, soil),
  };
}
