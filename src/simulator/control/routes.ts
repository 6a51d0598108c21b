import { z } from 'zod';
import { Act } from '../acts/act.ts';
import { ActError } from '../acts/apply-act.ts';
import { Fault } from '../http/faults.ts';
import { type ApiCall, type ApiReply, json, jsonBody, Refusal } from '../http/message.ts';
import { type Params, param, type Routed, RouteTable } from '../http/routes.ts';
import { bearerOf } from '../sign-in/tokens.ts';
import { DEFAULT_BEHAVIOUR } from '../tenant/behaviour.ts';
import type { TenantHandle } from './handle.ts';

type Call = { readonly request: ApiCall; readonly params: Params; readonly tenant: TenantHandle };
type ControlRoute = Routed & { handle(call: Call): ApiReply };

const Switches = z.strictObject(
  Object.fromEntries(Object.keys(DEFAULT_BEHAVIOUR).map((name) => [name, z.unknown().optional()])),
);
const Step = z.object({ ms: z.number().nonnegative() });
const Expire = z.object({ what: z.enum(['access-tokens', 'page-tokens', 'delta-tokens']) });
const Permit = z.object({ permission: z.string(), granted: z.boolean() });
const Registration = z.object({
  which: z.enum(['app', 'bot']),
  known: z.boolean().optional(),
  servicePrincipal: z.boolean().optional(),
  blockedByPolicy: z.boolean().optional(),
  secretEndsAt: z.number().optional(),
});
const TeamChange = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('install'),
    teamId: z.string(),
    groupId: z.string(),
    channelIds: z.array(z.string()),
  }),
  z.object({ kind: z.literal('uninstall'), teamId: z.string() }),
  z.object({ kind: z.literal('delete-channel'), channelId: z.string() }),
]);
const Message = z.object({
  teamId: z.string(),
  channelId: z.string(),
  message: z.object({
    id: z.string(),
    createdAt: z.number(),
    application: z.object({ id: z.string(), displayName: z.string() }).nullable(),
    user: z.object({ id: z.string(), displayName: z.string() }).nullable(),
    html: z.string(),
    cards: z.array(z.string()),
  }),
});

const DONE: ApiReply = { status: 204 };

/** A route that parses its body and does one thing. */
const post = <T>(
  path: string,
  schema: z.ZodType<T>,
  run: (tenant: TenantHandle, body: T) => void,
): ControlRoute => ({
  method: 'POST',
  path: `/_simulator${path}`,
  handle({ request, tenant }) {
    const body = schema.safeParse(jsonBody(request));
    if (!body.success) throw new Refusal(400, 'bad-request', z.prettifyError(body.error));
    run(tenant, body.data);
    return DONE;
  },
});

const found = (value: unknown): ApiReply =>
  value === null ? json({ error: 'not found' }, 404) : json(value);

const ROUTES: readonly ControlRoute[] = [
  {
    method: 'POST',
    path: '/_simulator/play',
    handle({ tenant }) {
      tenant.play();
      return DONE;
    },
  },
  post('/acts', Act, (tenant, act) => tenant.act(act)),
  post('/faults', Fault, (tenant, fault) => tenant.fault(fault)),
  {
    method: 'DELETE',
    path: '/_simulator/faults',
    handle({ tenant }) {
      tenant.clearFaults();
      return DONE;
    },
  },
  post('/behaviour', Switches, (tenant, switches) => tenant.behave(switches)),
  post('/step', Step, (tenant, { ms }) => tenant.step(ms)),
  post('/expire', Expire, (tenant, { what }) => tenant.expire(what)),
  post('/permissions', Permit, (tenant, { permission, granted }) => tenant.permit(permission, granted)),
  post('/registrations', Registration, (tenant, { which, ...change }) => tenant.register(which, change)),
  post('/teams', TeamChange, (tenant, change) => tenant.teams.change(change)),
  post('/messages', Message, (tenant, { teamId, channelId, message }) =>
    tenant.postMessage(teamId, channelId, message),
  ),
  {
    method: 'GET',
    path: '/_simulator/users/:id',
    handle: ({ tenant, params }) => found(tenant.user(param(params, 'id'))),
  },
  {
    method: 'GET',
    path: '/_simulator/skus/:id',
    handle: ({ tenant, params }) => found(tenant.sku(param(params, 'id'))),
  },
  { method: 'GET', path: '/_simulator/requests', handle: ({ tenant }) => json(tenant.requests()) },
  { method: 'GET', path: '/_simulator/writes', handle: ({ tenant }) => json(tenant.writes()) },
  {
    method: 'DELETE',
    path: '/_simulator/requests',
    handle({ tenant }) {
      tenant.clearRequests();
      return DONE;
    },
  },
  {
    method: 'GET',
    path: '/_simulator/state',
    handle: ({ tenant }) => json({ now: tenant.now(), idle: tenant.idle() }),
  },
];

const TABLE = new RouteTable(ROUTES);

/** Lets another process do what `TenantHandle` does; guarded by a token that only the starter knows. */
export function handleControl(request: ApiCall, tenant: TenantHandle, controlToken: string): ApiReply {
  if (bearerOf(request.headers.authorization) !== controlToken)
    return json({ error: 'wrong control token' }, 401);
  const route = TABLE.find(request.method, request.path);
  if (!route || route === 'other-method') return json({ error: 'unknown control route' }, 404);
  try {
    return route.route.handle({ request, params: route.params, tenant });
  } catch (error) {
    if (error instanceof Refusal) return json({ error: error.message }, error.status);
    if (error instanceof ActError) return json({ error: error.message }, 409);
    throw error;
  }
}
