import { QUIET } from '../../../src/simulator/scenarios/quiet.ts';
import type { Scenario } from '../../../src/simulator/scenarios/scenario.ts';

export const DOMESTIC_CALLING = '0dab259f-bf13-4952-b7f8-7db8f131b28d';
export const INTERNATIONAL_CALLING = 'd3b4fe1f-9992-4930-8acb-ca6ec609365e';
/** Its members get international calling, which excludes the domestic one. */
export const CALLING_GROUP = 'LIC-Calling';
export const ALEX = 'alexw@contoso.com';

/** The company with both calling plans, which exclude each other; Alex has the domestic one. */
export const WITH_CALLING_PLANS: Scenario = {
  ...QUIET,
  people: QUIET.people.map((person) =>
    person.upn === ALEX ? { ...person, licenses: [...(person.licenses ?? []), 'MCOPSTN1'] } : person,
  ),
  groups: [...QUIET.groups, { name: CALLING_GROUP, licenses: ['MCOPSTN2'] }],
  purchases: [...QUIET.purchases, { sku: 'MCOPSTN1', seats: 3 }, { sku: 'MCOPSTN2', seats: 3 }],
};
