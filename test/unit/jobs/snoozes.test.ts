import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/domain/durations.ts';
import type { Incident } from '../../../src/domain/incident/incident.ts';
import { requestApproval, snoozeIncident } from '../../../src/domain/incident/life-cycle.ts';
import type { Silence } from '../../../src/domain/suppression/suppression.ts';
import { cardFor } from '../../../src/jobs/outgoing/outgoing.ts';
import { scan } from '../../../src/jobs/scan/scan.ts';
import { endSnoozes } from '../../../src/jobs/upkeep/end-snoozes.ts';
import { expireRequests } from '../../../src/jobs/upkeep/expire-requests.ts';
import { verify } from '../../../src/jobs/upkeep/verify.ts';
import { aDecision } from '../../builders/incident/decision.ts';
import { aSilence } from '../../builders/incident/suppression.ts';
import { anAssignment, aUserState } from '../../builders/license/user-state.ts';
import { aStandingWorld, type StandingWorld } from './standing-world.ts';

const E3 = anAssignment().skuId;
const never = new AbortController().signal;

let world: StandingWorld;
beforeEach(async () => {
  world = await aStandingWorld();
});
afterEach(() => world.store.close());

/** Somebody changes the newest incident, as a decision does. */
async function change(
  next: (incident: Incident, now: number) => Incident,
  decision = aDecision(),
): Promise<void> {
  const now = world.clock.now();
  const incident = await world.newest();
  const changed = next(incident, now);
  await world.store.incidents.commit({
    incidents: [changed],
    verdicts: [],
    settled: [],
    outbox: [cardFor(changed, now)],
    decisions: [{ ...decision, incidentId: incident.id }],
  });
  await world.beat();
}

const snoozeFor = (ms: number): Promise<void> =>
  change(
    (incident, now) => snoozeIncident(incident, now + ms, 'lunch', now),
    aDecision({ id: 'snoozed', kind: 'snooze' }),
  );

async function giveBack(...ids: string[]): Promise<void> {
  world.tenant.put(...ids.map((id) => aUserState({ id, assignments: [anAssignment()] })));
  world.clock.advance(MINUTE_MS);
  await scan(world.context, { kind: 'full' }, never);
  await verify(world.context);
}

const ended = (silence: Silence): Silence => ({ ...silence, endedAt: world.clock.now() });

describe('a snoozed incident', () => {
  it('says once that its snooze is over, when it is still open', async () => {
    await world.lose('cleaner', 'u1', 'u2', 'u3');
    await snoozeFor(HOUR_MS);
    await world.beat();
    expect(world.notices()).toEqual([]);
    world.clock.advance(HOUR_MS);
    await world.beat();
    await world.beat();
    expect(world.notices()).toEqual([
      'The snooze is over: 3 users are still without Microsoft 365 E3. It was snoozed because of “lunch”.',
    ]);
    expect(world.cards().at(-1)).toEqual({ how: 'update', status: 'open', users: 3 });
    expect(await world.newest()).toMatchObject({ snoozedUntil: null, snoozeReason: null });
  });

  it('counts only those who are still without their license', async () => {
    await world.lose('cleaner', 'u1', 'u2', 'u3');
    await snoozeFor(HOUR_MS);
    await giveBack('u1', 'u2');
    world.clock.advance(HOUR_MS);
    await world.beat();
    expect(world.notices()).toEqual([expect.stringContaining('1 user is still without Microsoft 365 E3.')]);
  });

  it('says nothing at the end when everybody was restored meanwhile', async () => {
    await world.lose('cleaner', 'u1');
    await snoozeFor(HOUR_MS);
    await giveBack('u1');
    world.clock.advance(HOUR_MS);
    await world.beat();
    expect(world.notices()).toEqual([]);
    expect(world.cards().at(-1)?.status).toBe('restored');
  });

  it('speaks up at once when it gets worse', async () => {
    await world.lose('cleaner', 'u1');
    await snoozeFor(DAY_MS);
    await world.lose('cleaner', 'u2', 'u3');
    expect(world.notices()).toEqual([
      'A snoozed incident got worse: 2 more users are affected now. The snooze is over: 3 users are still without Microsoft 365 E3.',
    ]);
    expect(world.cards().at(-1)).toEqual({ how: 'update', status: 'open', users: 3 });
    expect((await world.newest()).snoozedUntil).toBeNull();
  });

  it('ends once where the process dies before that is stored', async () => {
    await world.lose('cleaner', 'u1');
    await snoozeFor(HOUR_MS);
    world.clock.advance(HOUR_MS);
    world.context.onStep = (step) => {
      if (step === 'end-snoozes:before-commit') throw new Error('the process died here');
    };
    await expect(world.beat()).rejects.toThrow('died');
    expect((await world.newest()).snoozedUntil).not.toBeNull();
    world.context.onStep = (step) => {
      if (step === 'end-snoozes:after-commit') throw new Error('the process died again');
    };
    await expect(world.beat()).rejects.toThrow('died');
    world.context.onStep = () => undefined;
    await world.beat();
    expect(world.notices()).toHaveLength(1);
  });
});

