import { describe, expect, it } from 'vitest';
import {
  servicePlanIdOf,
  servicePlanName,
  skuIdOfPartNumber,
} from '../../../../src/domain/license/catalogue.ts';
import { servicePlanRules } from '../../../../src/domain/restore/checks/service-plan-rules.ts';
import { planRestore, stepsOf } from '../../../../src/domain/restore/plan.ts';
import { aChange } from '../../../builders/license/license-change.ts';
import { aLicensedGroup } from '../../../builders/license/licensed-group.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';
import { someRestoreFacts } from '../../../builders/restore/restore-facts.ts';

const sku = (partNumber: string): string => skuIdOfPartNumber(partNumber) ?? partNumber;
const plan = (name: string): string => servicePlanIdOf(name) ?? name;
const all = { chosen: null, way: 'as-it-was', running: new Set<string>() } as const;

type Case = {
  name: string;
  lost: { skuId: string; disabledPlans?: string[]; path?: string }[];
  has?: { skuId: string; disabledPlans?: string[] }[];
  given: string[];
  blocks: string[];
};

const outcome = ({ lost, has = [] }: Pick<Case, 'lost' | 'has'>) => {
  const facts = someRestoreFacts({
    changes: lost.map((one, index) =>
      aChange({ id: `change-${index}`, skuId: one.skuId, before: [anAssignment(one)] }),
    ),
    present: [aUserState({ assignments: has.map((one) => anAssignment(one)) })],
    groups: [aLicensedGroup()],
  });
  const made = planRestore(facts, all);
  return {
    given: stepsOf(made).flatMap(({ action }) =>
      action.kind === 'assign' ? action.licenses.map(({ skuId }) => skuId) : [action.kind],
    ),
    blocks: made.users.flatMap(({ blocks }) => blocks.map(({ code }) => code)),
    says: made.users.flatMap(({ blocks }) => blocks.map(({ reason }) => reason)),
  };
};

describe('service plans that do not go together', () => {
  const cases: Case[] = [
    {
      name: 'stop a calling plan beside another',
      lost: [{ skuId: sku('MCOPSTN1') }],
      has: [{ skuId: sku('MCOPSTN2') }],
      given: [],
      blocks: ['conflict'],
    },
    {
      name: 'stop nothing where the plan is switched off, or was',
      lost: [{ skuId: sku('MCOPSTN1'), disabledPlans: [plan('MCOPSTN1')] }],
      has: [{ skuId: sku('MCOPSTN2') }],
      given: [sku('MCOPSTN1')],
      blocks: [],
    },
    {
      name: 'stop nothing that was there together',
      lost: [{ skuId: sku('MCOPSTN1') }, { skuId: sku('MCOPSTN2') }],
      given: [sku('MCOPSTN1'), sku('MCOPSTN2')],
      blocks: [],
    },
    {
      name: 'are not the editions of Exchange and SharePoint: Microsoft stacks them',
      lost: [{ skuId: sku('STANDARDPACK') }],
      has: [{ skuId: sku('SPE_E3') }, { skuId: sku('EXCHANGESTANDARD') }],
      given: [sku('STANDARDPACK')],
      blocks: [],
    },
  ];
  it.each(cases)('$name', (one) => {
    expect(outcome(one)).toMatchObject({ given: one.given, blocks: one.blocks });
  });
});

describe('service plans that depend on others', () => {
  const cases: Case[] = [
    {
      name: 'stop an add-on without its base',
      lost: [{ skuId: sku('MCOEV') }],
      given: [],
      blocks: ['dependency'],
    },
    {
      name: 'stop nothing where the base comes back with it',
      lost: [{ skuId: sku('MCOEV') }, { skuId: sku('SPE_E3') }],
      given: [sku('SPE_E3'), sku('MCOEV')],
      blocks: [],
    },
    {
      name: 'stop nothing where the base comes back through a group',
      lost: [{ skuId: sku('MCOEV') }, { skuId: sku('SPE_E3'), path: 'group-1' }],
      given: [sku('MCOEV'), 'add-to-group'],
      blocks: [],
    },
    {
      name: 'stop an add-on whose base cannot come back',
      lost: [{ skuId: sku('MCOEV') }, { skuId: sku('SPE_E3'), path: 'group-that-is-gone' }],
      given: [],
      blocks: ['group-gone', 'dependency'],
    },
    {
      name: 'stop an add-on where the user has the base with that plan switched off',
      lost: [{ skuId: sku('MCOEV') }],
      has: [{ skuId: sku('SPE_E3'), disabledPlans: [plan('TEAMS1'), plan('MCOSTANDARD')] }],
      given: [],
      blocks: ['dependency'],
    },
    {
      name: 'stop Project where its own SharePoint is switched off and E3 is gone',
      lost: [{ skuId: sku('PROJECTPROFESSIONAL'), disabledPlans: [plan('SHAREPOINTENTERPRISE')] }],
      given: [],
      blocks: ['dependency'],
    },
  ];
  it.each(cases)('$name', (one) => {
    expect(outcome(one)).toMatchObject({ given: one.given, blocks: one.blocks });
  });

  it('are named', () => {
    expect(outcome({ lost: [{ skuId: sku('MCOEV') }] }).says).toEqual([
      `${servicePlanName(plan('MCOEV'))} in Microsoft Teams Phone Standard needs ${servicePlanName(plan('TEAMS1'))} or ` +
        `${servicePlanName(plan('MCOSTANDARD'))}, which the user does not have.`,
    ]);
  });
});

it('every rule between plans names plans that exist', () => {
  const { exclusiveWith, neededBy, named } = servicePlanRules();
  expect([...exclusiveWith.values()].map((others) => others.length)).toEqual([
    2, 2, 2, 1, 1, 1, 1, 3, 1, 1, 1,
  ]);
  expect([...neededBy.values()].map((anyOf) => anyOf.length)).toEqual([3, 6, 6, 4, 7]);
  for (const servicePlanId of named) expect(servicePlanName(servicePlanId)).not.toBe(servicePlanId);
});
