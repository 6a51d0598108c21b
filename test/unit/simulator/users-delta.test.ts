import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../src/domain/durations.ts';
import type { Behaviour } from '../../../src/simulator/tenant/behaviour.ts';
import {
  aSimulatedTenant,
  errorOf,
  type SimulatedTenant,
} from '../../builders/simulator/simulated-tenant.ts';

let tenant: SimulatedTenant;
beforeEach(async () => {
  tenant = await aSimulatedTenant();
});
afterEach(() => tenant.close());

type Page = { value: Record<string, unknown>[]; '@odata.nextLink'?: string; '@odata.deltaLink'?: string };

async function page(link: string, headers: Record<string, string> = {}): Promise<Page> {
  return (await tenant.ask(link, { headers })).json as Page;
}

/** Follows a round to its end. */
async function round(
  link: string,
): Promise<{ items: Record<string, unknown>[]; deltaLink: string; pages: number }> {
  const items: Record<string, unknown>[] = [];
  for (let next = link, pages = 1; ; pages += 1) {
    const one = await page(next);
    items.push(...one.value);
    const deltaLink = one['@odata.deltaLink'];
    if (deltaLink !== undefined) return { items, deltaLink, pages };
    next = one['@odata.nextLink'] ?? '';
  }
}

const latest = async (select = 'assignedLicenses,displayName') =>
  (await round(`/v1.0/users/delta?$deltatoken=latest&$select=${select}`)).deltaLink;
const removeLicense = (user: string) =>
  tenant.simulator.tenant.act({ kind: 'remove-license', users: [user], sku: 'O365_BUSINESS_PREMIUM' });

describe('users/delta', () => {
  it('begins with everybody, page by page', async () => {
    tenant.simulator.tenant.behave({ deltaPageSize: 10 });
    const { items, pages } = await round('/v1.0/users/delta?$select=displayName');
    expect(items).toHaveLength(41);
    expect(pages).toBeGreaterThan(4);
  });

  it('begins with nobody when asked from now', async () => {
    const first = await page('/v1.0/users/delta?$deltaToken=latest');
    expect(first.value).toEqual([]);
    expect(first['@odata.deltaLink']).toContain('$deltatoken=');
  });

  it('tells whose licenses changed since the link, and nobody the next time', async () => {
    const link = await latest();
    removeLicense('zoe.mueller@contoso.com');
    const changed = await round(link);
    expect(changed.items).toHaveLength(1);
    expect(changed.items[0]).toMatchObject({ displayName: 'Zoë Müller', assignedLicenses: [] });
    expect((await round(changed.deltaLink)).items).toEqual([]);
  });

  it('misses nothing that changes between two pages', async () => {
    tenant.simulator.tenant.behave({ deltaPageSize: 1 });
    const link = await latest();
    removeLicense('zoe.mueller@contoso.com');
    removeLicense('wei.zhang@contoso.com');
    const first = await page(link);
    removeLicense('alexw@contoso.com');
    const rest = await round(first['@odata.nextLink'] ?? '');
    const names = [...first.value, ...rest.items, ...(await round(rest.deltaLink)).items];
    expect(names.map((item) => item.displayName).sort()).toEqual(['Alex Wilber', 'Wei Zhang', 'Zoë Müller']);
  });

  it('does not track licenseAssignmentStates, nor what was not selected', async () => {
    const states = await latest('licenseAssignmentStates');
    const department = await latest('department');
    removeLicense('zoe.mueller@contoso.com');
    expect((await round(states)).items).toEqual([]);
    expect((await round(department)).items).toEqual([]);
  });

  it('does not tell when only the path of a license changes', async () => {
    const link = await latest();
    const { tenant: handle } = tenant.simulator;
    handle.act({ kind: 'assign-license', users: ['jonis@contoso.com'], sku: 'SPE_E3' });
    expect((await round(link)).items).toEqual([]);
  });

  it('marks deleted users as changed, and purged ones as deleted', async () => {
    const link = await latest();
    const id = tenant.simulator.tenant.user('li@contoso.com')?.id;
    tenant.simulator.tenant.act({ kind: 'delete-user', users: ['li@contoso.com'] });
    const soft = await round(link);
    expect(soft.items).toEqual([{ id, '@removed': { reason: 'changed' } }]);
    await tenant.ask(`/v1.0/directory/deletedItems/${id}`, { method: 'DELETE' });
    expect((await round(soft.deltaLink)).items).toEqual([{ id, '@removed': { reason: 'deleted' } }]);
  });

  it('sends only changed properties when the client prefers so', async () => {
    const link = await latest('displayName,department,assignedLicenses');
    removeLicense('zoe.mueller@contoso.com');
    const { value } = await page(link, { Prefer: 'return=minimal' });
    expect(Object.keys(value[0] ?? {}).sort()).toEqual(['assignedLicenses', 'id']);
  });

  it('repeats items when switched to', async () => {
    tenant.simulator.tenant.behave({ deltaDuplicates: true });
    const link = await latest();
    removeLicense('zoe.mueller@contoso.com');
    expect((await round(link)).items).toHaveLength(2);
  });

  it('watches only the ids of a filter', async () => {
    const id = tenant.simulator.tenant.user('wei.zhang@contoso.com')?.id;
    const first = await round(encodeURI(`/v1.0/users/delta?$select=assignedLicenses&$filter=id eq '${id}'`));
    expect(first.items).toHaveLength(1);
    removeLicense('zoe.mueller@contoso.com');
    removeLicense('wei.zhang@contoso.com');
    expect((await round(first.deltaLink)).items.map((item) => item.id)).toEqual([id]);
  });

  it.each(['$top=10', '$orderby=displayName', '$count=true'])('refuses %s', async (option) => {
    expect((await tenant.ask(`/v1.0/users/delta?${option}`)).status).toBe(400);
  });

  it.each<[Behaviour['deltaExpiry'], number, string]>([
    ['gone', 410, 'syncStateInvalid'],
    ['syncStateNotFound', 410, 'SyncStateNotFound'],
    ['olderThan30Days', 400, 'Request_UnsupportedQuery'],
  ])('refuses a dead token in the form "%s"', async (mode, status, code) => {
    const link = await latest();
    tenant.simulator.tenant.behave({ deltaExpiry: mode });
    tenant.simulator.tenant.expire('delta-tokens');
    const answer = await tenant.ask(link);
    expect(answer.status).toBe(status);
    expect(errorOf(answer).code).toBe(code);
    expect(answer.headers.location !== undefined).toBe(mode === 'gone');
  });

  it('lets tokens die of age', async () => {
    const link = await latest();
    tenant.clock.advance(31 * DAY_MS);
    expect(errorOf(await tenant.ask(link)).message).toBe('DeltaLink older than 30 days is not supported.');
  });
});
