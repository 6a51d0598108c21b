import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/domain/durations.ts';
import type { AuditVariant } from '../../../src/simulator/audit/fact.ts';
import { ALEX, CALLING_GROUP, WITH_CALLING_PLANS } from '../../builders/simulator/calling-plans.ts';
import {
  aSimulatedTenant,
  errorOf,
  type SimulatedTenant,
} from '../../builders/simulator/simulated-tenant.ts';

let tenant: SimulatedTenant;
beforeEach(async () => {
  tenant = await aSimulatedTenant();
  for (const path of ['start?contentType=Audit.AzureActiveDirectory'])
    await feed('POST', `subscriptions/${path}`);
});
afterEach(() => tenant.close());

const feed = (method: string, path: string) =>
  tenant.ask(`/api/v1.0/${tenant.simulator.tenantId}/activity/feed/${path}`, { method });
const directory = () => tenant.everything('/v1.0/auditLogs/directoryAudits');

/** Every unified record that has arrived, copies included. */
async function activity(): Promise<Record<string, unknown>[]> {
  const list = await feed('GET', 'subscriptions/content?contentType=Audit.AzureActiveDirectory');
  const blobs = list.json as { contentUri: string }[];
  const records = await Promise.all(blobs.map((blob) => tenant.ask(blob.contentUri)));
  return records.flatMap((answer) => answer.json as Record<string, unknown>[]);
}

const removeVisio = (audit: AuditVariant) =>
  tenant.simulator.tenant.act({
    kind: 'remove-license',
    users: ['leeg@contoso.com'],
    sku: 'VISIOCLIENT',
    audit,
  });

type Properties = { displayName: string; oldValue: string | null; newValue: string | null }[];
type Targets = { modifiedProperties: Properties }[];
const propertiesOf = (record: Record<string, unknown> | undefined): Properties =>
  ((record?.targetResources ?? []) as Targets)[0]?.modifiedProperties ?? [];

describe('a license change in directoryAudits', () => {
  it('comes after the delay of the log, newest first', async () => {
    removeVisio('full');
    expect(await directory()).toEqual([]);
    tenant.clock.advance(2 * MINUTE_MS);
    expect(await directory()).toHaveLength(1);
  });

  it('carries both sets in bracket notation in its full form', async () => {
    removeVisio('full');
    tenant.clock.advance(HOUR_MS);
    const [record] = await directory();
    expect(record).toMatchObject({
      activityDisplayName: 'Change user license',
      result: 'success',
      initiatedBy: { user: { userPrincipalName: 'anna.kowalska@contoso.com' }, app: null },
    });
    const licenses = propertiesOf(record).find((one) => one.displayName === 'AssignedLicense');
    expect(JSON.parse(licenses?.oldValue ?? '')).toHaveLength(2);
    expect(JSON.parse(licenses?.newValue ?? '')).toEqual([
      `[SkuName=O365_BUSINESS_PREMIUM, AccountId=${tenant.simulator.tenantId}, SkuId=f245ecc8-75af-4f8e-b61f-27d8114de5f3, DisabledPlans=[]]`,
    ]);
  });

  it('is an empty record and a twin with the same correlation id', async () => {
    removeVisio('empty-with-twin');
    tenant.clock.advance(HOUR_MS);
    const records = await directory();
    expect(records.map((record) => record.activityDisplayName).sort()).toEqual([
      'Change user license',
      'Update user',
    ]);
    expect(new Set(records.map((record) => record.correlationId)).size).toBe(1);
    const change = records.find((record) => record.activityDisplayName === 'Change user license');
    expect(propertiesOf(change)).toEqual([]);
  });

  it('can be put together from its fragments', async () => {
    removeVisio('sequenced');
    tenant.clock.advance(HOUR_MS);
    const parts = (await directory()).map((record) => {
      const details = record.additionalDetails as { key: string; value: string }[];
      return Object.fromEntries(details.map(({ key, value }) => [key, value]));
    });
    expect(parts.length).toBeGreaterThan(1);
    expect(new Set(parts.map((part) => part.c))).toEqual(new Set([String(parts.length)]));
    const text = parts
      .sort((a, b) => Number(a.seq) - Number(b.seq))
      .map((part) => part.b)
      .join('');
    const { targetUpdatedProperties } = JSON.parse(text) as { targetUpdatedProperties: string };
    expect(JSON.parse(targetUpdatedProperties)[0]).toMatchObject({ Name: 'AssignedLicense' });
  });

  it('is not there at all', async () => {
    removeVisio('missing');
    tenant.clock.advance(DAY_MS - 1);
    expect(await directory()).toEqual([]);
    expect(await activity()).toEqual([]);
  });

  it('is there twice with one id', async () => {
    removeVisio('duplicate');
    tenant.clock.advance(HOUR_MS);
    const records = await directory();
    expect(records).toHaveLength(2);
    expect(records[0]?.id).toBe(records[1]?.id);
  });

  it('names the group licensing account in the chosen spelling, or not at all', async () => {
    const { tenant: handle } = tenant.simulator;
    handle.behave({ groupLicensingName: 'absent' });
    handle.act({ kind: 'remove-member', group: 'LIC-E3', users: ['jonis@contoso.com'] });
    tenant.clock.advance(MINUTE_MS);
    await tenant.ask('/v1.0/organization');
    tenant.clock.advance(HOUR_MS);
    const [license, member] = await directory();
    expect(license).toMatchObject({
      activityDisplayName: 'Change user license',
      initiatedBy: { user: null, app: null },
    });
    expect(propertiesOf(license)).toContainEqual({
      displayName: 'Action Client Name',
      oldValue: null,
      newValue: '"PropagationService"',
    });
    expect(member?.activityDisplayName).toBe('Remove member from group');
    expect(propertiesOf(member)).toContainEqual({
      displayName: 'Group.DisplayName',
      oldValue: '"LIC-E3"',
      newValue: null,
    });
  });

  it('says why a group assignment failed', async () => {
    await tenant.close();
    tenant = await aSimulatedTenant({ scenario: WITH_CALLING_PLANS });
    tenant.simulator.tenant.act({ kind: 'add-member', group: CALLING_GROUP, users: [ALEX] });
    tenant.clock.advance(MINUTE_MS);
    await tenant.ask('/v1.0/organization');
    tenant.clock.advance(HOUR_MS);
    const failed = (await directory()).find((record) => record.result === 'failure');
    expect(failed?.resultReason).toContain('mutually exclusive');
  });
});

