import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../../src/domain/durations.ts';
import type { SuppressionRule } from '../../../src/domain/suppression/suppression.ts';
import { decide } from '../../../src/jobs/decisions/decide.ts';
import { review } from '../../../src/jobs/explain/review.ts';
import { aDecision } from '../../builders/incident/decision.ts';
import { aLeaversRule, aWatchMark } from '../../builders/incident/suppression.ts';
import { MEGAN, OPERATOR } from '../../builders/jobs/morning.ts';
import { anAssignment } from '../../builders/license/user-state.ts';
import { aStandingWorld, type StandingWorld, userIds } from './standing-world.ts';

/** What the runbook takes directly is expected, of ten users at once. */
const rule = (over: Partial<SuppressionRule> = {}): SuppressionRule =>
  aLeaversRule(over, { cause: 'automation', groupId: null, skuIds: [anAssignment().skuId] });

let world: StandingWorld;
beforeEach(async () => {
  world = await aStandingWorld();
});
afterEach(() => world.store.close());

const kinds = async (): Promise<string[]> =>
  (await world.store.decisions.recent(20)).filter(({ by }) => by.aadObjectId === '').map(({ kind }) => kind);

describe('what a rule expects', () => {
  it('alerts nobody, and stays in the history', async () => {
    await world.order({ rule: rule() });
    await world.lose('runbook', 'u1', 'u2');
    expect(world.notifier.sent).toEqual([]);
    expect(await world.newest()).toMatchObject({
      status: 'approved',
      hiddenByRuleId: 'rule-1',
      userIds: ['u1', 'u2'],
      cause: 'automation',
    });
    const [change] = await world.store.changes.find({ userIds: ['u1'] });
    expect(change?.verdict).toMatchObject({ level: 'proved' });
  });

  it('is noted in the decision log, as decided by License Watch', async () => {
    await world.order({ rule: rule({ reason: 'leavers' }) });
    await world.lose('runbook', 'u1');
    const { id } = await world.newest();
    expect(await world.store.decisions.byIncident(id)).toMatchObject([
      { kind: 'approve', by: { aadObjectId: '', name: 'License Watch' }, reason: 'leavers', about: 'rule-1' },
    ]);
  });

  it('is logged for those whom it was about then, whoever joins the incident later', async () => {
    await world.order({ rule: rule() });
    await world.lose('runbook', 'u1');
    await world.lose('runbook', ...userIds(11).filter((id) => id !== 'u1'));
    const { id } = await world.newest();
    expect(await world.store.decisions.byIncident(id)).toMatchObject([{ kind: 'approve', userIds: ['u1'] }]);
  });

  it.each([
    { name: 'by somebody else', by: 'cleaner', over: {} },
    { name: 'that no record explains', by: null, over: {} },
    { name: 'after the rule has ended', by: 'runbook', over: { endedAt: 1 } },
    { name: 'after the end of the rule', by: 'runbook', over: { until: 1 } },
  ])('does not hide what was taken $name', async ({ by, over }) => {
    await world.order({ rule: rule(over) });
    await world.lose(by, 'u1');
    expect(world.cards()).toEqual([{ how: 'post', status: 'open', users: 1 }]);
  });

  it('is told when it comes for more users at once than the rule is for, with the rule named', async () => {
    await world.order({ rule: rule() });
    await world.lose('runbook', ...userIds(11));
    expect(world.cards()).toEqual([{ how: 'post', status: 'open', users: 11 }]);
    expect(await world.newest()).toMatchObject({
      exceededRuleId: 'rule-1',
      hiddenByRuleId: null,
      status: 'open',
    });
  });

  it('is told with all of its users when many small removals make a large one', async () => {
    await world.order({ rule: rule() });
    await world.lose('runbook', ...userIds(6));
    await world.lose('runbook', ...userIds(4, 6));
    expect(world.notifier.sent).toEqual([]);
    expect((await world.newest()).userIds).toHaveLength(10);
    await world.lose('runbook', 'u20');
    expect(world.cards()).toEqual([{ how: 'post', status: 'open', users: 11 }]);
    expect(await kinds()).toEqual(['approve']);
  });

  it('counts anew after an hour', async () => {
    await world.order({ rule: rule() });
    await world.lose('runbook', ...userIds(6));
    world.clock.advance(2 * HOUR_MS);
    await world.lose('runbook', ...userIds(6, 6));
    expect(world.notifier.sent).toEqual([]);
    expect((await world.store.incidents.recent(5)).map((one) => one.userIds.length)).toEqual([6, 6]);
  });

  it('is told when people keep an eye on somebody among them', async () => {
    await world.order({ rule: rule() });
    await world.order({ mark: aWatchMark({ subject: { kind: 'user', id: 'u2' } }) });
    await world.lose('runbook', 'u1');
    await world.lose('runbook', 'u2');
    expect(world.cards()).toHaveLength(1);
    expect(await world.store.incidents.open()).toMatchObject([{ watched: true }]);
  });

  it('is not decided halfway: what a crash takes back is decided again', async () => {
    await world.order({ rule: rule() });
    await world.strip('u1');
    await world.record('runbook', 'u1');
    world.clock.advance(HOUR_MS);
    let crashes = true;
    world.context.onStep = (step) => {
      if (crashes && step === 'attribute:before-commit') throw new Error('the process died here');
    };
    await expect(world.beat()).rejects.toThrow('died');
    expect(await world.store.incidents.recent(1)).toEqual([]);
    expect(await kinds()).toEqual([]);
    crashes = false;
    await world.beat();
    await world.beat();
    expect(await world.store.incidents.recent(5)).toMatchObject([
      { status: 'approved', hiddenByRuleId: 'rule-1' },
    ]);
    expect(await kinds()).toEqual(['approve']);
    expect(world.notifier.sent).toEqual([]);
  });
});

