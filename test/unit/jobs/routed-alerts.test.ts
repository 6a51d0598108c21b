import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SecurityIncident } from '../../../src/domain/detection/alerts/security-incident.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/domain/durations.ts';
import { decideSecurity } from '../../../src/jobs/decisions/security.ts';
import { deliver } from '../../../src/jobs/delivery/deliver.ts';
import { securityCard } from '../../../src/jobs/outgoing/outgoing.ts';
import { postDigests } from '../../../src/jobs/upkeep/digest.ts';
import { escalate } from '../../../src/jobs/upkeep/escalate.ts';
import { aDecision } from '../../builders/incident/decision.ts';
import { aChannel, aJobWorld, type JobWorld, routesFrom } from '../../builders/jobs/job-context.ts';
import { LEE, OPERATOR } from '../../builders/jobs/morning.ts';
import { aSecurityIncident } from '../../builders/security/security-incident.ts';

const SECURITY = '19:security@thread.tacv2';
const ON_CALL = { kind: 'user', id: 'lee@contoso.com', name: 'Lee on call' } as const;
const QUIET = { quiet: [{ days: [1, 2, 3, 4, 5, 6, 7], from: 22 * 60, to: 7 * 60 }] };
const ROUTES =
  'route:\n  routes:\n    - { match: { class: roles, actor: greta@contoso.example }, channel: Security }';

let world: JobWorld;
beforeEach(async () => {
  world = await aJobWorld({ onCall: ON_CALL, escalateAfterMs: 30 * MINUTE_MS });
  await world.store.conversations.upsert(aChannel());
  await world.store.conversations.upsert(aChannel(SECURITY, 'Security'));
});
afterEach(() => world.store.close());

const send = () => deliver(world.context, async () => null);

async function alerted(over: Partial<SecurityIncident>): Promise<SecurityIncident> {
  const { store, clock } = world;
  const incident = aSecurityIncident({
    class: 'roles',
    labels: { actor: 'greta@contoso.example' },
    revision: 1,
    ...over,
  });
  const outbox = [securityCard(incident, clock.now())];
  await store.incidents.commit({
    incidents: [],
    verdicts: [],
    settled: [],
    outbox,
    security: { incidents: [incident] },
  });
  await send();
  return incident;
}

const posts = () => world.notifier.posts.map(({ target, message }) => [target, message.kind]);
/** Sets the clock to an hour of the next day, UTC. */
const atHour = (hour: number): void => {
  const now = world.clock.now();
  world.clock.advance(Math.floor(now / DAY_MS) * DAY_MS + DAY_MS + hour * HOUR_MS - now);
};

describe('“I’m on it” on an alert of detections', () => {
  it('stands on its card, and calls nobody', async () => {
    world.context.routes = routesFrom(ROUTES);
    const { id } = await alerted({ level: 'high' });
    const take = () =>
      decideSecurity(world.context, { kind: 'take-on', incidentId: id, note: 'Asking Greta' }, LEE, OPERATOR);
    expect(await take()).toEqual({ kind: 'accepted' });
    expect(await take()).toEqual({ kind: 'refused', reason: 'You are on it already.' });
    await send();
    const last = world.notifier.sent.at(-1);
    expect(last).toMatchObject({
      how: 'update',
      target: SECURITY,
      message: { view: { owner: { by: 'Lee Gu', note: 'Asking Greta' } } },
    });
    world.clock.advance(HOUR_MS);
    expect(await escalate(world.context, async () => null)).toBe(0);
  });
});

describe('an alert of detections', () => {
  it('goes where its labels say', async () => {
    world.context.routes = routesFrom(ROUTES);
    await alerted({ level: 'high' });
    expect(posts()).toEqual([[SECURITY, 'security']]);
  });

  it('waits for the end of quiet hours when it is medium, and not when it is high', async () => {
    world.context.routes = routesFrom(ROUTES, QUIET);
    atHour(23);
    await alerted({ level: 'medium' });
    expect(posts()).toEqual([]);
    atHour(7);
    await send();
    expect(posts()).toEqual([[SECURITY, 'security']]);
  });

  it('has a line in the digest and no card when it is low', async () => {
    world.context.routes = routesFrom(null);
    atHour(10);
    await alerted({ level: 'low', tellAt: null });
    expect(posts()).toEqual([]);
    atHour(8);
    await postDigests(world.context);
    await send();
    expect(world.notifier.posts.map(({ message }) => message)).toMatchObject([
      { kind: 'notice', title: 'Digest: 1 low alert' },
    ]);
  });

  it('calls the person on call once when nobody reacts, and nobody when somebody did', async () => {
    world.context.routes = routesFrom(ROUTES);
    await alerted({ level: 'high' });
    world.clock.advance(30 * MINUTE_MS);
    expect(await escalate(world.context, async () => null)).toBe(1);
    await send();
    expect(await escalate(world.context, async () => null)).toBe(0);
    expect(world.notifier.posts.at(-1)).toMatchObject({
      target: SECURITY,
      message: { kind: 'notice', title: 'Nobody has reacted for 30 minutes', mention: ON_CALL },
    });
    const other = await alerted({ id: 'other', identity: 'other', level: 'high' });
    await world.store.decisions.append(
      aDecision({ id: 'd', kind: 'approve', incidentId: other.id, at: world.clock.now() }),
    );
    world.clock.advance(30 * MINUTE_MS);
    expect(await escalate(world.context, async () => null)).toBe(0);
  });
});
