import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { isConcluded } from '../../../src/domain/restore/step.ts';
import { CAST } from './cast.ts';
import { Stage } from './stage.ts';

const { operator: megan, removed: lee, scoped, reader } = CAST;
const stage = new Stage();
beforeAll(() => stage.start());
afterAll(() => stage.stop());

const tenant = () => stage.bot.simulator.tenant;
const assigned = () =>
  tenant()
    .writes()
    .filter(({ target }) => target.endsWith('/assignlicense'));
const concluded = async (incidentId: string): Promise<boolean> => {
  const steps = await stage.store.decisions.steps(incidentId);
  return steps.length > 0 && steps.every(isConcluded);
};

describe('what the tenant sees', () => {
  it('is nothing of those who may not, and each user once of those who press at the same second', async () => {
    const incidentId = stage.bot.incidentId;
    const data = { incidentId, who: 'all' };
    await Promise.all([
      stage.press(reader, 'channel', 'reassign', data),
      stage.press(CAST.nobody, 'channel', 'reassign', data),
    ]);
    expect(await stage.store.decisions.byIncident(incidentId)).toEqual([]);
    expect(tenant().writes()).toEqual([]);

    await Promise.all(
      [megan, lee, scoped, megan].map((who) => stage.press(who, 'channel', 'reassign', data)),
    );
    await vi.waitUntil(() => concluded(incidentId), { timeout: 20_000 });
    const decisions = await stage.store.decisions.byIncident(incidentId);
    const covered = decisions.flatMap(({ kind, userIds }) =>
      kind === 'reassign' ? (userIds ?? ['everybody']) : [],
    );
    expect(new Set(covered).size).toBe(covered.length);
    const targets = assigned().map(({ target }) => target);
    expect(new Set(targets).size).toBe(targets.length);
    expect(targets.length).toBe((await stage.store.decisions.steps(incidentId)).length);
  });

  it('is one undo of a reassign, however often it is pressed', async () => {
    const incidentId = stage.bot.incidentId;
    const [reassign] = await stage.store.decisions.byIncident(incidentId);
    const before = assigned().length;
    const steps = await stage.store.decisions.stepsOf(reassign?.id ?? '');
    const data = { incidentId, decisionId: reassign?.id };
    await Promise.all([megan, lee, megan].map((who) => stage.press(who, 'channel', 'undo', data)));
    await vi.waitUntil(() => concluded(incidentId), { timeout: 20_000 });
    await stage.press(megan, 'channel', 'undo', data);
    const kinds = (await stage.store.decisions.byIncident(incidentId)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'undo')).toHaveLength(1);
    expect(assigned()).toHaveLength(before + steps.length);
  });
});
