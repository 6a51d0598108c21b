import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GRAPH, MANAGEMENT } from '../../src/cli/setup/features.ts';

type Principal = { id: string; appId: string; appRoles: { id: string; value: string }[] };

/**
 * The part of Graph that registers apps, as unkind as Microsoft: what was just made is answered with 404, or 400, for the
 * next calls that use it.
 */
export async function aRegisteringGraph(roles: Record<string, readonly string[]>) {
  const apps: { id: string; appId: string; displayName: string; secrets: number }[] = [];
  const principals: Principal[] = [GRAPH, MANAGEMENT].map((appId) => ({
    id: `sp-${appId}`,
    appId,
    appRoles: (roles[appId] ?? []).map((value) => ({ id: `role-${value}`, value })),
  }));
  const assignments: { principalId: string; appRoleId: string; resourceId: string }[] = [];
  const calls: string[] = [];
  /** How often what was just made is not there yet. */
  const lag = new Map<string, number>();
  const state = { refuses: null as string | null };
  const late = (id: string): boolean => {
    const left = lag.get(id) ?? 0;
    lag.set(id, left - 1);
    return left > 0;
  };

  function answer(method: string, url: URL, body: Record<string, string>): [number, unknown] {
    const path = url.pathname.replace('/v1.0', '');
    const filter = url.searchParams.get('$filter') ?? '';
    const value = /eq '(.*)'/.exec(filter)?.[1]?.replaceAll("''", "'") ?? '';
    const gone: [number, unknown] = [
      404,
      { error: { code: 'Request_ResourceNotFound', message: 'Resource does not exist' } },
    ];
    if (state.refuses !== null && path.includes(state.refuses)) {
      return [403, { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges' } }];
    }
    if (path === '/applications' && method === 'GET')
      return [200, { value: apps.filter((one) => one.displayName === value) }];
    if (path === '/applications') {
      const app = {
        id: `app-${apps.length}`,
        appId: `client-${apps.length}`,
        displayName: body.displayName ?? '',
        secrets: 0,
      };
      apps.push(app);
      lag.set(app.appId, 2);
      lag.set(app.id, 1);
      return [201, app];
    }
    if (path.endsWith('/addPassword')) {
      const app = apps.find(({ id }) => path.includes(`/${id}/`));
      if (!app || late(app.id)) return gone;
      return [200, { secretText: `top~secret#${++app.secrets}` }];
    }
    if (path === '/servicePrincipals' && method === 'GET')
      return [200, { value: principals.filter(({ appId }) => appId === value) }];
    if (path === '/servicePrincipals') {
      if (late(body.appId ?? '')) {
        return [
          400,
          {
            error: {
              code: 'NoBackingApplicationObject',
              message: 'The appId does not reference a valid application object',
            },
          },
        ];
      }
      const principal = { id: `sp-${body.appId}`, appId: body.appId ?? '', appRoles: [] };
      principals.push(principal);
      lag.set(principal.id, 2);
      return [201, principal];
    }
    const id = /^\/servicePrincipals\/([^/]+)\/appRoleAssignments$/.exec(path)?.[1] ?? '';
    if (!principals.some((one) => one.id === id) || late(id)) return gone;
    if (method === 'GET')
      return [200, { value: assignments.filter(({ principalId }) => principalId === id) }];
    const made = {
      principalId: body.principalId ?? '',
      appRoleId: body.appRoleId ?? '',
      resourceId: body.resourceId ?? '',
    };
    if (assignments.some((one) => JSON.stringify(one) === JSON.stringify(made))) {
      return [
        400,
        {
          error: {
            code: 'Request_BadRequest',
            message: 'Permission being assigned already exists on the object',
          },
        },
      ];
    }
    assignments.push(made);
    return [201, made];
  }

  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const text = Buffer.concat(parts).toString();
      const method = request.method ?? '';
      calls.push(`${method} ${request.url?.split('?')[0]}`);
      const body = text === '' ? {} : (JSON.parse(text) as Record<string, string>);
      const [status, said] = answer(method, new URL(request.url ?? '', 'http://graph'), body);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(said));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    apps,
    assignments,
    calls,
    state,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
