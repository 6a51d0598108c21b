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
  noCredential,
  refusalReply,
  type SignInRefusal,
  unknownApp,
  unknownResource,
} from './refusals.ts';
import type { AppRegistration } from './registration.ts';
import type { Audience, TokenIssuer } from './tokens.ts';

export type SignInCall = {
  readonly request: ApiCall;
  readonly params: Params;
  readonly app: AppRegistration;
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

function refuseCredential(call: SignInCall, form: URLSearchParams): SignInRefusal | null {
  const { app, request, now } = call;
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
  return app.secrets.includes(secret) ? null : badSecret(clientId);
}

function token(call: SignInCall): ApiReply {
  const { app, tokens, request, params, now } = call;
  const refuse = (refusal: SignInRefusal) => refusalReply(refusal, now);
  const form = new URLSearchParams(request.body);
  const tenant = param(params, 'tenant');
  if (!knowsTenant(app, tenant)) return refuse(badTenant(tenant));
  if (form.get('grant_type') !== 'client_credentials') return refuse(badGrant);
  const clientId = form.get('client_id') ?? '';
  if (clientId.toLowerCase() !== app.clientId) return refuse(unknownApp(clientId, tenant));
  const credential = refuseCredential(call, form);
  if (credential) return refuse(credential);
  // MSAL may send further, reserved scopes beside the one that counts.
  const scopes = (form.get('scope') ?? '').split(' ');
  const scope = scopes.find((one) => one.endsWith('/.default'));
  if (scope === undefined) return refuse(badScope(scopes.join(' ')));
  const resource = scope.slice(0, -'/.default'.length).replace(/\/$/, '');
  const audience = audienceOf(resource, request.origin);
  if (!audience) return refuse(unknownResource(resource));
  const issued = tokens.issue({
    audience,
    audienceUri: resource,
    clientId: app.clientId,
    tenantId: app.tenantId,
    objectId: app.servicePrincipalId,
    roles: [...app.permissions],
    issuer: `${request.origin}/${app.tenantId}/`,
    now,
  });
  const life = tokens.lifeSeconds;
  return json({ token_type: 'Bearer', expires_in: life, ext_expires_in: life, access_token: issued }, 200, {
    'cache-control': 'no-store, no-cache',
    pragma: 'no-cache',
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
];
