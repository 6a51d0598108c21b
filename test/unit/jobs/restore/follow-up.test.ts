import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadIncidentView } from '../../../../src/answers/incident.ts';
import { HOUR_MS } from '../../../../src/domain/durations.ts';
import { TenantReadError } from '../../../../src/domain/ports.ts';
import type { RestoreStep } from '../../../../src/domain/restore/step.ts';
import { carryOut } from '../../../../src/jobs/restore/carry-out.ts';
import { followUp } from '../../../../src/jobs/restore/follow-up.ts';
import { scan } from '../../../../src/jobs/scan/scan.ts';
import { aDecision, aRestoreStep } from '../../../builders/incident/decision.ts';
import { aMorning, MEGAN, type Morning, VICTIMS } from '../../../builders/jobs/morning.ts';
import { aLicensedGroup } from '../../../builders/license/licensed-group.ts';
import { restore } from '../../../builders/restore/restore.ts';

const never = new AbortController().signal;

let world: Morning;
let steps: () => Promise<RestoreStep[]>;

beforeEach(async () => {
  world = await aMorning();
  const { id } = await world.incident();
  steps = () => world.store.decisions.steps(id);
});
afterEach(() => world.store.close());

describe('following up', () => {
  const GROUP = 'group-sales';
  const E3 = '05e9a617-0261-4cee-bb44-138d3ef5d965';
  const late = async (): Promise<string[]> => {
    const { id } = await world.incident();
    const view = await loadIncidentView(world.store, id, { now: world.clock.now(), sees: null });
    return (view?.users ?? []).flatMap(({ note }) => (note?.includes('30 minutes') ? [note] : []));
  };

  /** The five lost their licenses by leaving a group; Microsoft takes its time to give them back. */
  beforeEach(async () => {
    const { context, tenant, store, clock } = world;
    tenant.slowGroups = true;
    tenant.state = {
      ...tenant.state,
      groups: [aLicensedGroup({ id: GROUP, assignedLicenses: [{ skuId: E3, disabledPlans: [] }] })],
    };
    const { id } = await world.incident();
    await store.incidents.commit({
      incidents: [],
      verdicts: [],
      settled: [],
      outbox: [],
      decisions: [aDecision({ at: clock.now(), incidentId: id, by: MEGAN })],
      steps: VICTIMS.map((userId, index) =>
        aRestoreStep({
          stepNo: index + 1,
          action: { kind: 'add-to-group', userId, groupId: GROUP },
          undo: { kind: 'remove-from-group', userId, groupId: GROUP },
          userIds: [userId],
          updatedAt: clock.now(),
        }),
      ),
    });
    await scan(context, { kind: 'full' }, never);
  });

  const targeted = async (): Promise<number> =>
    (await world.store.scans.recent(100)).filter(({ kind }) => kind === 'targeted').length;
  const beatFor = async (minutes: number): Promise<void> => {
    for (let at = 0; at < minutes * 12; at++) {
      world.clock.advance(5_000);
      await followUp(world.context, never);
    }
  };

  it('reads those again whom the group has not reached, with growing pauses', async () => {
    await restore(world.context, never);
    expect((await world.incident()).status).toBe('open');
    await beatFor(1);
    expect(await targeted()).toBe(3);
    world.tenant.processGroups();
    await beatFor(2);
    expect((await world.incident()).status).toBe('restored');
    await beatFor(30);
    expect(await targeted()).toBe(4);
  });

  it('says once, after half an hour, that Microsoft has not applied it', async () => {
    await restore(world.context, never);
    await beatFor(29);
    const { revision } = await world.incident();
    expect(await late()).toEqual([]);
    await beatFor(3);
    expect((await world.incident()).revision).toBe(revision + 1);
    expect(await late()).toHaveLength(5);
    await beatFor(60);
    expect((await world.incident()).revision).toBe(revision + 1);
  });

  describe('of members whom their group left out', () => {
    /** All five were in the group all along: to add them changes nothing. */
    const members = (): void => {
      world.tenant.members.set(GROUP, new Set(VICTIMS));
    };

    it('has Microsoft process them again, once', async () => {
      members();
      expect(await restore(world.context, never)).toBe(10);
      expect((await steps()).map(({ action, status }) => [action.kind, status])).toEqual([
        ...Array(5).fill(['add-to-group', 'already']),
        ...Array(5).fill(['reprocess', 'done']),
      ]);
      await beatFor(1);
      expect((await world.incident()).status).toBe('restored');
      await beatFor(31);
      expect(await steps()).toHaveLength(10);
    });

    it('asks only for as many as there are seats, and tells the others why not', async () => {
      members();
      world.tenant.state = {
        ...world.tenant.state,
        skus: world.tenant.state.skus.map((sku) => ({ ...sku, enabled: sku.consumed + 2 })),
      };
      await restore(world.context, never);
      await beatFor(1);
      const again = (await steps()).filter(({ action }) => action.kind === 'reprocess');
      expect(again.map(({ status, code }) => [status, code])).toEqual([
        ...Array(2).fill(['done', null]),
        ...Array(3).fill(['refused', 'no-seats']),
      ]);
      expect((await world.incident()).restoredUserIds).toHaveLength(2);
    });

    it('asks nothing while the seats cannot be read, and asks when they can', async () => {
      members();
      const tenantState = world.tenant.tenantState.bind(world.tenant);
      world.tenant.tenantState = async () => {
        throw new TenantReadError('unreachable', 'Graph does not answer.');
      };
      await restore(world.context, never);
      expect(await steps()).toHaveLength(5);
      world.tenant.tenantState = tenantState;
      await beatFor(1);
      expect(await steps()).toHaveLength(10);
    });
  });

  it('brings the card up to date also when the process died right after the last write', async () => {
    await carryOut(world.context, never);
    const { revision } = await world.incident();
    world.clock.advance(3 * HOUR_MS);
    await followUp(world.context, never);
    expect((await world.incident()).revision).toBeGreaterThan(revision);
  });

  it('tells the card what was done even when the tenant cannot be read', async () => {
    await carryOut(world.context, never);
    const { revision } = await world.incident();
    world.tenant.usersById = async () => {
      throw new TenantReadError('unreachable', 'Graph does not answer.');
    };
    await followUp(world.context, never);
    expect((await world.incident()).revision).toBe(revision + 1);
  });
});
