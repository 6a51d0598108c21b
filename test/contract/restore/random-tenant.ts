import fc from 'fast-check';
import type { Act } from '../../../src/simulator/acts/act.ts';
import { QUIET } from '../../../src/simulator/scenarios/quiet.ts';
import type { GroupSeed, PersonSeed, Scenario } from '../../../src/simulator/scenarios/scenario.ts';
import { ADMIN_UPN, OPERATOR_UPN } from '../../../src/simulator/scenarios/well-known.ts';

/** Products that fit together, each with plans that people switch off. */
const PRODUCTS = {
  SPE_E3: ['SWAY', 'YAMMER_ENTERPRISE', 'TEAMS1'],
  POWER_BI_PRO: ['EXCHANGE_S_FOUNDATION'],
  VISIOCLIENT: ['ONEDRIVE_BASIC', 'VISIOONLINE'],
} as const;
type Product = keyof typeof PRODUCTS;
const NAMES = Object.keys(PRODUCTS) as Product[];

/** What a group may be that stands in the way of a restore, and plain ones more often. */
const GROUP_KINDS: readonly Partial<GroupSeed>[] = [
  {},
  {},
  {},
  { membershipRule: '(user.department -eq "Random")' },
  { synced: true },
  { mailEnabled: true },
  { roleAssignable: true },
];

const MAX_USERS = 6;
const upnOf = (index: number): string => `random${index}@contoso.com`;
const groupName = (index: number): string => `RANDOM-${index}`;

type Held = { sku: Product; off: string[] };

/** A tenant, and what happens to it: the losses, and what makes giving back harder. Small, to be printed. */
export type RandomCase = {
  groups: { kind: Partial<GroupSeed>; licenses: Held[] }[];
  people: { licenses: Held[]; groups: number[]; location: string }[];
  acts: Act[];
};

const license = fc
  .constantFrom(...NAMES)
  .chain((sku) => fc.record({ sku: fc.constant(sku), off: fc.subarray([...PRODUCTS[sku]]) }));
const licenses = (most: number) => fc.uniqueArray(license, { maxLength: most, selector: ({ sku }) => sku });

const person = fc.record({
  licenses: licenses(2),
  groups: fc.subarray([0, 1, 2]),
  location: fc.constantFrom('NL', 'NL', 'NL', 'DE', 'US'),
});

const users = fc.subarray(
  Array.from({ length: MAX_USERS }, (_, index) => upnOf(index)),
  { minLength: 1 },
);
const sku = fc.constantFrom(...NAMES);
const aGroup = fc.nat(2).map(groupName);

const kind = <Kind extends Act['kind']>(name: Kind) => fc.constant(name);

/** What people do that leaves nothing in the way of giving back, and that can be done the other way round. */
const byHand: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ kind: kind('remove-license'), users, sku }),
  fc.record({ kind: kind('remove-member'), group: aGroup, users }),
);

/** A fault of Microsoft's, too: all paths go, although the users stay in their groups. */
const plainAct: fc.Arbitrary<Act> = fc.oneof(
  { weight: 2, arbitrary: byHand },
  { weight: 1, arbitrary: fc.record({ kind: kind('withdraw-license'), users, sku }) },
);

/** What makes it harder, too. */
const anyAct: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: plainAct },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: kind('set-group-licenses'),
      group: aGroup,
      skus: fc.constant<string[]>([]),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: kind('delete-group'), group: aGroup }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('delete-user'), users }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: kind('subscription-status'),
      sku,
      status: fc.constantFrom('Suspended' as const, 'LockedOut' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: kind('set-seats'), sku, seats: fc.nat(MAX_USERS) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: kind('update-user'),
      user: fc.nat(MAX_USERS - 1).map(upnOf),
      set: fc.constant({ usageLocation: null }),
    }),
  },
);

const caseOf = (
  kinds: readonly Partial<GroupSeed>[],
  act: fc.Arbitrary<Act>,
  mostActs: number,
): fc.Arbitrary<RandomCase> =>
  fc.record({
    groups: fc.array(fc.record({ kind: fc.constantFrom(...kinds), licenses: licenses(2) }), {
      minLength: 3,
      maxLength: 3,
    }),
    people: fc.array(person, { minLength: MAX_USERS, maxLength: MAX_USERS }),
    acts: fc.array(act, { minLength: 1, maxLength: mostActs }),
  });

export const randomCase = caseOf(GROUP_KINDS, anyAct, 4);

/** Cases in which nothing stands in the way; the second also can be undone to the last path. */
export const plainCase = caseOf([{}], plainAct, 4);
export const byHandCase = caseOf([{}], byHand, 4);

/** The case as a tenant, with those who run it and nobody else. Seats are enough for the beginning. */
export const scenarioOf = ({ groups, people }: RandomCase): Scenario => ({
  ...QUIET,
  people: [
    ...QUIET.people
      .filter(({ upn }) => upn === ADMIN_UPN || upn === OPERATOR_UPN)
      .map((one) => ({ ...one, licenses: [], groups: [] })),
    ...people.map(
      (one, index): PersonSeed => ({
        upn: upnOf(index),
        name: `Random ${index}`,
        department: 'Elsewhere',
        location: one.location,
        licenses: one.licenses,
        groups: one.groups.map(groupName),
      }),
    ),
  ],
  groups: groups.map(({ kind, licenses: gives }, index) => ({
    ...kind,
    name: groupName(index),
    licenses: gives,
  })),
  units: [],
  roles: [],
  purchases: NAMES.map((name) => ({ sku: name, seats: MAX_USERS + 4 })),
  profiles: [],
});