describe('late evidence', () => {
  it('approves what was told, when it turns out that a rule expected it', async () => {
    await world.order({ rule: rule() });
    await world.lose(null, 'u1', 'u2');
    await world.record('runbook', 'u1', 'u2');
    await review(world.context);
    await world.beat();
    expect(world.cards()).toEqual([
      { how: 'post', status: 'open', users: 2 },
      { how: 'update', status: 'approved', users: 2 },
    ]);
    expect(await kinds()).toEqual(['approve']);
  });

  it('approves only the part that the rule expected', async () => {
    await world.order({ rule: rule() });
    await world.lose(null, 'u1', 'u2', 'u3');
    await world.record('runbook', 'u1');
    await review(world.context);
    await world.beat();
    const stored = await world.store.incidents.recent(5);
    expect(stored.map(({ status, userIds: ids }) => [status, ids.length]).sort()).toEqual([
      ['approved', 1],
      ['open', 2],
    ]);
  });

  it('does not approve what somebody has set out to restore', async () => {
    await world.order({ rule: rule() });
    await world.lose(null, 'u1');
    const incident = await world.newest();
    await world.store.incidents.commit({
      incidents: [{ ...incident, revision: incident.revision + 1 }],
      verdicts: [],
      settled: [],
      outbox: [],
      decisions: [aDecision({ incidentId: incident.id })],
      steps: [
        {
          decisionId: 'decision-1',
          stepNo: 1,
          action: { kind: 'reprocess', userId: 'u1' },
          undo: null,
          userIds: ['u1'],
          status: 'planned',
          code: null,
          message: null,
          updatedAt: world.clock.now(),
        },
      ],
    });
    await world.record('runbook', 'u1');
    await review(world.context);
    expect(await world.newest()).toMatchObject({ status: 'open', cause: 'automation' });
  });

  it('does not approve what waits for a second operator', async () => {
    world.context.settings.secondApproverAbove = 0;
    world.tenant.state.skus = world.tenant.state.skus.map((sku) => ({ ...sku, enabled: 40 }));
    await world.order({ rule: rule() });
    await world.lose(null, 'u1');
    const incidentId = (await world.newest()).id;
    const request = { kind: 'reassign', incidentId, userIds: null, way: 'as-it-was', plan: null } as const;
    expect(await decide(world.context, request, MEGAN, OPERATOR)).toEqual({ kind: 'accepted' });
    await world.record('runbook', 'u1');
    await review(world.context);
    expect(await world.newest()).toMatchObject({ status: 'open', request: { kind: 'reassign' } });
  });

  /** A rule hid something on a likely cause; a record of somebody else comes in after it. */
  async function hideThenRevise(over: Partial<SuppressionRule> = {}): Promise<void> {
    await world.order({ rule: rule() });
    await world.lose('runbook', 'u1', 'u2');
    const incident = await world.newest();
    await world.store.incidents.commit({
      incidents: [{ ...incident, level: 'likely', revision: incident.revision + 1 }],
      verdicts: [],
      settled: [],
      outbox: [],
    });
    await world.order({ rule: rule(over) });
    world.clock.advance(HOUR_MS);
  }

  it('tells what a rule hid, when its explanation turns out to be another', async () => {
    await hideThenRevise();
    const { audit } = world.store;
    const { find } = audit;
    // The record of the runbook is withdrawn, and one of somebody else is there instead.
    audit.find = async (filter) =>
      (await find(filter)).map((event) => ({
        ...event,
        actor: { kind: 'app', id: 'cleaner', name: 'Cleaner' },
      }));
    await world.record('cleaner', 'u1', 'u2');
    await review(world.context);
    await world.beat();
    expect(world.cards()).toEqual([{ how: 'post', status: 'open', users: 2 }]);
    expect(await world.newest()).toMatchObject({
      status: 'open',
      hiddenByRuleId: null,
      exceededRuleId: null,
      actor: { id: 'cleaner' },
    });
  });

  it('leaves alone what a rule hid that has ended since', async () => {
    await hideThenRevise({ endedAt: world.clock.now(), until: world.clock.now() });
    world.clock.advance(HOUR_MS);
    await review(world.context);
    await world.beat();
    expect(world.notifier.sent).toEqual([]);
    expect(await world.newest()).toMatchObject({ status: 'approved', level: 'proved' });
  });
});