describe('a silence', () => {
  const over = (kind: Silence['subject']['kind'], id: string, ms: number): Silence =>
    aSilence({
      id: `silence-${id}`,
      subject: { kind, id },
      until: world.clock.now() + ms,
      reason: 'migration',
    });

  it.each([
    { name: 'each of the users', subjects: [['user', 'u1'] as const, ['user', 'u2'] as const] },
    { name: 'the product', subjects: [['sku', E3] as const] },
  ])('over $name holds the card back until its end, and then shows it', async ({ subjects }) => {
    for (const [kind, id] of subjects) await world.order({ silence: over(kind, id, DAY_MS) });
    await world.lose('cleaner', 'u1', 'u2');
    expect(world.notifier.sent).toEqual([]);
    expect(await world.newest()).toMatchObject({ status: 'open', snoozeReason: 'migration' });
    world.clock.advance(DAY_MS);
    await world.beat();
    await world.beat();
    expect(world.cards()).toEqual([{ how: 'post', status: 'open', users: 2 }]);
    expect(world.notices()).toEqual([]);
  });

  it('over one of two users holds nothing back', async () => {
    await world.order({ silence: over('user', 'u1', DAY_MS) });
    await world.lose('cleaner', 'u1', 'u2');
    expect(world.cards()).toEqual([{ how: 'post', status: 'open', users: 2 }]);
  });

  it('shows nothing at its end of what was put right meanwhile', async () => {
    await world.order({ silence: over('user', 'u1', DAY_MS) });
    await world.lose('cleaner', 'u1');
    await giveBack('u1');
    await world.beat();
    world.clock.advance(2 * DAY_MS);
    await world.beat();
    expect(world.notifier.sent).toEqual([]);
    expect(await world.store.outbox.backlog()).toMatchObject({ waiting: 0 });
    expect((await world.newest()).status).toBe('restored');
  });

  it('stays quiet about more of the same, and speaks when somebody else is concerned', async () => {
    await world.order({ silence: over('user', 'u1', DAY_MS) });
    await world.order({ silence: over('user', 'u2', DAY_MS) });
    await world.lose('cleaner', 'u1');
    await world.lose('cleaner', 'u2');
    expect(world.notifier.sent).toEqual([]);
    await world.lose('cleaner', 'u3');
    expect(world.cards()).toEqual([{ how: 'post', status: 'open', users: 3 }]);
    expect(world.notices()).toEqual([]);
  });

  it('that is lifted lets what it held back be told', async () => {
    const silence = over('user', 'u1', DAY_MS);
    await world.order({ silence });
    await world.lose('cleaner', 'u1');
    await world.order({ silence: ended(silence) });
    await world.beat();
    expect(world.cards()).toEqual([{ how: 'post', status: 'open', users: 1 }]);
  });

  it('that is lifted does not end what somebody snoozed by hand', async () => {
    await world.lose('cleaner', 'u1');
    await snoozeFor(HOUR_MS);
    expect(await endSnoozes(world.context)).toBe(0);
  });

  it('is noted on the incident as what License Watch went by', async () => {
    await world.order({ silence: over('user', 'u1', DAY_MS) });
    await world.lose('cleaner', 'u1');
    const { id, snoozedUntil } = await world.newest();
    expect(await world.store.decisions.byIncident(id)).toMatchObject([
      { kind: 'snooze', by: { name: 'License Watch' }, reason: 'migration', until: snoozedUntil },
    ]);
  });
});

describe('a request for a second operator', () => {
  const ask = (): Promise<void> =>
    change(
      (incident, now) =>
        requestApproval(
          incident,
          {
            id: 'asked',
            kind: 'reassign',
            by: aDecision().by,
            at: now,
            expiresAt: now + DAY_MS,
            userIds: null,
            way: 'as-it-was',
            undoes: null,
          },
          now,
        ),
      aDecision({ id: 'asked', kind: 'request' }),
    );

  it('expires when nobody answers in time, and that is in the log', async () => {
    await world.lose('cleaner', 'u1');
    await ask();
    world.clock.advance(DAY_MS - MINUTE_MS);
    expect(await expireRequests(world.context)).toBe(0);
    world.clock.advance(MINUTE_MS);
    expect(await expireRequests(world.context)).toBe(1);
    expect(await expireRequests(world.context)).toBe(0);
    const { id, request } = await world.newest();
    expect(request).toBeNull();
    expect((await world.store.decisions.byIncident(id)).at(-1)).toMatchObject({
      kind: 'expire',
      about: 'asked',
      by: { aadObjectId: '', name: 'License Watch' },
    });
  });

  it('expires also on an incident that is over', async () => {
    await world.lose('cleaner', 'u1');
    await ask();
    await change((incident, now) => ({
      ...incident,
      status: 'restored',
      updatedAt: now,
      revision: incident.revision + 1,
    }));
    world.clock.advance(DAY_MS);
    expect(await expireRequests(world.context)).toBe(1);
  });
});
