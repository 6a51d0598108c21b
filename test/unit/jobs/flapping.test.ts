import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadIncidentView } from '../../../src/answers/incident.ts';
import { DAY_MS, MINUTE_MS } from '../../../src/domain/durations.ts';
import { deliver, type LoadIncidentView } from '../../../src/jobs/delivery/deliver.ts';
import { attributeDue } from '../../../src/jobs/explain/attribute.ts';
import { review } from '../../../src/jobs/explain/review.ts';
import { scan } from '../../../src/jobs/scan/scan.ts';
import { verify } from '../../../src/jobs/upkeep/verify.ts';
import { anAuditEvent } from '../../builders/audit/audit-event.ts';
import { aDecision, aRestoreStep } from '../../builders/incident/decision.ts';
import { aChannel, aJobWorld, type JobWorld } from '../../builders/jobs/job-context.ts';
import { anAssignment, aUserState } from '../../builders/license/user-state.ts';

const never = new AbortController().signal;
const E3 = anAssignment().skuId;
const licensed = [{ skuId: E3, partNumber: 'SPE_E3', disabledPlans: [] }];

let world: JobWorld;
const load: LoadIncidentView = (id, sees) =>
  loadIncidentView(world.store, id, { now: world.clock.now(), sees });

/** One automation acts half an hour later; the next read sees it, and the job explains it. */
async function flip(kind: 'lost' | 'gained', logged = true): Promise<void> {
  world.clock.advance(30 * MINUTE_MS);
  const app = kind === 'lost' ? 'Cleaner' : 'Onboarding';
  const event = anAuditEvent({
    id: `record-${world.clock.now()}`,
    at: world.clock.now(),
    actor: { kind: 'app', id: app.toLowerCase(), name: app },
    targets: [{ kind: 'user', id: 'u1', name: null }],
    licenses: kind === 'lost' ? { before: licensed, after: [] } : { before: [], after: licensed },
  });
  if (logged) await world.store.audit.append([{ event, raw: '{}' }], world.clock.now());
  world.tenant.put(aUserState({ id: 'u1', assignments: kind === 'lost' ? [] : [anAssignment()] }));
  await scan(world.context, { kind: 'full' }, never);
  await verify(world.context);
  world.clock.advance(2 * MINUTE_MS);
  await attributeDue(world.context);
  await deliver(world.context, load);
}

const newest = async () => {
  const [incident] = await world.store.incidents.recent(1);
  return incident ? load(incident.id, null) : null;
};

beforeEach(async () => {
  world = await aJobWorld();
  world.tenant.put(aUserState({ id: 'u1', assignments: [anAssignment()] }));
  await world.store.conversations.upsert(aChannel());
  await scan(world.context, { kind: 'full' }, never);
});
afterEach(() => world.store.close());

it('tells two automations that fight in one card that names both', async () => {
  await flip('lost');
  await flip('gained');
  expect(world.notifier.posts).toHaveLength(1);
  await flip('lost');
  expect(world.notifier.posts).toHaveLength(2);
  expect(await newest()).toMatchObject({
    title: 'Microsoft 365 E3 of Nora Lindqvist is removed and given back again and again',
    causeSentence: expect.stringContaining('Removed by Cleaner, given back by Onboarding: 3 changes'),
    status: 'open',
    userCount: 1,
    chain: [{}, {}, {}],
  });
});

it('takes an undo of our own for no part of a fight', async () => {
  await flip('lost');
  await flip('gained');
  const { store, clock } = world;
  const step = aRestoreStep({
    action: { kind: 'unassign', userId: 'u1', skuIds: [E3] },
    userIds: ['u1'],
    status: 'done',
    updatedAt: clock.now() + 30 * MINUTE_MS,
  });
  await store.incidents.commit({
    incidents: [],
    verdicts: [],
    settled: [],
    outbox: [],
    decisions: [aDecision({ kind: 'undo' })],
    steps: [step],
  });
  await flip('lost', false);
  expect(world.notifier.posts).toHaveLength(1);
  expect((await newest())?.title).toBe('Nora Lindqvist lost Microsoft 365 E3');
});

