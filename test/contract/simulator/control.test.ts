import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../src/domain/durations.ts';
import type { Simulator } from '../../../src/simulator/start.ts';
import { aSimulatedTenant, type SimulatedTenant, send } from '../../builders/simulator/simulated-tenant.ts';

let tenant: SimulatedTenant;
beforeEach(async () => {
  tenant = await aSimulatedTenant({ scenario: 'forum' });
});
afterEach(() => tenant.close());

const control = (method: string, path: string, body?: unknown, token = tenant.simulator.controlToken) =>
  tenant.ask(`/_simulator${path}`, { method, body, token });

const GROUP = '5d1e7c1a-6a57-4b6e-8a7e-3a9f0c2d4b10';

describe('the control endpoint', () => {
  it('is closed without its token', async () => {
    expect((await control('POST', '/play', {}, 'guess')).status).toBe(401);
    expect((await tenant.ask('/_simulator/requests')).status).toBe(401);
  });

  it('plays, steps the clock and tells a user', async () => {
    expect((await control('POST', '/play', {})).status).toBe(204);
    expect((await control('POST', '/step', { ms: MINUTE_MS })).status).toBe(204);
    const user = (await control('GET', '/users/rick@contoso.com')).json;
    expect(user).toMatchObject({ displayName: 'Rick van Oosterhout', licenses: [{ disabledPlans: [] }] });
    expect((await control('GET', '/state')).json).toMatchObject({ idle: true });
  });

  it('makes things happen, and says why not', async () => {
    const act = { kind: 'remove-license', users: ['alexw@contoso.com'], sku: 'O365_BUSINESS_PREMIUM' };
    expect((await control('POST', '/acts', act)).status).toBe(204);
    const again = await control('POST', '/acts', act);
    expect(again.status).toBe(409);
    expect(again.text).toContain('User does not have a corresponding license.');
    expect((await control('POST', '/acts', { kind: 'dance' })).status).toBe(400);
  });

  it('sets faults, switches and permissions', async () => {
    const fault = { path: '/v1.0/users', times: 1, effect: { kind: 'status', status: 500 } };
    await control('POST', '/faults', fault);
    expect((await tenant.ask('/v1.0/users')).status).toBe(500);
    await control('POST', '/behaviour', { premium: false });
    expect((await tenant.ask('/v1.0/auditLogs/directoryAudits')).status).toBe(403);
    expect((await control('POST', '/behaviour', { mood: 'bad' })).status).toBe(400);
    await control('POST', '/permissions', { permission: 'ServiceHealth.Read.All', granted: false });
    expect((await tenant.ask('/v1.0/admin/serviceAnnouncement/issues')).status).toBe(403);
  });

  it('counts requests by route', async () => {
    await tenant.ask('/v1.0/users/rick@contoso.com');
    await tenant.ask('/v1.0/users/alexw@contoso.com');
    const counted = (await control('GET', '/requests')).json;
    expect(counted).toMatchObject({ routes: { 'GET /v1.0/users/:id': 2 } });
    await control('DELETE', '/requests');
    expect((await control('GET', '/requests')).json).toMatchObject({ total: 0 });
  });

  it('fills a channel that Graph then shows, newest first', async () => {
    const post = (id: string, createdAt: number) =>
      control('POST', '/messages', {
        teamId: GROUP,
        channelId: '19:channel@thread.tacv2',
        message: {
          id,
          createdAt,
          application: { id: 'app', displayName: 'License Watch' },
          user: null,
          html: '<attachment id="1"></attachment>',
          cards: ['{"type":"AdaptiveCard"}'],
        },
      });
    await post('1', 1000);
    await post('2', 2000);
    const messages = async (team: string) =>
      tenant.ask(`/v1.0/teams/${encodeURIComponent(team)}/channels/19:channel@thread.tacv2/messages?$top=1`);
    expect((await messages(GROUP)).status, 'not without the consent of the team').toBe(403);
    await control('POST', '/permissions', { permission: 'ChannelMessage.Read.Group', granted: true });
    const refused = await messages('19:team@thread.tacv2');
    expect([refused.status, refused.text]).toEqual([
      400,
      expect.stringContaining('teamId needs to be a valid GUID'),
    ]);
    const path = `/v1.0/teams/${GROUP}/channels/${encodeURIComponent('19:channel@thread.tacv2')}/messages?$top=1`;
    const rows = await tenant.everything(path);
    expect(rows.map((message) => message.id)).toEqual(['2', '1']);
    expect(rows[0]).toMatchObject({ attachments: [{ content: '{"type":"AdaptiveCard"}' }] });
  });
});

describe('the simulator as a process', () => {
  it('prints where it is on one line, serves, and ends on SIGTERM', async () => {
    const child = spawn(
      process.execPath,
      ['src/simulator/process.ts', '--scenario', 'forum', '--users', '500'],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const ready = JSON.parse(line) as Simulator;
    const answer = await send(ready, '/_simulator/users/rick@contoso.com', { token: ready.controlToken });
    expect(answer.status).toBe(200);
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
  });

  it('refuses an option that makes no sense', async () => {
    const child = spawn(process.execPath, ['src/simulator/process.ts', '--users', 'many'], {
      stdio: 'ignore',
    });
    const [code] = await once(child, 'exit');
    expect(code).toBe(2);
  });
});
