import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR_MS, WEEK_MS } from '../../../src/domain/durations.ts';
import {
  aSimulatedTenant,
  errorOf,
  type SimulatedTenant,
} from '../../builders/simulator/simulated-tenant.ts';

const TYPE = 'contentType=Audit.AzureActiveDirectory';
let tenant: SimulatedTenant;
beforeEach(async () => {
  tenant = await aSimulatedTenant();
});
afterEach(() => tenant.close());

const call = (method: string, path: string) =>
  tenant.ask(`/api/v1.0/${tenant.simulator.tenantId}/activity/feed/${path}`, { method });
const start = () => call('POST', `subscriptions/start?${TYPE}`);
const content = (more = '') => call('GET', `subscriptions/content?${TYPE}${more}`);
const removeLicense = (user: string) =>
  tenant.simulator.tenant.act({ kind: 'remove-license', users: [user], sku: 'O365_BUSINESS_PREMIUM' });

describe('subscriptions', () => {
  it('start, are listed, and stop', async () => {
    expect((await start()).json).toMatchObject({ status: 'enabled' });
    expect((await call('GET', 'subscriptions/list')).json).toEqual([
      { contentType: 'Audit.AzureActiveDirectory', status: 'enabled', webhook: null },
    ]);
    expect((await call('POST', `subscriptions/stop?${TYPE}`)).status).toBe(200);
    expect((await call('GET', 'subscriptions/list')).json).toEqual([]);
  });

  it('say AF20024 when started twice', async () => {
    await start();
    const answer = await start();
    expect(answer.status).toBe(400);
    expect(errorOf(answer)).toEqual({
      code: 'AF20024',
      message: 'The subscription is already enabled. No property change.',
    });
  });

  it('say that the tenant does not exist while auditing is off', async () => {
    tenant.simulator.tenant.act({ kind: 'set-auditing', enabled: false });
    expect(errorOf(await start()).message).toBe(
      `Microsoft.Office.Compliance.Audit.DataServiceException: Tenant ${tenant.simulator.tenantId} does not exist.`,
    );
  });

  it.each([
    ['without a content type', 'subscriptions/start', 'AF20001'],
    ['for an unknown content type', 'subscriptions/start?contentType=Audit.Nothing', 'AF20020'],
  ])('are refused %s', async (_what, path, code) => {
    expect(errorOf(await call('POST', path)).code).toBe(code);
  });

  it('are refused for another tenant, for a tenant that is no GUID, and without the permission', async () => {
    const path = (id: string) => `/api/v1.0/${id}/activity/feed/subscriptions/list`;
    const other = await tenant.ask(path('11111111-1111-4111-8111-111111111111'));
    expect(errorOf(other).code).toBe('AF20010');
    expect(errorOf(await tenant.ask(path('contoso.com'))).code).toBe('AF20013');
    tenant.simulator.tenant.permit('ActivityFeed.Read', false);
    const answer = await call('GET', 'subscriptions/list');
    expect(answer.status).toBe(401);
    expect(errorOf(answer).code).toBe('AF10001');
  });
});

describe('content', () => {
  it('is closed without a subscription', async () => {
    expect(errorOf(await content()).code).toBe('AF20022');
  });

  it.each([
    ['only a start', '&startTime=2026-11-23T08:00:00'],
    ['a time with Z', '&startTime=2026-11-23T08:00:00Z&endTime=2026-11-23T09:00:00Z'],
    ['more than a day', '&startTime=2026-11-22T07:00:00&endTime=2026-11-23T08:00:00'],
    ['more than a week ago', '&startTime=2026-11-15T07:00:00&endTime=2026-11-15T08:00:00'],
    ['an end before the start', '&startTime=2026-11-23T08:00:00&endTime=2026-11-23T07:00:00'],
  ])('refuses %s', async (_what, window) => {
    await start();
    const answer = await content(window);
    expect(answer.status).toBe(400);
    expect(errorOf(answer).code).toBe('AF20030');
  });

  it('is listed by the time it was made, half open, not by the time of the events', async () => {
    await start();
    removeLicense('zoe.mueller@contoso.com');
    tenant.clock.advance(2 * HOUR_MS);
    const listed = async (from: string, to: string) =>
      (await content(`&startTime=2026-11-23T${from}&endTime=2026-11-23T${to}`)).json as unknown[];
    expect(await listed('09:00:00', '10:00:00')).toHaveLength(0);
    expect(await listed('10:00:00', '11:00:00')).toHaveLength(1);
  });

  it('pages through NextPageUri', async () => {
    await start();
    tenant.simulator.tenant.behave({ activityPageSize: 1 });
    for (const user of ['zoe.mueller@contoso.com', 'wei.zhang@contoso.com', 'alexw@contoso.com']) {
      removeLicense(user);
      tenant.clock.advance(1000);
    }
    tenant.clock.advance(2 * HOUR_MS);
    const seen: string[] = [];
    let answer = await content();
    for (;;) {
      seen.push(...(answer.json as { contentId: string }[]).map((item) => item.contentId));
      const next = answer.headers.nextpageuri;
      if (typeof next !== 'string') break;
      answer = await tenant.ask(next);
    }
    expect(new Set(seen).size).toBe(3);
  });

  it('opens only what came after the start, and expires after a week', async () => {
    removeLicense('zoe.mueller@contoso.com');
    tenant.clock.advance(2 * HOUR_MS);
    await start();
    removeLicense('wei.zhang@contoso.com');
    tenant.clock.advance(2 * HOUR_MS);
    const items = (await content()).json as { contentUri: string; contentId: string }[];
    expect(items).toHaveLength(1);
    expect(items[0]?.contentId).toContain('$');
    expect((await tenant.ask(items[0]?.contentUri ?? '')).status).toBe(200);
    tenant.clock.advance(WEEK_MS);
    expect(errorOf(await tenant.ask(items[0]?.contentUri ?? '')).code).toBe('AF20051');
    expect(errorOf(await call('GET', 'audit/unknown')).code).toBe('AF20050');
  });

  it('holds records of any kind that an act brings', async () => {
    await call('POST', 'subscriptions/start?contentType=Audit.Exchange');
    const record = { Id: 'r1', CreationTime: '2026-11-23T08:00:00', Operation: 'Set-Mailbox', RecordType: 1 };
    tenant.simulator.tenant.act({
      kind: 'activity-record',
      contentType: 'Audit.Exchange',
      record,
      activityDelay: 60,
    });
    tenant.clock.advance(60_001);
    const list = await call('GET', 'subscriptions/content?contentType=Audit.Exchange');
    const [item] = list.json as { contentUri: string }[];
    expect((await tenant.ask(item?.contentUri ?? '')).json).toEqual([record]);
  });
});