/** Somebody presses Reassign half an hour later, and Microsoft gives the license back. */
async function press(): Promise<void> {
  const { store, clock } = world;
  const id = `press-${clock.now()}`;
  const step = aRestoreStep({
    decisionId: id,
    action: { kind: 'assign', userId: 'u1', licenses: [{ skuId: E3, disabledPlans: [] }] },
    userIds: ['u1'],
    status: 'done',
    updatedAt: clock.now() + 30 * MINUTE_MS,
  });
  await store.incidents.commit({
    incidents: [],
    verdicts: [],
    settled: [],
    outbox: [],
    decisions: [aDecision({ id, kind: 'reassign' })],
    steps: [step],
  });
  await flip('gained', false);
}

/** An admin gives the license back by hand. */
async function byHand(): Promise<void> {
  const event = anAuditEvent({
    id: `hand-${world.clock.now()}`,
    at: world.clock.now() + 30 * MINUTE_MS,
    actor: { kind: 'user', id: 'megan', name: 'megan@contoso.com' },
    targets: [{ kind: 'user', id: 'u1', name: null }],
    licenses: { before: [], after: licensed },
  });
  await world.store.audit.append([{ event, raw: '{}' }], world.clock.now());
  await flip('gained', false);
}

it.each([
  { how: 'by our button', giveBack: press, logged: true },
  { how: 'by our button, and no log says who took it', giveBack: press, logged: false },
  { how: 'by hand', giveBack: byHand, logged: true },
])('tells what was given back $how and is lost again as a loss', async ({ giveBack, logged }) => {
  await flip('lost', logged);
  await giveBack();
  await flip('lost', logged);
  expect((await newest())?.title).toBe('Nora Lindqvist lost Microsoft 365 E3');
  expect(world.notifier.posts).toHaveLength(2);
});

it('tells of one automation that takes a license three times, whoever gives it back', async () => {
  await flip('lost');
  await press();
  await flip('lost');
  await byHand();
  await flip('lost');
  expect(await newest()).toMatchObject({
    title: 'Microsoft 365 E3 of Nora Lindqvist is removed and given back again and again',
    causeSentence:
      'Removed by Cleaner 3 times within a day, no matter who gives it back. It goes again until that stops.',
  });
});

it('posts no further card, however long the fight goes on', async () => {
  for (const kind of ['lost', 'gained', 'lost', 'gained', 'lost', 'gained', 'lost'] as const)
    await flip(kind);
  expect(world.notifier.posts).toHaveLength(2);
  expect(await newest()).toMatchObject({
    causeSentence: expect.stringContaining('7 changes'),
    status: 'open',
  });
});

it('stays silent about a fight that somebody approved', async () => {
  for (const kind of ['lost', 'gained', 'lost'] as const) await flip(kind);
  const [incident] = await world.store.incidents.recent(1);
  if (!incident) throw new Error('no incident');
  await world.store.incidents.commit({
    incidents: [{ ...incident, status: 'approved', revision: incident.revision + 1 }],
    verdicts: [],
    settled: [],
    outbox: [],
  });
  for (const kind of ['gained', 'lost'] as const) await flip(kind);
  expect(world.notifier.posts).toHaveLength(2);
  expect((await newest())?.status).toBe('approved');
});

it('tells of losses on different days one by one', async () => {
  await flip('lost');
  await flip('gained');
  world.clock.advance(DAY_MS);
  await flip('lost');
  expect((await newest())?.title).toBe('Nora Lindqvist lost Microsoft 365 E3');
});

it('is reviewed as one incident, and gains names as the logs tell them', async () => {
  await flip('lost', false);
  await flip('gained', false);
  await flip('lost', false);
  expect((await newest())?.causeSentence).toContain('no log names yet');
  const [change] = await world.store.changes.find({ limit: 1 });
  const event = anAuditEvent({
    id: 'late',
    at: (change?.change.observedAfter ?? 0) - 1_000,
    actor: { kind: 'app', id: 'cleaner', name: 'Cleaner' },
    targets: [{ kind: 'user', id: 'u1', name: null }],
    licenses: { before: licensed, after: [] },
  });
  await world.store.audit.append([{ event, raw: '{}' }], world.clock.now());
  await review(world.context);
  expect((await newest())?.causeSentence).toContain('Cleaner');
});
