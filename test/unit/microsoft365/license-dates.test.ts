import { afterEach, describe, expect, it } from 'vitest';
import type { DatesRead } from '../../../src/domain/ports.ts';
import { GraphLicenseDates, toLicenseDates } from '../../../src/microsoft365/bodies/license-dates.ts';
import { aConnectedTenant, type TenantUnderTest } from './a-connected-tenant.ts';
import { signal } from './a-graph.ts';

const VISIO = 'c5928f49-12ba-48f7-ada3-0d743a3601d5';

describe('reading license dates', () => {
  let world: TenantUnderTest;
  const start = async (options: Parameters<typeof aConnectedTenant>[0] = {}): Promise<void> => {
    world = await aConnectedTenant(options);
  };
  afterEach(() => world.close());

  const everybody = async (from: string | null = null): Promise<{ rows: DatesRead[]; links: string[] }> => {
    const rows: DatesRead[] = [];
    const links: string[] = [];
    for (let link = from; ; ) {
      const page = await world.connected.reader.licenseDatesPage(link, signal);
      rows.push(...page.dates);
      if (page.next === null) return { rows, links };
      link = page.next;
      links.push(link);
    }
  };
  const of = async (name: string) =>
    (await world.connected.reader.licenseDatesOf([world.user(name)], signal))[0];

  it('tells of everybody on small pages, and goes on from the link of any of them', async () => {
    await start({ users: 350 });
    const { rows, links } = await everybody();
    expect(new Set(rows.map(({ userId }) => userId)).size).toBe(350);
    expect(links).toHaveLength(3);
    const rest = await everybody(links[1]);
    expect(rest.rows).toEqual(rows.slice(200));
  });

  it('needs no permission but the one to read users', async () => {
    await start();
    for (const permission of ['AuditLog.Read.All', 'LicenseAssignment.Read.All', 'Organization.Read.All']) {
      world.tenant.permit(permission, false);
    }
    expect((await everybody()).rows.length).toBeGreaterThan(0);
  });

  it('names the permission that is missing', async () => {
    await start();
    for (const held of ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All'])
      world.tenant.permit(held, false);
    await expect(everybody()).rejects.toMatchObject({ code: 'forbidden', permission: 'User.Read.All' });
  });

  it('tells when a plan came, which a change of something else does not move', async () => {
    await start();
    world.clock.advance(60_000);
    const came = world.clock.now();
    await world.connected.writer.write([world.assign('alexw', VISIO)]);
    const dates = await of('alexw');
    const plan = dates?.plans?.find(({ assignedAt }) => (assignedAt ?? 0) >= came - 1_000);
    expect(plan?.status).toBe('Enabled');
    expect(dates?.states?.find(({ skuId }) => skuId === VISIO)?.path).toBe('direct');
    const others = dates?.plans?.filter(({ assignedAt }) => (assignedAt ?? 0) < came - 1_000);
    expect(others?.length).toBeGreaterThan(0);
  });

  it('keeps a plan that is gone with its status, and tells an answer without plans from no plan', async () => {
    await start();
    await world.connected.writer.write([world.unassign('leeg', VISIO)]);
    expect((await of('leeg'))?.plans?.map(({ status }) => status)).toContain('Deleted');
    world.tenant.behave({ assignedPlans: false });
    expect(await of('leeg')).toMatchObject({ plans: null });
  });

  it('leaves out whoever is gone', async () => {
    await start();
    expect(
      await world.connected.reader.licenseDatesOf(['00000000-0000-4000-8000-000000000000'], signal),
    ).toEqual([]);
  });
});

describe('the body of license dates', () => {
  const read = (body: object) => toLicenseDates(GraphLicenseDates.parse({ id: 'ABC', ...body }));

  it.each([
    ['absent', {}, null, null],
    ['null', { assignedPlans: null, licenseAssignmentStates: null }, null, null],
    ['empty', { assignedPlans: [], licenseAssignmentStates: [] }, [], []],
    [
      'without a date',
      { assignedPlans: [{ servicePlanId: 'P' }], licenseAssignmentStates: [{ skuId: 'S' }] },
      [{ servicePlanId: 'p', status: 'unknown', assignedAt: null }],
      [],
    ],
    [
      'the first day of the calendar',
      {
        assignedPlans: [
          { servicePlanId: 'P', capabilityStatus: 'Deleted', assignedDateTime: '0001-01-01T00:00:00Z' },
        ],
        licenseAssignmentStates: [{ skuId: 'S', lastUpdatedDateTime: '0001-01-01T00:00:00Z' }],
      },
      [{ servicePlanId: 'p', status: 'Deleted', assignedAt: null }],
      [],
    ],
    [
      'of both kinds',
      {
        assignedPlans: [
          {
            servicePlanId: 'P',
            capabilityStatus: 'Enabled',
            service: 'exchange',
            assignedDateTime: '2018-03-01T00:00:00Z',
          },
        ],
        licenseAssignmentStates: [
          { skuId: 'S', assignedByGroup: 'G', lastUpdatedDateTime: '2026-11-01T00:00:00Z' },
        ],
      },
      [{ servicePlanId: 'p', status: 'Enabled', assignedAt: Date.UTC(2018, 2, 1) }],
      [{ skuId: 's', path: 'g', updatedAt: Date.UTC(2026, 10, 1) }],
    ],
  ])('that are %s', (_, body, plans, states) => {
    expect(read(body)).toEqual({ userId: 'abc', plans, states });
  });

  it.each([
    { assignedPlans: [{ servicePlanId: 7 }] },
    { assignedPlans: 'none' },
    { licenseAssignmentStates: [{ skuId: 'S', lastUpdatedDateTime: 'yesterday' }] },
  ])('of another form is refused', (body) => {
    expect(GraphLicenseDates.safeParse({ id: 'a', ...body }).success).toBe(false);
  });
});
