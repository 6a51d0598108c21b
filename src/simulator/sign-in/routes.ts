import { type ApiCall, type ApiReply, json } from '../http/message.ts';
import { type Params, param, type Routed } from '../http/routes.ts';
import { assertionHolds } from './client-assertion.ts';
import { federationRefusal, isFromElsewhere } from './federation.ts';
import {
  badAssertion,
  badGrant,
  badScope,
  badSecret,
  badTenant,
  blockedByPolicy,
  expiredSecret,
  noCredential,
  noServicePrincipal,
  refusalReply,
  type SignInRefusal,
  unknownApp,
  unknownResource,
} from './refusals.ts';
import { type AppRegistration, rolesFor } from './registration.ts';
import type { Audience, TokenIssuer } from './tokens.ts';

export type SignInCall = {
  readonly request: ApiCall;
  readonly params: Params;
  /** The app that reads the tenant: the authority's own names are its tenant's. */
  readonly app: AppRegistration;
  /** Every app of the tenant, the first one among them. */
  readonly apps: readonly AppRegistration[];
  /** Tokens that the platform of a managed identity holds, by resource: it asks for no other before they end. */
  readonly heldTokens: Map<string, { token: string; endsAt: number }>;
  readonly tokens: TokenIssuer;
  readonly now: number;
};

export type SignInRoute = Routed & { handle(call: SignInCall): ApiReply };

const GRAPH_ORIGINS = [
  'https://graph.microsoft.com',
  'https://graph.microsoft.us',
  'https://dod-graph.microsoft.us',
];
const ACTIVITY_ORIGINS = [
  'https://manage.office.com',
  'https://manage-gcc.office.com',
  'https://manage.office365.us',
];

/** The Bot Framework of each cloud. */
const BOT_ORIGINS = [
  'https://api.botframework.com',
  'https://api.botframework.us',
  'https://api.botframework.azure.cn',
];

function audienceOf(resource: string, origin: string): Audience | null {
  if (resource === origin) return 'both';
  if (BOT_ORIGINS.includes(resource)) return 'bot';
  if (GRAPH_ORIGINS.includes(resource)) return 'graph';
  return ACTIVITY_ORIGINS.includes(resource) ? 'activity' : null;
}

const knowsTenant = (app: AppRegistration, name: string): boolean =>
  [app.tenantId, ...app.tenantNames].includes(name.toLowerCase());

function refuseCredential(
  call: SignInCall,
  app: AppRegistration,
  form: URLSearchParams,
): SignInRefusal | null {
  const { request, now } = call;
  const clientId = form.get('client_id') ?? '';
  const assertion = form.get('client_assertion');
  if (assertion !== null) {
    if (app.federated.length > 0 && isFromElsewhere(assertion, clientId)) {
      return federationRefusal(assertion, app.federated, now);
    }
    const tokenEndpoint = `${request.origin}${request.path}`;
    const holds = assertionHolds(assertion, { clientId, tokenEndpoint, certificates: app.certificates, now });
    return holds ? null : badAssertion(clientId);
  }
  const secret = form.get('client_secret');
  if (secret === null) return noCredential;
  const known = app.secrets.find(({ value }) => value === secret);
  if (!known) return badSecret(clientId);
  return known.endsAt > now ? null : expiredSecret(clientId);
}

