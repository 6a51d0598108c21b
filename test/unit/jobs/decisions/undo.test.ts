import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadIncidentView } from '../../../../src/answers/incident.ts';
import type { Access } from '../../../../src/domain/access/access.ts';
import { DAY_MS } from '../../../../src/domain/durations.ts';
import { decide } from '../../../../src/jobs/decisions/decide.ts';
import { verify } from '../../../../src/jobs/upkeep/verify.ts';
import { aMorning, LEE, MEGAN, type Morning, OPERATOR, operatorOf } from '../../../builders/jobs/morning.ts';
import { restore } from '../../../builders/restore/restore.ts';

const never = new AbortController().signal;

let world: Morning;
beforeEach(async () => {
  world = await aMorning();
});
afterEach(() => world.store.close());

const reassign = async (): Promise<string> => {
  const incidentId = (await world.incident()).id;
  await decide(
    world.context,
    { kind: 'reassign', incidentId, userIds: null, way: 'as-it-was', plan: null },
    MEGAN,
    OPERATOR,
  );
  const [decision] = await world.store.decisions.byIncident(incidentId);
  return decision?.id ?? '';
};
const undo = async (decisionId: string, access: Access = OPERATOR) =>
  decide(world.context, { kind: 'undo', incidentId: (await world.incident()).id, decisionId }, LEE, access);
const licenses = () => [...world.tenant.people.values()].map(({ assignments }) => assignments.length);

describe('undo', () => {
  it('takes back all that a reassign gave, and the incident is open again', async () => {
    const decisionId = await reassign();
    await restore(world.context, never);
    expect(licenses()).toEqual([1, 1, 1, 1, 1]);
    expect(await undo(decisionId)).toEqual({ kind: 'accepted' });
    await verify(world.context);
    expect(await world.incident()).toMatchObject({ status: 'open', restoredUserIds: [] });
    await restore(world.context, never);
    expect(licenses()).toEqual([0, 0, 0, 0, 0]);
    expect(await world.incident()).toMatchObject({ status: 'open', undoneUserIds: [] });
  });

  it('can be followed by another reassign', async () => {
    const decisionId = await reassign();
    await restore(world.context, never);
    await undo(decisionId);
    await restore(world.context, never);
    await reassign();
    await restore(world.context, never);
    expect(licenses()).toEqual([1, 1, 1, 1, 1]);
    expect((await world.incident()).status).toBe('restored');
  });

  it('is refused a second time, and writes nothing then', async () => {
    const decisionId = await reassign();
    await restore(world.context, never);
    await undo(decisionId);
    await restore(world.context, never);
    const writes = world.tenant.written.length;
    expect(await undo(decisionId)).toMatchObject({ kind: 'refused', reason: 'This was undone already.' });
    await restore(world.context, never);
    expect(world.tenant.written).toHaveLength(writes);
  });

  it('can be pressed again for those whom it could not take back, and for nobody else', async () => {
    const decisionId = await reassign();
    await restore(world.context, never);
    await undo(decisionId);
    world.tenant.outcomes = [
      null,
      null,
      { ok: false, retryable: false, code: 'forbidden', message: 'The app may not do this.' },
    ];
    await restore(world.context, never);
    expect(licenses().reduce((a, b) => a + b)).toBe(1);
    const { id } = await world.incident();
    const view = await loadIncidentView(world.store, id, { now: world.clock.now(), sees: null });
    expect(view?.can.undo).toMatchObject({ decisionId, sentence: expect.stringMatching(/from 1 user/) });
    const writes = world.tenant.written.length;
    expect(await undo(decisionId)).toEqual({ kind: 'accepted' });
    await restore(world.context, never);
    expect(licenses()).toEqual([0, 0, 0, 0, 0]);
    expect(world.tenant.written).toHaveLength(writes + 1);
    expect(await undo(decisionId)).toMatchObject({ reason: 'This was undone already.' });
  });

  it('is refused while the reassign is carried out, after a day, and for what is no reassign', async () => {
    const decisionId = await reassign();
    expect(await undo(decisionId)).toMatchObject({
      reason: expect.stringMatching(/still being carried out/),
    });
    await restore(world.context, never);
    expect(await undo('other')).toMatchObject({ reason: expect.stringMatching(/do not know/) });
    world.clock.advance(DAY_MS + 1);
    expect(await undo(decisionId)).toMatchObject({ reason: expect.stringMatching(/24 hours/) });
  });

  it('is refused to somebody who may not act on all of its users', async () => {
    const decisionId = await reassign();
    await restore(world.context, never);
    expect(await undo(decisionId, operatorOf('user-0', 'user-1'))).toMatchObject({
      reason: expect.stringMatching(/3 users outside/),
    });
  });

  it('opens the incident beside a newer one with the same cause', async () => {
    const decisionId = await reassign();
    await restore(world.context, never);
    const first = await world.incident();
    await world.store.incidents.commit({
      incidents: [{ ...first, id: 'newer', revision: 1, status: 'open', changeIds: [] }],
      verdicts: [],
      settled: [],
      outbox: [],
    });
    const outcome = await decide(
      world.context,
      { kind: 'undo', incidentId: first.id, decisionId },
      LEE,
      OPERATOR,
    );
    expect(outcome).toEqual({ kind: 'accepted' });
    expect(await world.store.incidents.open()).toHaveLength(2);
  });
});
