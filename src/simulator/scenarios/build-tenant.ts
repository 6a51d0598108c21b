import { ActivityFeed } from '../activity/feed.ts';
import { AuditTrail } from '../audit/trail.ts';
import { DAY_MS } from '../durations.ts';
import { type Account, heldLicenses } from '../tenant/account.ts';
import { Agenda } from '../tenant/agenda.ts';
import { type Behaviour, DEFAULT_BEHAVIOUR } from '../tenant/behaviour.ts';
import { ChangeLog } from '../tenant/change-log.ts';
import { Channel } from '../tenant/channel.ts';
import { TenantClock, type TimeSource } from '../tenant/clock.ts';
import { Directory } from '../tenant/directory.ts';
import { type Group, GroupRepository } from '../tenant/groups.ts';
import { HealthBoard } from '../tenant/health.ts';
import { IdSource, idOf } from '../tenant/ids.ts';
import { Population, type Profile } from '../tenant/population.ts';
import { Stock, type Subscription } from '../tenant/stock.ts';
import { SubscriptionBook } from '../tenant/subscriptions.ts';
import { Teams } from '../tenant/teams.ts';
import type { Organization, Tenant } from '../tenant/tenant.ts';
import { UnitBook } from '../tenant/units.ts';
import { buildRoles, buildUnits } from './build-access.ts';
import { buildPerson, buildProfile, groupIdOf, licenseOf, personId, type Soil } from './build-people.ts';
import { realProducts } from './products.ts';
import type { GroupSeed, PurchaseSeed, Scenario } from './scenario.ts';
import { DOMAIN, INITIAL_DOMAIN, OPERATOR_ID, TENANT_ID } from './well-known.ts';

export type TenantOptions = {
  readonly clock: TimeSource;
  readonly speed?: number | undefined;
  /** How many users there are in all, at least the scenario's own people; the rest is generated. */
  readonly users?: number | undefined;
  readonly seed?: number | undefined;
  /** Object id of Megan Bowen. */
  readonly operatorId?: string | undefined;
  readonly behaviour?: Partial<Behaviour> | undefined;
};

/** How many seats the generated people use, by SKU. */
function generatedUse(population: Population): Map<string, number> {
  const counts = new Map<Profile, number>();
  for (let index = 0; index < population.size; index += 1) {
    const profile = population.profileOf(index);
    counts.set(profile, (counts.get(profile) ?? 0) + 1);
  }
  const used = new Map<string, number>();
  for (const [profile, count] of counts) {
    for (const { skuId } of heldLicenses(profile.sources)) used.set(skuId, (used.get(skuId) ?? 0) + count);
  }
  return used;
}

function buildGroup(seed: GroupSeed, scenario: Scenario, soil: Soil): Group {
  const people = scenario.people.filter((person) => person.groups?.includes(seed.name));
  return {
    id: groupIdOf(seed.name),
    displayName: seed.name,
    description: seed.description ?? null,
    createdAt: soil.assignedAt - 300 * DAY_MS,
    securityEnabled: seed.securityEnabled ?? true,
    mailEnabled: seed.mailEnabled ?? false,
    groupTypes: seed.membershipRule === undefined ? [] : ['DynamicMembership'],
    membershipRule: seed.membershipRule ?? null,
    onPremisesSyncEnabled: seed.synced ?? null,
    isAssignableToRole: seed.roleAssignable ?? null,
    licenses: (seed.licenses ?? []).map((license) => licenseOf(license, soil.catalogue)),
    processing: 'ProcessingComplete',
    members: new Set([
      ...people.map((person) => personId(person.upn, soil.operatorId)),
      ...(seed.nested ?? []).map(groupIdOf),
    ]),
    owners: new Set((seed.owners ?? []).map((upn) => personId(upn, soil.operatorId))),
  };
}

/** A purchase; the seats that generated people take are bought on top. */
function buildSubscription(
  seed: PurchaseSeed,
  skuId: string,
  extraSeats: number,
  startedAt: number,
): Subscription {
  return {
    id: idOf('subscription', seed.sku),
    commerceSubscriptionId: idOf('commerce-subscription', seed.sku),
    skuId,
    createdAt: startedAt - 420 * DAY_MS,
    isTrial: seed.trial ?? false,
    ownerTenantId: null,
    status: seed.status ?? 'Enabled',
    seats: seed.seats + extraSeats,
    nextLifecycleAt: seed.renewsInDays === undefined ? null : startedAt + seed.renewsInDays * DAY_MS,
  };
}

/** Makes the tenant that a scenario describes, as it is before play begins. */
export function buildTenant(scenario: Scenario, options: TenantOptions): Tenant {
  const startedAt = options.clock.now();
  const seed = options.seed ?? 1;
  const catalogue = realProducts();
  const assignedAt = startedAt - 170 * DAY_MS;
  const operatorId = (options.operatorId ?? OPERATOR_ID).toLowerCase();
  const soil: Soil = { catalogue, groups: scenario.groups, operatorId, assignedAt, startedAt };
  const behaviour: Behaviour = { ...DEFAULT_BEHAVIOUR, ...scenario.behaviour, ...options.behaviour };
  const organization: Organization = {
    tenantId: TENANT_ID,
    displayName: 'Contoso',
    domain: DOMAIN,
    initialDomain: INITIAL_DOMAIN,
    country: 'NL',
    createdAt: startedAt - 2000 * DAY_MS,
  };
  const people: Account[] = scenario.people.map((person) => buildPerson(person, soil));
  const profiles = scenario.profiles.map((profile) => buildProfile(profile, soil));
  const size = Math.max(0, (options.users ?? people.length) - people.length);
  const population = new Population({ size, seed, domain: DOMAIN, startedAt, profiles });
  const directory = new Directory(people, population);
  const used = generatedUse(population);
  const stock = new Stock(
    scenario.purchases.map((purchase) => {
      const { skuId } = licenseOf(purchase.sku, catalogue);
      return buildSubscription(purchase, skuId, used.get(skuId) ?? 0, startedAt);
    }),
  );
  for (const [skuId, seats] of used) stock.consume(skuId, seats);
  for (const { sources } of people) {
    for (const { skuId } of heldLicenses(sources)) stock.consume(skuId, 1);
  }
  const clock = new TenantClock(options.clock, options.speed ?? 1);
  const ids = new IdSource(seed);
  const feed = new ActivityFeed();
  const { tenantId, domain } = organization;
  const generatedGroups = profiles.flatMap((profile) => profile.sources.flatMap((one) => one.groupId ?? []));
  const groups = scenario.groups.map((group) => buildGroup(group, scenario, soil));
  const units = buildUnits(scenario.units, operatorId);
  return {
    organization,
    clock,
    agenda: new Agenda(),
    ids,
    behaviour,
    catalogue,
    stock,
    directory,
    groups: new GroupRepository(groups, directory, new Set(size > 0 ? generatedGroups : [])),
    units: new UnitBook(units),
    roles: buildRoles(scenario.roles, units, operatorId),
    changes: new ChangeLog(),
    audit: new AuditTrail({ tenantId, domain, behaviour, catalogue, clock, ids, feed }),
    activity: feed,
    health: new HealthBoard(),
    subscriptions: new SubscriptionBook(),
    channel: new Channel(),
    teams: new Teams(),
  };
}
