import { randomBytes, randomUUID } from 'node:crypto';
import { ActivityService, activityError } from './activity/service.ts';
import { ConnectorService } from './connector/service.ts';
import { TenantHandle } from './control/handle.ts';
import { handleControl } from './control/routes.ts';
import { DAY_MS } from './durations.ts';
import { graphError } from './graph/envelope.ts';
import { LicenseTexts } from './graph/license-texts.ts';
import { GraphService, statusRefusal } from './graph/service.ts';
import { CallLog } from './http/call-log.ts';
import { type Certificate, makeCertificate } from './http/certificate.ts';
import { disturbed, withoutEndlessToken } from './http/disturb.ts';
import { type Effect, FaultBoard } from './http/faults.ts';
import { type ApiCall, type ApiReply, json, jsonBody } from './http/message.ts';
import { type Answer, serve } from './http/server.ts';
import { WriteLog } from './http/write-log.ts';
import { createNotifier } from './notifications/notifier.ts';
import { ReportDownloads } from './reports/downloads.ts';
import { scenarioNamed } from './scenarios/all.ts';
import { buildTenant, type TenantOptions } from './scenarios/build-tenant.ts';
import type { Scenario } from './scenarios/scenario.ts';
import {
  APP_NAME,
  BOT_CLIENT_ID,
  BOT_SECRET,
  BOT_SERVICE_PRINCIPAL_ID,
  CLIENT_ID,
  CLIENT_SECRET,
  DOMAIN,
  INITIAL_DOMAIN,
  SERVICE_PRINCIPAL_ID,
  TENANT_ID,
} from './scenarios/well-known.ts';
import type { FederatedCredential } from './sign-in/federation.ts';
import {
  ALL_PERMISSIONS,
  type AppRegistration,
  anAppState,
  type ClientSecret,
} from './sign-in/registration.ts';
import { SignInService } from './sign-in/service.ts';
import { TokenIssuer } from './sign-in/tokens.ts';
import { settle } from './tenant/tenant.ts';

export type SimulatorOptions = TenantOptions & {
  /** A scenario, or the name of one in `scenarios/`. */
  readonly scenario: Scenario | string;
  /** 0, the default, takes a free port. */
  readonly port?: number | undefined;
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
  /** PEM of a certificate whose key may sign in in place of the secret. */
  readonly clientCertificate?: string | undefined;
  /** Issuers whose tokens sign in in place of the secret, as a cluster's or a pipeline's do. */
  readonly federated?: readonly FederatedCredential[] | undefined;
  /** Of the server; made when left out. */
  readonly certificate?: Certificate | undefined;
  /** How long an access token lives; Microsoft's are 60 to 90 minutes. */
  readonly tokenLifeSeconds?: number | undefined;
  /** Guards `/_simulator/`; made up when left out. */
  readonly controlToken?: string | undefined;
};

export type Simulator = {
  /** `https://127.0.0.1:<port>`: authority, Graph and Management Activity API in one. */
  readonly origin: string;
  readonly port: number;
  /** Where usage reports are fetched from. */
  readonly reportsOrigin: string;
  /** PEM to trust. */
  readonly caCertificate: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly servicePrincipalId: string;
  readonly controlToken: string;
  readonly tenant: TenantHandle;
  close(): Promise<void>;
};

function registration(options: SimulatorOptions): AppRegistration {
  return {
    tenantId: TENANT_ID,
    tenantNames: [DOMAIN, INITIAL_DOMAIN],
    clientId: (options.clientId ?? CLIENT_ID).toLowerCase(),
    displayName: APP_NAME,
    servicePrincipalId: SERVICE_PRINCIPAL_ID,
    secrets: [aSecret(options.clientSecret ?? CLIENT_SECRET, options.clock.now())],
    certificates: options.clientCertificate === undefined ? [] : [options.clientCertificate],
    federated: options.federated ?? [],
    permissions: new Set(ALL_PERMISSIONS),
    grantedAt: new Map(),
    state: anAppState(),
  };
}

/** The bot's own registration, where it is another one than the app that reads the tenant. */
const botRegistration = (reader: AppRegistration, now: number): AppRegistration => ({
  ...reader,
  clientId: BOT_CLIENT_ID,
  displayName: `${APP_NAME} bot`,
  servicePrincipalId: BOT_SERVICE_PRINCIPAL_ID,
  secrets: [aSecret(BOT_SECRET, now)],
  certificates: [],
  permissions: new Set(),
  grantedAt: new Map(),
  state: anAppState(),
});

/** A secret that was made lately, for two years: the longest that the portal offers. */
const aSecret = (value: string, now: number): ClientSecret => ({
  value,
  keyId: randomUUID(),
  endsAt: now + 700 * DAY_MS,
});

/** A fault's status in the envelope of the API that was called. */
function refusedByFault(
  request: ApiCall,
  effect: Extract<Effect, { kind: 'status' }>,
  now: number,
): ApiReply {
  const refusal = statusRefusal(effect);
  if (!request.path.startsWith('/api/')) return graphError(request, refusal, now);
  return activityError(refusal);
}

