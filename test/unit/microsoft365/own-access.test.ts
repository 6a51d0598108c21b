import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import permissions from '../../../scripts/permissions.json' with { type: 'json' };
import { TenantReadError } from '../../../src/domain/ports.ts';
import type { AccessCheck } from '../../../src/microsoft365/connect/access-check.ts';
import { ownAccess, ownIds } from '../../../src/microsoft365/connect/own-access.ts';
import { ALL_PERMISSIONS } from '../../../src/simulator/sign-in/registration.ts';
import { aConnectedTenant, type TenantUnderTest } from './a-connected-tenant.ts';
import { signal } from './a-graph.ts';

const GRANTED = new Set(permissions.flatMap((api) => api.permissions));

describe('what the tenant lets us do', () => {
  let world: TenantUnderTest;
  beforeEach(async () => {
    world = await aConnectedTenant();
    for (const permission of ALL_PERMISSIONS) world.tenant.permit(permission, GRANTED.has(permission));
  });
  afterEach(() => world.close());

  it('is everything that the script grants, and nothing that it does not', async () => {
    const { held, refused } = await world.connected.ownAccess.ask(signal);
    expect([...held].sort()).toEqual([...GRANTED].sort());
    expect([...refused].sort()).toEqual(['MailboxSettings.Read', 'User.ReadWrite.All']);
  });

  it.each([
    'AuditLog.Read.All',
    'ActivityFeed.Read',
    'Group.Read.All',
    'LicenseAssignment.ReadWrite.All',
    'User.DeleteRestore.All',
  ])('lacks %s as soon as it is taken away, also where it only writes', async (permission) => {
    await world.connected.ownAccess.ask(signal);
    world.tenant.permit(permission, false);
    const { held, refused } = await world.connected.ownAccess.ask(signal);
    expect(refused).toContain(permission);
    expect(held).not.toContain(permission);
  });

  it('names the app and its service principal', async () => {
    expect(await world.connected.ownAccess.ids(signal)).toEqual([
      world.simulator.clientId,
      expect.stringMatching(/^[0-9a-f-]{36}$/),
    ]);
  });
});

const tokenWith = (claims: object): string =>
  `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;
const tried =
  (...checks: [string, 'forbidden' | 'timeout' | null][]) =>
  async (): Promise<AccessCheck[]> =>
    checks.map(([permission, code]) => ({
      what: 'try',
      permission,
      problem: code === null ? null : { code, message: 'no' },
    }));
const ask = (token: string | Error, checks: ReturnType<typeof tried>) =>
  ownAccess(
    {
      token: async () => {
        if (token instanceof Error) throw token;
        return token;
      },
      scopes: ['graph'],
      tried: checks,
    },
    signal,
  );

describe('a token that says little', () => {
  it.each([
    ['that is no JWT', 'opaque'],
    ['of another form', tokenWith({ roles: 'User.Read.All' })],
    ['that cannot be had', new TenantReadError('unreachable', 'no')],
  ])('%s decides nothing: what was tried does', async (_what, token) => {
    const access = await ask(token, tried(['User.Read.All', null], ['AuditLog.Read.All', 'forbidden']));
    expect(access).toEqual({ held: ['User.Read.All'], refused: ['AuditLog.Read.All'] });
  });

  it('without roles is that of an app that holds nothing', async () => {
    const access = await ask(tokenWith({ appid: 'app' }), tried());
    expect(access.held).toEqual([]);
    expect(access.refused).toContain('LicenseAssignment.ReadWrite.All');
  });

  it('names larger permissions, which hold the smaller ones', async () => {
    const roles = ['Directory.Read.All', 'Group.ReadWrite.All'];
    const { held, refused } = await ask(tokenWith({ appid: 'app', roles }), tried());
    expect(held).toEqual(
      expect.arrayContaining(['User.Read.All', 'Group.Read.All', 'GroupMember.ReadWrite.All']),
    );
    expect([...refused].sort()).toEqual([
      'ActivityFeed.Read',
      'AuditLog.Read.All',
      'LicenseAssignment.ReadWrite.All',
      'MailboxSettings.Read',
      'ServiceHealth.Read.All',
      'User.DeleteRestore.All',
      'User.ReadWrite.All',
    ]);
  });

  it('leaves open what could not be tried, and asks for no ids', async () => {
    const access = await ask('opaque', tried(['User.Read.All', 'timeout']));
    expect(access).toEqual({ held: [], refused: [] });
    expect(await ownIds(async () => 'opaque', 'graph', signal)).toEqual([]);
  });

  it('refuses a permission where one of its doors stays closed', async () => {
    const access = await ask('opaque', tried(['Group.Read.All', null], ['Group.Read.All', 'forbidden']));
    expect(access).toEqual({ held: [], refused: ['Group.Read.All'] });
  });
});
