import { randomUUID } from 'node:crypto';
import type { ApiReply } from '../http/message.ts';
import { json } from '../http/message.ts';

/** Why no token is given, with the number by which Entra's errors are looked up. */
export type SignInRefusal = { status: number; error: string; number: number; text: string };

export const badTenant = (name: string): SignInRefusal => ({
  status: 400,
  error: 'invalid_request',
  number: 90002,
  text: `Tenant '${name}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
});

export const unknownApp = (clientId: string, tenant: string): SignInRefusal => ({
  status: 400,
  error: 'unauthorized_client',
  number: 700016,
  text: `Application with identifier '${clientId}' was not found in the directory '${tenant}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
});

export const badSecret = (clientId: string): SignInRefusal => ({
  status: 401,
  error: 'invalid_client',
  number: 7000215,
  text: `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${clientId}'.`,
});

export const expiredSecret = (clientId: string): SignInRefusal => ({
  status: 401,
  error: 'invalid_client',
  number: 7000222,
  text: `The provided client secret keys for app '${clientId}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.`,
});

export const noServicePrincipal = (clientId: string, tenant: string): SignInRefusal => ({
  status: 401,
  error: 'invalid_client',
  number: 7000229,
  text: `The client application ${clientId} is missing service principal in the tenant ${tenant}. See instructions here: https://go.microsoft.com/fwlink/?linkid=2225119`,
});

export const blockedByPolicy: SignInRefusal = {
  status: 400,
  error: 'invalid_grant',
  number: 53003,
  text: 'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
};

export const badAssertion = (clientId: string): SignInRefusal => ({
  status: 401,
  error: 'invalid_client',
  number: 700027,
  text: `The certificate with identifier used to sign the client assertion is not registered on application '${clientId}', or the assertion is not valid.`,
});

export const noCredential: SignInRefusal = {
  status: 401,
  error: 'invalid_client',
  number: 7000218,
  text: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
};

export const badGrant: SignInRefusal = {
  status: 400,
  error: 'unsupported_grant_type',
  number: 70003,
  text: "The app requested an unsupported grant type. Only 'client_credentials' is supported here.",
};

export const badScope = (scope: string): SignInRefusal => ({
  status: 400,
  error: 'invalid_scope',
  number: 1002012,
  text: `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
});

export const unknownResource = (resource: string): SignInRefusal => ({
  status: 400,
  error: 'invalid_resource',
  number: 500011,
  text: `The resource principal named ${resource} was not found in the tenant named Contoso. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant.`,
});

/** Writes a refusal as Entra does, trace lines and all. */
export function refusalReply(refusal: SignInRefusal, now: number): ApiReply {
  const timestamp = `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}Z`;
  const traceId = randomUUID();
  const correlationId = randomUUID();
  const description = `AADSTS${refusal.number}: ${refusal.text} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`;
  return json(
    {
      error: refusal.error,
      error_description: description,
      error_codes: [refusal.number],
      timestamp,
      trace_id: traceId,
      correlation_id: correlationId,
      error_uri: `https://login.microsoftonline.com/error?code=${refusal.number}`,
    },
    refusal.status,
  );
}
