import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GraphUser, toUserState } from '../../../src/microsoft365/bodies/user.ts';
import { readUserRow } from '../../../src/microsoft365/bodies/user-row.ts';
import { aGraphUser, E3 } from '../../builders/license/graph-user.ts';

const GROUP = '33333333-0000-4000-8000-000000000003';
const VISIO = 'c5928f49-12ba-48f7-ada3-0d743a3601d5';

const assignmentsOf = (over: Partial<GraphUser>) => readUserRow(aGraphUser(over)).assignments;

describe('a row of a user listing', () => {
  it('becomes the state that we keep', () => {
    expect(readUserRow(aGraphUser({ id: 'AAAAAAAA-0000-4000-8000-000000000001' }))).toEqual({
      id: 'aaaaaaaa-0000-4000-8000-000000000001',
      displayName: 'Nora Lindqvist',
      givenName: 'Nora',
      surname: 'Lindqvist',
      userPrincipalName: 'nora.lindqvist@fabrikam.example',
      mail: 'nora.lindqvist@fabrikam.example',
      accountEnabled: true,
      userType: 'Member',
      usageLocation: 'NL',
      department: null,
      onPremisesSyncEnabled: null,
      assignments: [{ skuId: E3, path: 'direct', state: 'Active', error: null, disabledPlans: [] }],
    });
  });

  it.each([null, '', 'None', undefined])('has no error where Graph says %j', (error) => {
    const [assignment] = assignmentsOf({
      licenseAssignmentStates: [
        { skuId: E3, assignedByGroup: null, state: 'Active', error, disabledPlans: [] },
      ],
    });
    expect(assignment?.error).toBeNull();
  });

  it('keeps a direct and a group assignment of one product apart, sorted, with ids in lower case', () => {
    const state = (skuId: string, assignedByGroup: string | null, disabledPlans: string[]) =>
      ({ skuId, assignedByGroup, state: 'Active', error: null, disabledPlans }) as const;
    expect(
      assignmentsOf({
        assignedLicenses: [{ skuId: E3, disabledPlans: [] }],
        licenseAssignmentStates: [
          state(VISIO.toUpperCase(), null, []),
          state(E3, null, ['B', 'a']),
          state(E3.toUpperCase(), GROUP.toUpperCase(), []),
        ],
      }),
    ).toEqual([
      { skuId: E3, path: GROUP, state: 'Active', error: null, disabledPlans: [] },
      { skuId: E3, path: 'direct', state: 'Active', error: null, disabledPlans: ['a', 'b'] },
      { skuId: VISIO, path: 'direct', state: 'Active', error: null, disabledPlans: [] },
    ]);
  });

  it('counts a license without an assignment behind it as direct', () => {
    expect(assignmentsOf({ licenseAssignmentStates: [] })).toEqual([
      { skuId: E3, path: 'direct', state: 'Active', error: null, disabledPlans: [] },
    ]);
  });

  it('keeps the one that gives the license when Graph lists a path twice', () => {
    const twice = (['Error', 'Active'] as const).map((state) => ({ skuId: E3, state, disabledPlans: [] }));
    expect(assignmentsOf({ licenseAssignmentStates: twice })).toMatchObject([{ state: 'Active' }]);
  });

  it('may leave out what was never set', () => {
    const { id, userPrincipalName, assignedLicenses } = aGraphUser({ assignedLicenses: [] });
    expect(readUserRow({ id, userPrincipalName, assignedLicenses })).toMatchObject({
      displayName: userPrincipalName,
      mail: null,
      assignments: [],
    });
  });

  it.each([
    ['has licenses but no assignment states', { ...aGraphUser(), licenseAssignmentStates: undefined }],
    [
      'has an assignment in a state that nobody knows',
      { ...aGraphUser(), licenseAssignmentStates: [{ skuId: E3, state: 'Paused', disabledPlans: [] }] },
    ],
    [
      'has a disabled plan that is no text',
      { ...aGraphUser(), assignedLicenses: [{ skuId: E3, disabledPlans: [3] }] },
    ],
    ['has no id', { ...aGraphUser(), id: undefined }],
    ['has a number where a text belongs', { ...aGraphUser(), mail: 7 }],
    ['is not an object', 'Nora'],
  ])('makes the read incomplete when it %s', (_, row) => {
    expect(() => readUserRow(row)).toThrow(expect.objectContaining({ code: 'invalid-row' }));
  });
});

describe('the quick way and the schema', () => {
  /** Mostly what Graph sends; now and then what it must not, so that most rows get to the later checks. */
  const mostly = <Usual, Odd>(usual: fc.Arbitrary<Usual>, odd: fc.Arbitrary<Odd>) =>
    fc.oneof({ weight: 40, arbitrary: usual as fc.Arbitrary<Usual | Odd> }, { weight: 1, arbitrary: odd });
  const absent = fc.constantFrom(null, undefined);
  const text = mostly(fc.oneof(fc.string(), absent), fc.constant(7));
  const flag = mostly(fc.oneof(fc.boolean(), absent), fc.constant('yes'));
  const id = mostly(fc.constantFrom(E3, VISIO, E3.toUpperCase(), GROUP, 'x'), fc.constantFrom(7, null));
  const plans = mostly(fc.array(id, { maxLength: 3 }), fc.constantFrom(null, undefined, 'all', [3]));
  const license = fc.record({ skuId: id, disabledPlans: plans });
  const assignment = fc.record({
    skuId: id,
    assignedByGroup: mostly(fc.constantFrom(null, undefined, '', GROUP, GROUP.toUpperCase()), fc.constant(7)),
    state: mostly(fc.constantFrom('Active', 'ActiveWithError', 'Disabled', 'Error'), fc.constant('Paused')),
    error: mostly(fc.constantFrom(null, undefined, '', 'None', 'CountViolation'), fc.constant(7)),
    disabledPlans: plans,
  });
  const listOf = <Entry>(entry: fc.Arbitrary<Entry>) =>
    mostly(fc.array(entry, { maxLength: 4 }), fc.constantFrom(undefined, null, 'none', [null]));
  const row = fc.record({
    id: mostly(fc.constantFrom('A', 'b'), absent),
    displayName: text,
    givenName: text,
    surname: text,
    userPrincipalName: mostly(fc.constantFrom('n@x', 'N@x'), absent),
    mail: text,
    accountEnabled: flag,
    userType: text,
    usageLocation: text,
    department: text,
    onPremisesSyncEnabled: flag,
    assignedLicenses: listOf(license),
    licenseAssignmentStates: listOf(assignment),
  });

  it('agree on every row', () => {
    fc.assert(
      fc.property(row, (body) => {
        const parsed = GraphUser.safeParse(body);
        if (parsed.success) expect(readUserRow(body)).toEqual(toUserState(parsed.data));
        else expect(() => readUserRow(body)).toThrow(expect.objectContaining({ code: 'invalid-row' }));
      }),
      { numRuns: 3_000 },
    );
  });
});