const isNewSubscription = ({ method, path }: ApiCall): boolean =>
  method === 'POST' && path === '/v1.0/subscriptions';

/** The addresses that a new subscription names, each once. */
function addressesIn(request: ApiCall): Set<string> {
  try {
    const body = jsonBody(request);
    const named = [body.notificationUrl, body.lifecycleNotificationUrl];
    return new Set(named.filter((url) => typeof url === 'string'));
  } catch {
    // What is no JSON is refused by the route.
    return new Set();
  }
}

/** Starts a tenant on localhost. Throws UnknownScenarioError for a name that is no scenario's. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const scenario = typeof options.scenario === 'string' ? scenarioNamed(options.scenario) : options.scenario;
  const tenant = buildTenant(scenario, options);
  const app = registration(options);
  const bot = botRegistration(app, options.clock.now());
  const apps = [app, bot];
  const tokens = new TokenIssuer(options.tokenLifeSeconds ?? 3599);
  const faults = new FaultBoard();
  const requests = new CallLog();
  const writes = new WriteLog();
  const texts = new LicenseTexts(tenant.behaviour);
  const downloads = new ReportDownloads(requests);
  const shared = { tenant, app, bot, tokens, faults, requests, writes, texts, downloads };
  const ages = { pageTokens: { current: 1 }, deltaTokens: { current: 1 } };
  const notifier = createNotifier(tenant);
  const handle = new TenantHandle({ ...shared, ...ages, scenario, notifier });
  const graph = new GraphService({ ...shared, ...ages });
  const activity = new ActivityService({ tenant, app, tokens, requests });
  const signIn = new SignInService({ app, apps, tokens, requests });
  const connector = new ConnectorService({ teams: tenant.teams, tokens, requests });
  const controlToken = options.controlToken ?? randomBytes(24).toString('base64url');

  const route = (request: ApiCall, now: number): ApiReply => {
    if (request.path.startsWith('/v1.0/')) return graph.handle(request, now);
    if (request.path.startsWith('/api/v1.0/')) return activity.handle(request, now);
    if (request.path.startsWith('/v3/')) return connector.handle(request, now);
    return (
      signIn.handle(request, now) ?? json({ error: { code: 'NotFound', message: 'No such path.' } }, 404)
    );
  };
  const handshakes = async (request: ApiCall): Promise<void> => {
    for (const url of addressesIn(request)) {
      if (await notifier.shakeHands(url)) tenant.subscriptions.validated.add(url);
      else tenant.subscriptions.validated.delete(url);
    }
  };
  const answer = (request: ApiCall): Answer => {
    const now = settle(tenant);
    if (request.path.startsWith('/_simulator/')) {
      return { reply: handleControl(request, handle, controlToken), disturbance: null };
    }
    const query = request.query.size > 0 ? `?${decodeURIComponent(String(request.query))}` : '';
    const effect = faults.take(request.method, `${request.path}${query}`);
    if (effect?.kind === 'status') {
      if (effect.carriedOut) route(request, now);
      return { reply: refusedByFault(request, effect, now), disturbance: null };
    }
    const asked = withoutEndlessToken(request);
    const reply = route(asked, now);
    if (!effect) return { reply, disturbance: null };
    if (effect.kind === 'cut' || effect.kind === 'malformed' || effect.kind === 'stall') {
      return { reply, disturbance: effect.kind };
    }
    return { reply: disturbed(reply, asked, effect), disturbance: null };
  };

  const certificate = options.certificate ?? (await makeCertificate(options.clock.now()));
  const server = await serve({
    port: options.port ?? 0,
    certificate,
    answer: (request) =>
      isNewSubscription(request) ? handshakes(request).then(() => answer(request)) : answer(request),
    dateSkewMs: () => tenant.behaviour.dateSkewMs,
    onSent: (bytes) => requests.sent(bytes),
  });
  const reports = await serve({
    port: 0,
    certificate,
    answer(request) {
      const now = settle(tenant);
      const effect = faults.take(request.method, request.path);
      if (effect?.kind === 'status')
        return { reply: refusedByFault(request, effect, now), disturbance: null };
      const reply = downloads.handle(request, now);
      const isCut = effect?.kind === 'cut' || effect?.kind === 'malformed' || effect?.kind === 'stall';
      return { reply, disturbance: isCut ? effect.kind : null };
    },
    onSent: (bytes) => requests.sent(bytes),
  });
  downloads.origin = `https://127.0.0.1:${reports.port}`;
  return {
    origin: `https://127.0.0.1:${server.port}`,
    reportsOrigin: downloads.origin,
    port: server.port,
    caCertificate: certificate.certificate,
    tenantId: TENANT_ID,
    clientId: app.clientId,
    clientSecret: options.clientSecret ?? CLIENT_SECRET,
    servicePrincipalId: SERVICE_PRINCIPAL_ID,
    controlToken,
    tenant: handle,
    close: async () => {
      notifier.close();
      await Promise.all([server.close(), reports.close()]);
    },
  };
}
