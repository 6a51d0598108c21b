import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StepAction } from '../../../src/domain/restore/step.ts';
import { aConnectedTenant, type TenantUnderTest } from './a-connected-tenant.ts';

const E3 = '05e9a617-0261-4cee-bb44-138d3ef5d965';
const VISIO = 'c5928f49-12ba-48f7-ada3-0d743a3601d5';

let world: TenantUnderTest;
beforeEach(async () => {
  world = await aConnectedTenant();
});
afterEach(() => world.close());

const swap = (name: string, from: string, to: string): StepAction => ({
  kind: 'swap',
  userId: world.user(name),
  licenses: [{ skuId: to, disabledPlans: [] }],
  skuIds: [from],
});
const write = (...actions: StepAction[]) => world.connected.writer.write(actions);

describe('a swap', () => {
  it('is one call, and does no harm when it is sent twice', async () => {
    const before = world.tenant.writes().length;
    expect(await write(swap('leeg', VISIO, E3))).toEqual([{ ok: true, changed: true }]);
    expect(world.tenant.writes().length - before).toBe(1);
    expect(await write(swap('leeg', VISIO, E3))).toEqual([{ ok: true, changed: false }]);
    expect(world.tenant.writes().length - before).toBe(1);
    expect(
      await world.connected.writer.alreadyApplied([swap('leeg', VISIO, E3), swap('leeg', E3, VISIO)]),
    ).toEqual([true, false]);
  });

  it('leaves everything as it was when one half is refused', async () => {
    expect(await write(swap('leeg', VISIO, '00000000-0000-4000-8000-000000000000'))).toMatchObject([
      { ok: false, retryable: false, code: 'not-owned' },
    ]);
    expect(await world.connected.writer.alreadyApplied([world.assign('leeg', VISIO)])).toEqual([true]);
  });
});