describe('directoryAudits', () => {
  const filtered = (filter: string) =>
    tenant.everything(`/v1.0/auditLogs/directoryAudits?$filter=${encodeURIComponent(filter)}`);

  beforeEach(() => {
    removeVisio('full');
    tenant.clock.advance(HOUR_MS);
    tenant.simulator.tenant.act({
      kind: 'update-user',
      user: 'wei.zhang@contoso.com',
      set: { department: 'QA' },
    });
    tenant.clock.advance(HOUR_MS);
  });

  it.each([
    ['activityDateTime ge 2026-11-23T10:00:00Z', ['Update user']],
    [
      'activityDateTime ge 2026-11-23T09:00:00Z and activityDateTime lt 2026-11-23T10:00:00Z',
      ['Change user license'],
    ],
    ["activityDisplayName eq 'Change user license'", ['Change user license']],
    ["startswith(activityDisplayName,'Update')", ['Update user']],
    [
      "initiatedBy/user/userPrincipalName eq 'anna.kowalska@contoso.com'",
      ['Update user', 'Change user license'],
    ],
  ])('filters by %s', async (filter, expected) => {
    expect((await filtered(filter)).map((record) => record.activityDisplayName)).toEqual(expected);
  });

  it('filters by target', async () => {
    const id = tenant.simulator.tenant.user('leeg@contoso.com')?.id;
    const records = await filtered(`targetResources/any(t:t/id eq '${id}')`);
    expect(records.map((record) => record.activityDisplayName)).toEqual(['Change user license']);
  });

  it('refuses a filter on result', async () => {
    const answer = await tenant.ask(encodeURI("/v1.0/auditLogs/directoryAudits?$filter=result eq 'failure'"));
    expect(errorOf(answer).code).toBe('Request_UnsupportedQuery');
  });

  it('pages', async () => {
    const records = await tenant.everything('/v1.0/auditLogs/directoryAudits?$top=1');
    expect(records).toHaveLength(2);
  });

  it('lets five requests through in ten seconds when the throttle is on', async () => {
    tenant.simulator.tenant.behave({ reportThrottle: true });
    const statuses = [];
    for (let count = 0; count < 6; count += 1) {
      statuses.push((await tenant.ask('/v1.0/auditLogs/directoryAudits')).status);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    const refused = await tenant.ask('/v1.0/auditLogs/directoryAudits');
    expect(refused.headers['retry-after']).toBe('10');
    tenant.clock.advance(10_001);
    expect((await tenant.ask('/v1.0/auditLogs/directoryAudits')).status).toBe(200);
  });

  it('is closed to tenants without a premium license', async () => {
    tenant.simulator.tenant.behave({ premium: false });
    const answer = await tenant.ask('/v1.0/auditLogs/directoryAudits');
    expect(answer.status).toBe(403);
    expect(errorOf(answer).code).toBe('Authentication_RequestFromNonPremiumTenantOrB2CTenant');
  });

  it('never logs a usage location', async () => {
    tenant.simulator.tenant.act({
      kind: 'update-user',
      user: 'wei.zhang@contoso.com',
      set: { usageLocation: null },
    });
    tenant.clock.advance(HOUR_MS);
    const [record] = await directory();
    expect(JSON.stringify(record)).not.toContain('sageLocation');
  });
});

describe('a license change in the unified audit log', () => {
  it('is an empty record with a dot and a twin that tells, an hour later', async () => {
    removeVisio('full');
    tenant.clock.advance(HOUR_MS - 1);
    expect(await activity()).toEqual([]);
    tenant.clock.advance(1);
    const records = await activity();
    expect(records.map((record) => record.Operation)).toEqual(['Change user license.', 'Update user.']);
    expect(records[0]).toMatchObject({ ModifiedProperties: [], RecordType: 8, UserType: 0 });
    expect(records[0]?.InterSystemsId).toBe(records[1]?.InterSystemsId);
    expect(records[0]?.IntraSystemId).toBe(records[1]?.IntraSystemId);
    expect(records[0]?.CreationTime).toBe('2026-11-23T09:00:00');
    expect(records[1]?.ModifiedProperties).toContainEqual({
      Name: 'AssignedLicense',
      OldValue: expect.stringMatching(/^\[\r\n {2}"\[SkuName=/),
      NewValue: expect.stringMatching(/^\[\r\n {2}"\[SkuName=/),
    });
  });

  it('comes twice when duplicated, the second time later', async () => {
    removeVisio('duplicate');
    tenant.clock.advance(HOUR_MS);
    expect(await activity()).toHaveLength(2);
    tenant.clock.advance(HOUR_MS);
    expect(await activity()).toHaveLength(4);
  });

  it('is never written while auditing is off', async () => {
    tenant.simulator.tenant.act({ kind: 'set-auditing', enabled: false });
    removeVisio('full');
    tenant.clock.advance(2 * HOUR_MS);
    expect(await activity()).toEqual([]);
    expect(await directory()).toHaveLength(1);
  });
});
