import { expect, it } from 'vitest';
import { servicePlanIdOf, skuIdOfPartNumber } from '../../../../src/domain/license/catalogue.ts';
import type { Assignment } from '../../../../src/domain/license/user-state.ts';
import { adviceOf } from '../../../../src/domain/restore/advice.ts';
import { aChange } from '../../../builders/license/license-change.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';
import { someRestoreFacts } from '../../../builders/restore/restore-facts.ts';

const NORA = aUserState();
const office = servicePlanIdOf('OFFICESUBSCRIPTION') ?? '';
const yammer = servicePlanIdOf('YAMMER_ENTERPRISE') ?? '';
const phone = skuIdOfPartNumber('MCOEV') ?? '';

const advice = (change = aChange(), assignments: Assignment[] = [anAssignment()], restored = [NORA.id]) =>
  adviceOf(
    someRestoreFacts({ changes: [change], present: [aUserState({ assignments })] }),
    new Set(restored),
  );

const ADVICE = [
  'Office apps can take up to 72 hours to notice.',
  'To refresh now: in any Office app, File → Account → Update License.',
];

it('tells what users of Office apps may have to do when their license came back', () => {
  expect(advice()).toEqual(ADVICE);
});

it.each([
  { name: 'nobody has anything back', given: advice(aChange(), [], []) },
  {
    name: 'the product that came back has no apps to install',
    given: advice(aChange({ skuId: phone }), [anAssignment({ skuId: phone }), anAssignment()]),
  },
  {
    name: 'the apps are switched off in what came back',
    given: advice(aChange(), [anAssignment({ disabledPlans: [office] })]),
  },
  {
    name: 'the user had the apps all the time',
    given: advice(
      aChange({
        kind: 'plans-changed',
        before: [anAssignment()],
        after: [anAssignment({ disabledPlans: [yammer] })],
      }),
    ),
  },
])('says nothing when $name', ({ given }) => {
  expect(given).toEqual([]);
});

it('tells it also when only the apps had been switched off', () => {
  const off = anAssignment({ disabledPlans: [office] });
  expect(advice(aChange({ kind: 'plans-changed', before: [anAssignment()], after: [off] }))).toEqual(ADVICE);
});
