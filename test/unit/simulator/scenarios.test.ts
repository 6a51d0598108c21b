import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../src/domain/durations.ts';
import { SCENARIOS } from '../../../src/simulator/scenarios/all.ts';
import { FORUM_ISSUE_ID, FORUM_VICTIMS } from '../../../src/simulator/scenarios/forum.ts';
import { startSimulator } from '../../../src/simulator/start.ts';
import { aManualClock } from '../../builders/manual-clock.ts';
import { aSimulatedTenant } from '../../builders/simulator/simulated-tenant.ts';

const STANDARD = 'f245ecc8-75af-4f8e-b61f-27d8114de5f3';

describe('every scenario', () => {
  it.each(SCENARIOS.map((scenario) => scenario.name))(
    '%s plays to its end without an error',
    async (name) => {
      const tenant = await aSimulatedTenant({ scenario: name });
      tenant.simulator.tenant.play();
      tenant.simulator.tenant.step(DAY_MS);
      expect(tenant.simulator.tenant.idle()).toBe(true);
      await tenant.close();
    },
  );

  it.each(SCENARIOS.map((scenario) => scenario.name))('%s has seats for what is used', async (name) => {
    const tenant = await aSimulatedTenant({ scenario: name, users: 2000 });
    for (const { sku } of SCENARIOS[0]?.purchases ?? []) {
      const state = tenant.simulator.tenant.sku(sku);
      expect(state?.consumed).toBeLessThanOrEqual(state?.seats ?? -1);
    }
    await tenant.close();
  });

  it('has a name that is refused with the known ones when it is wrong', async () => {
    await expect(startSimulator({ scenario: 'nothing', clock: aManualClock() })).rejects.toThrow(
      /Known ones: forum/,
    );
  });
});

describe('forum', () => {
  it('takes Business Standard from five people, and no log says so', async () => {
    const tenant = await aSimulatedTenant({ scenario: 'forum' });
    const holds = () =>
      FORUM_VICTIMS.filter((upn) =>
        tenant.simulator.tenant.user(upn)?.licenses.some((license) => license.skuId === STANDARD),
      );
    expect(holds()).toHaveLength(5);
    tenant.simulator.tenant.play();
    expect(holds()).toHaveLength(5);
    tenant.clock.advance(30_000);
    expect(holds()).toHaveLength(0);
    tenant.clock.advance(12 * HOUR_MS);
    expect(await tenant.everything('/v1.0/auditLogs/directoryAudits')).toEqual([]);
    const issues = await tenant.everything('/v1.0/admin/serviceAnnouncement/issues');
    expect(issues).toMatchObject([{ id: FORUM_ISSUE_ID, isResolved: false, classification: 'incident' }]);
    await tenant.close();
  });

  it('goes faster with speed, and two plays of one seed are equal', async () => {
    const play = async () => {
      const tenant = await aSimulatedTenant({ scenario: 'admin-removes-one', speed: 10 });
      tenant.simulator.tenant.play();
      tenant.clock.advance(3000);
      const records = await tenant.everything('/v1.0/auditLogs/directoryAudits');
      await tenant.close();
      return records;
    };
    const first = await play();
    expect(first).toHaveLength(1);
    expect(await play()).toEqual(first);
  });
});

describe('subscription-lapses', () => {
  it('moves through grace and suspension before the licenses go', async () => {
    const tenant = await aSimulatedTenant({ scenario: 'subscription-lapses' });
    tenant.simulator.tenant.play();
    const seen = [];
    for (const seconds of [0, 11, 30, 30]) {
      tenant.clock.advance(seconds * 1000);
      const sku = tenant.simulator.tenant.sku('VISIOCLIENT');
      seen.push([sku?.capabilityStatus, sku?.seats, sku?.consumed]);
    }
    expect(seen).toEqual([
      ['Enabled', 4, 3],
      ['Warning', 4, 3],
      ['Suspended', 0, 3],
      ['LockedOut', 0, 0],
    ]);
    await tenant.close();
  });
});
