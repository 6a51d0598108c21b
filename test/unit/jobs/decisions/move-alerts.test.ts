import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadIncidentView } from '../../../../src/answers/incident.ts';
import type { SendFailure } from '../../../../src/domain/ports.ts';
import { moveAlerts } from '../../../../src/jobs/decisions/move-alerts.ts';
import { deliver } from '../../../../src/jobs/delivery/deliver.ts';
import { cardFor } from '../../../../src/jobs/outgoing/outgoing.ts';
import { anIncident } from '../../../builders/incident/incident.ts';
import { aChannel, aJobWorld, type JobWorld } from '../../../builders/jobs/job-context.ts';
import { LEE, MEGAN } from '../../../builders/jobs/morning.ts';

const OLD = aChannel().key;
const NEW = '19:other@thread.tacv2';
const GONE: SendFailure = { ok: false, retryable: false, about: 'channel', reason: 'The channel is gone.' };

let world: JobWorld;
beforeEach(async () => {
  world = await aJobWorld();
  await world.store.conversations.upsert(aChannel());
  await world.store.conversations.upsert(aChannel(NEW, 'Licenses at night'));
});
afterEach(() => world.store.close());

const move = (to = NEW, by = MEGAN) => moveAlerts(world.context, to, by);
const send = () =>
  deliver(world.context, (id, sees) => loadIncidentView(world.store, id, { now: world.clock.now(), sees }));
const target = async () => (await world.store.conversations.alertTarget())?.key;
const posts = () =>
  world.notifier.posts.map(({ target: where, message }) => [
    where,
    message.kind === 'notice' ? `${message.title}. ${message.text}` : message.key,
  ]);
const LINE =
  'Alerts are now posted in Licenses at night. Moved by Megan Bowen. Cards that stand here are kept up to date.';

describe('moving the alerts', () => {
  it('is in the decision log, with who did it, and leaves a line in the channel that had them', async () => {
    expect(await move()).toBe(true);
    expect(await target()).toBe(NEW);
    expect(await world.store.decisions.recent(5)).toMatchObject([
      { kind: 'set-channel', by: MEGAN, about: NEW },
    ]);
    await send();
    await send();
    expect(posts()).toEqual([[OLD, LINE]]);
  });

  it('to the channel that has them does nothing, and posts nothing', async () => {
    expect(await move(OLD)).toBe(false);
    await send();
    expect(await world.store.decisions.recent(5)).toEqual([]);
    expect(posts()).toEqual([]);
  });

  it('to a channel that nobody knows leaves them where they are', async () => {
    expect(await move('19:nowhere@thread.tacv2')).toBe(false);
    expect(await target()).toBe(OLD);
    expect(await world.store.decisions.recent(5)).toEqual([]);
  });

  it('of two at the same instant leaves one line', async () => {
    const moved = await Promise.all([move(NEW, MEGAN), move(NEW, LEE)]);
    expect(moved.toSorted()).toEqual([false, true]);
    await send();
    expect(posts()).toHaveLength(1);
  });

  it('there and back leaves a line in each', async () => {
    await move();
    await send();
    await move(OLD, LEE);
    await send();
    expect(posts().map(([where]) => where)).toEqual([OLD, NEW]);
    expect(posts()[1]?.[1]).toContain('Alerts are now posted in License alerts. Moved by Lee Gu.');
  });

  it('names no channel whose name Teams has not told', async () => {
    await world.store.conversations.upsert(aChannel(NEW, 'a channel'));
    await move();
    await send();
    expect(posts()[0]?.[1]).toContain('Alerts are now posted in another channel.');
  });

  it('leaves no line where no channel had them before', async () => {
    await world.store.conversations.remove({ key: OLD });
    expect(await move()).toBe(true);
    await send();
    expect(posts()).toEqual([]);
  });

  it.each(['decide:after-commit', 'deliver:before-send', 'deliver:after-send', 'deliver:noted'])(
    'stands whole, with one line, after a crash at %s',
    async (crash) => {
      let dead = false;
      world.context.onStep = (step) => {
        if (dead || step !== crash) return;
        dead = true;
        throw new Error('power cut');
      };
      await move().catch(() => undefined);
      await send().catch(() => undefined);
      expect(dead).toBe(true);
      await send();
      await send();
      expect(await target()).toBe(NEW);
      expect(await world.store.decisions.recent(5)).toHaveLength(1);
      expect(posts()).toEqual([[OLD, LINE]]);
    },
  );

  it.each([
    ['takes nothing any more', async () => void world.notifier.failures.push(GONE)],
    ['was left meanwhile', () => world.store.conversations.remove({ key: OLD })],
  ])('holds nothing up where the old channel %s', async (_name, lose) => {
    await move();
    await lose();
    const incident = anIncident({ revision: 1 });
    const outbox = [cardFor(incident, world.clock.now())];
    await world.store.incidents.commit({ incidents: [incident], verdicts: [], settled: [], outbox });
    await send();
    expect(posts()).toEqual([[NEW, `incident:${incident.id}`]]);
    expect(await world.store.outbox.backlog()).toMatchObject({ waiting: 0, lastError: null });
  });
});
