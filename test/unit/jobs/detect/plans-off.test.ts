import { beforeEach, describe, expect, it } from 'vitest';
import { plansOffIn } from '../../../../src/domain/detection/alerts/plans-off.ts';
import type { SecurityView } from '../../../../src/domain/detection/alerts/view.ts';
import { MINUTE_MS } from '../../../../src/domain/durations.ts';
import { servicePlanIdOf, skuIdOfPartNumber } from '../../../../src/domain/license/catalogue.ts';
import { deliver } from '../../../../src/jobs/delivery/deliver.ts';
import { attributeDue } from '../../../../src/jobs/explain/attribute.ts';
import { scan } from '../../../../src/jobs/scan/scan.ts';
import { aChannel, aJobWorld, type JobWorld } from '../../../builders/jobs/job-context.ts';
import { aChange } from '../../../builders/license/license-change.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';

const known = (id: string | null): string => {
  if (id === null) throw new Error('the catalogue does not know it');
  return id;
};
const E3 = known(skuIdOfPartNumber('ENTERPRISEPACK'));
const E5 = known(skuIdOfPartNumber('SPE_E5'));
const plan = (name: string): string => known(servicePlanIdOf(name));
const has = (skuId: string, off: string[], path = 'direct') =>
  anAssignment({ skuId, path, disabledPlans: off.map(plan).sort() });

describe('what is switched off inside a license that stays', () => {
  const teams = 'TEAMS1';
  it.each([
    [
      'Teams',
      'plans-changed',
      [has(E3, [])],
      [has(E3, [teams])],
      { services: ['Teams'], advancedAuditing: false },
    ],
    [
      'two services at once',
      'plans-changed',
      [has(E3, [])],
      [has(E3, [teams, 'EXCHANGE_S_ENTERPRISE'])],
      { services: ['Exchange Online', 'Teams'], advancedAuditing: false },
    ],
    [
      'advanced auditing',
      'plans-changed',
      [has(E5, [])],
      [has(E5, ['M365_ADVANCED_AUDITING'])],
      { services: [], advancedAuditing: true },
    ],
    [
      'advanced auditing, by a swap to a product without it',
      'swap',
      [has(E5, [])],
      [has(E3, [])],
      { services: [], advancedAuditing: true },
    ],
    [
      'Teams, as the license came from a group from then on',
      'path-changed',
      [has(E3, [])],
      [has(E3, [teams], 'group-1')],
      { services: ['Teams'], advancedAuditing: false },
    ],
    ['nothing that matters: Sway', 'plans-changed', [has(E3, [])], [has(E3, ['SWAY'])], null],
    ['nothing: it was off before', 'plans-changed', [has(E3, [teams])], [has(E3, [teams, 'SWAY'])], null],
    ['nothing: it was switched on', 'plans-changed', [has(E3, [teams])], [has(E3, [])], null],
    [
      'nothing: another path still gives it',
      'plans-changed',
      [has(E3, []), has(E3, [], 'group-1')],
      [has(E3, [teams]), has(E3, [], 'group-1')],
      null,
    ],
    ['nothing: a lost license is told by its own card', 'lost', [has(E3, [])], [], null],
  ] as const)('%s', (_what, kind, before, after, expected) => {
    const change = aChange({ kind, skuId: before[0].skuId, before: [...before], after: [...after] });
    expect(plansOffIn(change)).toEqual(expected);
  });
});

describe('a core service that is switched off', () => {
  let world: JobWorld;
  const never = new AbortController().signal;
  const person = (off: string[], index = 0) =>
    aUserState({
      id: `user-${index}`,
      displayName: `Person ${index}`,
      userPrincipalName: `person${index}@contoso.example`,
      assignments: [has(E3, off)],
    });

  const read = async (): Promise<void> => {
    await scan(world.context, { kind: 'full' }, never);
    world.clock.advance(2 * MINUTE_MS);
    await attributeDue(world.context);
    world.clock.advance(2 * MINUTE_MS);
    await deliver(world.context, async () => null);
  };
  const cards = (): SecurityView[] =>
    world.notifier.posts.flatMap(({ message }) => (message.kind === 'security' ? [message.view] : []));

  beforeEach(async () => {
    world = await aJobWorld();
    await world.store.conversations.upsert(aChannel());
  });

  it('has a card of its own, and is no license loss', async () => {
    world.tenant.put(person([]));
    await read();
    world.tenant.put(person(['TEAMS1']));
    await read();
    expect(cards()).toMatchObject([{ level: 'low', title: 'Teams was switched off for Person 0' }]);
    expect(world.notifier.posts).toHaveLength(1);
    expect(await world.store.incidents.recent(5)).toEqual([]);
    world.tenant.put(person(['TEAMS1', 'SWAY']));
    await read();
    expect(world.notifier.sent).toHaveLength(1);
  });

  it('for very many is one card with a count', async () => {
    const many = Array.from({ length: 60 }, (_, index) => index);
    world.tenant.put(...many.map((index) => person([], index)));
    await read();
    world.tenant.put(...many.map((index) => person(['EXCHANGE_S_ENTERPRISE'], index)));
    await read();
    expect(cards()).toMatchObject([{ count: 60 }]);
  });
});
