import { FULL_LOGGING } from '../audit/fact.ts';
import type { Doing } from '../changes/licenses.ts';
import { type ApiCall, type ApiReply, Refusal } from '../http/message.ts';
import type { Params, Routed } from '../http/routes.ts';
import type { OdataOptions } from '../odata/options.ts';
import type { TokenEra } from '../odata/page-token.ts';
import type { ReportDownloads } from '../reports/downloads.ts';
import type { AppRegistration } from '../sign-in/registration.ts';
import type { Account } from '../tenant/account.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { LicenseTexts } from './license-texts.ts';

/** A request to Graph that was let in. */
export type GraphCall = {
  readonly request: ApiCall;
  readonly options: OdataOptions;
  readonly params: Params;
  readonly tenant: Tenant;
  readonly app: AppRegistration;
  readonly now: number;
  readonly texts: LicenseTexts;
  readonly pageTokens: TokenEra;
  readonly deltaTokens: TokenEra;
  /** Counts a request to the audit reports, or a listing with `signInActivity`. Throws 429. */
  enterReports(): void;
  /** Counts a request for a usage report. Throws 429. */
  enterUsageReports(): void;
  readonly downloads: ReportDownloads;
  /** What time it is when a report is made, ms UTC. */
  clockNow(): number;
  /** Counts a request for the `signInActivity` of one user. Throws 429. */
  enterSignInsOfOne(): void;
};

/** `needs`: application permissions of which one is enough; none means any signed-in app. */
export type GraphRoute = Routed & {
  readonly needs: readonly string[];
  /** A `POST` that writes nothing. */
  readonly reads?: boolean;
  handle(call: GraphCall): ApiReply;
};

/** What the calling app does is logged under its own name. */
export function doingOf(call: GraphCall): Doing {
  const { displayName, servicePrincipalId, clientId } = call.app;
  return {
    actor: { kind: 'app', name: displayName, servicePrincipalId, appId: clientId },
    at: call.now,
    logging: FULL_LOGGING,
  };
}

export const notFound = (id: string): Refusal =>
  new Refusal(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );

export const badRequest = (message: string, details: readonly object[] = []): Refusal =>
  new Refusal(400, 'Request_BadRequest', message, { details });

export const unknownProperty = (name: string, type: string): Refusal =>
  badRequest(`Could not find a property named '${name}' on type 'microsoft.graph.${type}'.`);

/** A user as a request for this one sees it; null for one who was restored so lately that this place does not know. */
export function knownUser(call: GraphCall, key: string): Account | null {
  const { directory, clock, behaviour } = call.tenant;
  const account = directory.find(key);
  const restoredAt = account && directory.restoredAt(account.id);
  const lag = clock.scaled(behaviour.restoreLagMs);
  return restoredAt !== null && call.now < restoredAt + lag ? null : account;
}

export function userIn(call: GraphCall, key: string): Account {
  const account = knownUser(call, key);
  if (!account) throw notFound(key);
  return account;
}

const GRAPH_JSON =
  'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

/** An answer of finished JSON text with Graph's content type. */
const graphText = (body: string, status = 200): ApiReply => ({
  status,
  headers: { 'content-type': GRAPH_JSON },
  body,
});

/** A collection page of finished JSON texts. `annotations` are further top-level members. */
export function collection(
  call: GraphCall,
  context: string,
  items: readonly string[],
  annotations: Record<string, unknown> = {},
): ApiReply {
  const head = JSON.stringify({
    '@odata.context': `${call.request.origin}/v1.0/$metadata#${context}`,
    ...annotations,
  });
  return graphText(`${head.slice(0, -1)},"value":[${items.join(',')}]}`);
}

/** One object with its context. */
export function entity(call: GraphCall, context: string, text: string, status = 200): ApiReply {
  const head = JSON.stringify({ '@odata.context': `${call.request.origin}/v1.0/$metadata#${context}` });
  return graphText(text === '{}' ? head : `${head.slice(0, -1)},${text.slice(1)}`, status);
}
