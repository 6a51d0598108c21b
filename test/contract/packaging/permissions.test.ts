import { createServer, type IncomingMessage, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { grantPermissions, graphOf } from '../../../scripts/grant.ts';
import permissions from '../../../scripts/permissions.json' with { type: 'json' };
import { OPERATIONS } from '../../../src/microsoft365/operations.ts';

/** Asked for in the app manifest and granted by the owner of each team, not by an administrator. */
const OF_THE_TEAM = 'ChannelMessage.Read.Group';

/** Allows far more than what it is needed for, so that an administrator grants it by hand or not at all. */
const BY_HAND = 'User.ReadWrite.All';
/** Reads settings of every mailbox for a little certainty, so that an administrator grants it by hand or not at all. */
const OPTIONAL = 'MailboxSettings.Read';

it('the permissions to grant are those that the calls to Microsoft need', () => {
  const needed = new Set<string>(Object.values(OPERATIONS).map((operation) => operation.permission));
  needed.delete(OF_THE_TEAM);
  needed.delete(BY_HAND);
  needed.delete(OPTIONAL);
  expect(permissions.flatMap((api) => api.permissions).sort()).toEqual([...needed].sort());
});

describe('granting permissions', () => {
  let server: Server;
  let graph = '';
  let posted: unknown[] = [];

  beforeEach(async () => {
    posted = [];
    server = createServer(async (request, response) => {
      const url = request.url ?? '';
      const answer = (status: number, body: object) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      };
      if (request.headers.authorization !== 'Bearer admin') return answer(403, { error: { code: 'Denied' } });
      if (request.method === 'POST') {
        posted.push(JSON.parse(await text(request)));
        return answer(201, {});
      }
      if (url.includes('appRoleAssignments')) {
        return answer(200, { value: [{ appRoleId: 'role-1', resourceId: 'graph' }] });
      }
      const appRoles = [1, 2].map((n) => ({ id: `role-${n}`, value: `Thing${n}.Read.All` }));
      return answer(200, { id: 'graph', appRoles });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (typeof address !== 'object' || address === null) throw new Error('no address');
    graph = `http://127.0.0.1:${address.port}`;
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  function grant(names: string[], token = 'admin') {
    const lines: string[] = [];
    const wanted = [{ api: 'Graph', appId: 'app', permissions: names }];
    const done = grantPermissions({
      graph,
      token,
      principalId: 'me',
      wanted,
      say: (line) => lines.push(line),
    });
    return done.then(() => lines);
  }

  it('grants what is missing and leaves the rest', async () => {
    expect(await grant(['Thing1.Read.All', 'Thing2.Read.All'])).toEqual([
      'Graph: Thing1.Read.All was granted already',
      'Graph: Thing2.Read.All granted',
    ]);
    expect(posted).toEqual([{ principalId: 'me', resourceId: 'graph', appRoleId: 'role-2' }]);
  });

  it('leaves out a permission that this cloud does not have, says so, and grants the rest', async () => {
    expect(await grant(['Thing3.Read.All', 'Thing2.Read.All'])).toEqual([
      'Graph: Thing3.Read.All does not exist in this cloud, and was left out',
      'Graph: Thing2.Read.All granted',
    ]);
    expect(posted).toHaveLength(1);
  });

  it.each([
    ['public', 'https://graph.microsoft.com'],
    ['gcch', 'https://graph.microsoft.us'],
    ['dod', 'https://dod-graph.microsoft.us'],
    ['china', 'https://microsoftgraph.chinacloudapi.cn'],
    ['germany', null],
  ])('asks the Graph of the cloud %s', (cloud, origin) => {
    expect(graphOf(cloud)).toBe(origin);
  });

  it('says that it was refused', async () => {
    await expect(grant(['Thing1.Read.All'], 'somebody')).rejects.toThrow('403');
  });
});

async function text(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
