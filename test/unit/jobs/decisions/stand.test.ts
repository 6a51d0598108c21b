import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Access } from '../../../../src/domain/access/access.ts';
import { DAY_MS } from '../../../../src/domain/durations.ts';
import type { SuppressionRequest } from '../../../../src/domain/incident/decision.ts';
import type { SuppressionRule } from '../../../../src/domain/suppression/suppression.ts';
import { changeSuppression } from '../../../../src/jobs/decisions/change-suppression.ts';
import { aDecision } from '../../../builders/incident/decision.ts';
import { aJobWorld, type JobWorld } from '../../../builders/jobs/job-context.ts';
import { LEE, MEGAN, OPERATOR, operatorOf } from '../../../builders/jobs/morning.ts';

let world: JobWorld;
beforeEach(async () => {
  world = await aJobWorld();
});
afterEach(() => world.store.close());

const now = () => world.clock.now();
const press = (request: SuppressionRequest, access: Access = OPERATOR) =>
  changeSuppression(world.context, request, MEGAN, access);
const newest = async () => (await world.store.decisions.recent(1))[0];

async function aRule(): Promise<SuppressionRule> {
  const rule: SuppressionRule = {
    id: 'rule-1',
    incidentId: null,
    by: LEE,
    at: now(),
    reason: 'leavers',
    until: now() + 30 * DAY_MS,
    endedAt: null,
    endedBy: null,
    match: { kind: 'lost', cause: 'automation', actorId: 'sp', actorName: null, groupId: null, skuIds: null },
    maxUsers: 10,
  };
  await world.store.suppression.commit({ decision: aDecision({ id: 'made', kind: 'make-rule' }), rule });
  return rule;
}

describe('standing orders', () => {
  it('ends a rule at once, and says who did; it cannot be ended twice', async () => {
    await aRule();
    expect(await press({ kind: 'end-rule', ruleId: 'rule-1' })).toEqual({
      kind: 'accepted',
      sentence: 'Rule 1 has ended: changes like these are alerted again.',
    });
    expect(await world.store.suppression.rules()).toMatchObject([{ endedAt: now(), endedBy: MEGAN }]);
    expect(await newest()).toMatchObject({ kind: 'end-rule', about: 'rule-1', by: MEGAN });
    expect(await press({ kind: 'end-rule', ruleId: 'rule-1' })).toMatchObject({ kind: 'refused' });
  });

  it('gives a rule another end, a year ahead at most', async () => {
    await aRule();
    const until = now() + 60 * DAY_MS;
    expect(await press({ kind: 'extend-rule', ruleId: 'rule-1', until })).toEqual({
      kind: 'accepted',
      sentence: 'Rule 1 holds',
    });
    expect(await world.store.suppression.rules()).toMatchObject([{ until }]);
    expect(await press({ kind: 'extend-rule', ruleId: 'rule-1', until: now() + 800 * DAY_MS })).toMatchObject(
      { kind: 'refused' },
    );
  });

  it('silences a product, and wakes it again', async () => {
    const subject = { kind: 'sku', id: 'e3' } as const;
    await press({ kind: 'snooze', subject, until: now() + DAY_MS, reason: 'migration' });
    const [silence] = await world.store.suppression.silences(now());
    expect(silence).toMatchObject({ subject, reason: 'migration', by: MEGAN });
    expect(await press({ kind: 'wake', silenceId: silence?.id ?? '' })).toMatchObject({ kind: 'accepted' });
    expect(await world.store.suppression.silences(now())).toEqual([]);
    expect(await press({ kind: 'wake', silenceId: silence?.id ?? '' })).toMatchObject({ kind: 'refused' });
  });

  it('keeps an eye on somebody, once, until told otherwise', async () => {
    const subject = { kind: 'user', id: 'adele' } as const;
    expect(await press({ kind: 'watch', subject })).toMatchObject({ kind: 'accepted' });
    expect(await press({ kind: 'watch', subject })).toMatchObject({ kind: 'refused' });
    expect(await world.store.suppression.marks()).toMatchObject([{ subject, by: MEGAN }]);
    expect(await press({ kind: 'unwatch', subject })).toMatchObject({ kind: 'accepted' });
    expect(await press({ kind: 'unwatch', subject })).toMatchObject({ kind: 'refused' });
    expect(await world.store.suppression.marks()).toEqual([]);
  });

  it('says of what it speaks, as the card that asked is gone by then', async () => {
    const visio = { kind: 'sku', id: 'c5928f49-12ba-48f7-ada3-0d743a3601d5' } as const;
    const until = now() + DAY_MS;
    expect(await press({ kind: 'snooze', subject: visio, until, reason: 'migration' })).toMatchObject({
      sentence: 'I stay quiet about Visio Plan 2',
    });
    const [silence] = await world.store.suppression.silences(now());
    expect(await press({ kind: 'wake', silenceId: silence?.id ?? '' })).toMatchObject({
      sentence: 'I alert about Visio Plan 2 again.',
    });
    const subject = { kind: 'group', id: 'sales' } as const;
    expect(await press({ kind: 'watch', subject })).toMatchObject({
      sentence: 'From now on I keep an eye on the group sales: losses are alerted right away.',
    });
    expect(await press({ kind: 'watch', subject })).toMatchObject({
      sentence: 'I keep an eye on the group sales already.',
    });
  });

  it.each<[string, SuppressionRequest]>([
    ['ends a rule', { kind: 'end-rule', ruleId: 'rule-1' }],
    [
      'silences a product',
      { kind: 'snooze', subject: { kind: 'sku', id: 'e3' }, until: Date.parse('2026-11-24'), reason: 'x' },
    ],
    ['watches a group', { kind: 'watch', subject: { kind: 'group', id: 'sales' } }],
    ['watches a user of another unit', { kind: 'watch', subject: { kind: 'user', id: 'rick' } }],
  ])('nobody who may act on some users only %s', async (_what, request) => {
    await aRule();
    expect(await press(request, operatorOf('adele'))).toMatchObject({ kind: 'refused' });
    expect(await newest()).toMatchObject({ id: 'made' });
  });
});