function token(call: SignInCall): ApiReply {
  const { apps, request, params, now } = call;
  const refuse = (refusal: SignInRefusal) => refusalReply(refusal, now);
  const form = new URLSearchParams(request.body);
  const tenant = param(params, 'tenant');
  if (!knowsTenant(call.app, tenant)) return refuse(badTenant(tenant));
  if (form.get('grant_type') !== 'client_credentials') return refuse(badGrant);
  const clientId = form.get('client_id') ?? '';
  const app = apps.find((one) => one.state.known && one.clientId === clientId.toLowerCase());
  if (!app) return refuse(unknownApp(clientId, tenant));
  const credential = refuseCredential(call, app, form);
  if (credential) return refuse(credential);
  if (!app.state.servicePrincipal) return refuse(noServicePrincipal(clientId, tenant));
  if (app.state.blockedByPolicy) return refuse(blockedByPolicy);
  // MSAL may send further, reserved scopes beside the one that counts.
  const scopes = (form.get('scope') ?? '').split(' ');
  const scope = scopes.find((one) => one.endsWith('/.default'));
  if (scope === undefined) return refuse(badScope(scopes.join(' ')));
  const resource = scope.slice(0, -'/.default'.length).replace(/\/$/, '');
  const audience = audienceOf(resource, request.origin);
  if (!audience) return refuse(unknownResource(resource));
  const life = call.tokens.lifeSeconds;
  const issued = issue(call, app, audience, resource);
  return json({ token_type: 'Bearer', expires_in: life, ext_expires_in: life, access_token: issued }, 200, {
    'cache-control': 'no-store, no-cache',
    pragma: 'no-cache',
  });
}

const issue = (call: SignInCall, app: AppRegistration, audience: Audience, resource: string): string =>
  call.tokens.issue({
    audience,
    audienceUri: resource,
    clientId: app.clientId,
    tenantId: app.tenantId,
    objectId: app.servicePrincipalId,
    roles: rolesFor(app, audience),
    issuer: `${call.request.origin}/${app.tenantId}/`,
    now: call.now,
  });

/**
 * What a platform with a managed identity answers (App Service's `IDENTITY_ENDPOINT`). It keeps a token for 24 hours
 * and gives the same one out, whatever has been granted since.
 */
function managedIdentityToken(call: SignInCall): ApiReply {
  const { request, apps, heldTokens, now } = call;
  if (request.headers['x-identity-header'] === undefined)
    return json({ message: 'No identity header.' }, 401);
  const resource = (request.query.get('resource') ?? '').replace(/\/$/, '');
  const clientId = (request.query.get('client_id') ?? '').toLowerCase();
  const app = apps.find((one) => one.clientId === clientId);
  const audience = audienceOf(resource, request.origin);
  if (!app || !audience)
    return json({ statusCode: 400, message: 'No User Assigned Managed Identity found.' }, 400);
  const key = `${clientId} ${resource}`;
  const held = heldTokens.get(key);
  const kept =
    held && held.endsAt > now
      ? held
      : { token: issue(call, app, audience, resource), endsAt: now + call.tokens.lifeSeconds * 1000 };
  heldTokens.set(key, kept);
  return json({
    access_token: kept.token,
    expires_on: String(Math.floor(kept.endsAt / 1000)),
    resource,
    token_type: 'Bearer',
    client_id: clientId,
  });
}

function openIdMetadata({ request, params, app, now }: SignInCall): ApiReply {
  const tenant = param(params, 'tenant');
  if (!knowsTenant(app, tenant)) return refusalReply(badTenant(tenant), now);
  const base = `${request.origin}/${app.tenantId}`;
  return json({
    token_endpoint: `${base}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: `${base}/v2.0`,
    request_uri_parameter_supported: false,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    http_logout_supported: true,
    frontchannel_logout_supported: true,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'tid', 'ver'],
    tenant_region_scope: 'EU',
    cloud_instance_name: new URL(request.origin).host,
  });
}

function instanceDiscovery({ request, app }: SignInCall): ApiReply {
  const host = new URL(request.origin).host;
  return json({
    tenant_discovery_endpoint: `${request.origin}/${app.tenantId}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  });
}

export const SIGN_IN_ROUTES: readonly SignInRoute[] = [
  { method: 'GET', path: '/common/discovery/instance', handle: instanceDiscovery },
  { method: 'GET', path: '/:tenant/v2.0/.well-known/openid-configuration', handle: openIdMetadata },
  { method: 'GET', path: '/:tenant/discovery/v2.0/keys', handle: () => json({ keys: [] }) },
  { method: 'POST', path: '/:tenant/oauth2/v2.0/token', handle: token },
  { method: 'GET', path: '/msi/token', handle: managedIdentityToken },
];
