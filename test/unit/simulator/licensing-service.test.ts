import { afterEach, describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../../src/domain/audit/event.ts';
import { isRestamp } from '../../../src/domain/audit/property-value.ts';
import { isCarriedOut } from '../../../src/domain/audit/system-actors.ts';
import { HOUR_MS } from '../../../src/domain/durations.ts';
import { normaliseActivityRecord } from '../../../src/microsoft365/bodies/audit/activity-record.ts';
import { normaliseDirectoryAudit } from '../../../src/microsoft365/bodies/audit/directory-audit.ts';
import type { Normalised } from '../../../src/microsoft365/bodies/audit/normalised.ts';
import type { Behaviour } from '../../../src/simulator/tenant/behaviour.ts';
import { aSimulatedTenant, type SimulatedTenant } from '../../builders/simulator/simulated-tenant.ts';

const VISIO = 'c5928f49-12ba-48f7-ada3-0d743a3601d5';

let tenant: SimulatedTenant;
afterEach(() => tenant.close());

async function play(licenseRecords: Behaviour['licenseRecords']): Promise<void> {
  tenant = await aSimulatedTenant();
  await tenant.ask(
    `/api/v1.0/${tenant.simulator.tenantId}/activity/feed/subscriptions/start?contentType=Audit.AzureActiveDirectory`,
    { method: 'POST' },
  );
  tenant.simulator.tenant.behave({ licenseRecords });
}
const takeVisio = () =>
  tenant.simulator.tenant.act({ kind: 'remove-license', users: ['leeg@contoso.com'], sku: 'VISIOCLIENT' });
const giveVisio = () =>
  tenant.simulator.tenant.act({ kind: 'assign-license', users: ['leeg@contoso.com'], sku: 'VISIOCLIENT' });

const eventsOf = (bodies: readonly unknown[], normalise: (body: unknown) => Normalised): AuditEvent[] =>
  bodies.map((body) => {
    const taken = normalise(body);
    if (!taken.ok) throw new Error(taken.reason);
    return taken.event;
  });

/** What both logs hold, as the bot reads it. */
async function logged(): Promise<{ directory: AuditEvent[]; activity: AuditEvent[] }> {
  const directory = await tenant.everything('/v1.0/auditLogs/directoryAudits');
  const list = await tenant.ask(
    `/api/v1.0/${tenant.simulator.tenantId}/activity/feed/subscriptions/content?contentType=Audit.AzureActiveDirectory`,
  );
  const blobs = await Promise.all(
    (list.json as { contentUri: string }[]).map(({ contentUri }) => tenant.ask(contentUri)),
  );
  return {
    directory: eventsOf(directory, normaliseDirectoryAudit),
    activity: eventsOf(
      blobs.flatMap(({ json }) => json as unknown[]),
      normaliseActivityRecord,
    ),
  };
}

describe('license records of Microsoft’s licensing service', () => {
  it('come as a pair of its own in both logs, name nobody else, and show the products', async () => {
    await play('licensing-service');
    takeVisio();
    tenant.clock.advance(2 * HOUR_MS);
    const { directory, activity } = await logged();
    for (const log of [directory, activity]) {
      expect(log.map(({ operation }) => operation).sort()).toEqual(['Change user license', 'Update user']);
      expect(new Set(log.map(({ correlationId }) => correlationId)).size).toBe(1);
      expect(log.every(isCarriedOut)).toBe(true);
      const { before, after } = log.find(({ licenses }) => licenses !== null)?.licenses ?? {
        before: [],
        after: [],
      };
      const gone = before.filter(({ skuId }) => !after.some((kept) => kept.skuId === skuId));
      expect(gone.map(({ skuId }) => skuId)).toEqual([VISIO]);
    }
  });

  it('are those of the people themselves as it was before, and every other one when mixed', async () => {
    await play('mixed');
    takeVisio();
    giveVisio();
    tenant.clock.advance(2 * HOUR_MS);
    const { directory } = await logged();
    const changes = directory.filter(({ operation }) => operation === 'Change user license');
    expect(changes.map(isCarriedOut).sort()).toEqual([false, true]);
    await tenant.close();
    await play('before');
    takeVisio();
    tenant.clock.advance(2 * HOUR_MS);
    expect((await logged()).directory.some(isCarriedOut)).toBe(false);
  });

  it('follow a membership of any group with a stamp that changes nothing', async () => {
    await play('licensing-service');
    const group = tenant.simulator.tenant;
    group.act({ kind: 'add-member', group: 'Sales Benelux', users: ['leeg@contoso.com'] });
    tenant.clock.advance(2 * HOUR_MS);
    const { directory } = await logged();
    const [joined] = directory.filter(({ operation }) => operation === 'Add member to group');
    const [stamp] = directory.filter(({ operation }) => operation === 'Change user license');
    expect(isRestamp(stamp?.modified ?? [])).toBe(true);
    expect(stamp?.correlationId).not.toBe(joined?.correlationId);
    expect((stamp?.at ?? 0) - (joined?.at ?? 0)).toBe(23_000);
  });
});
