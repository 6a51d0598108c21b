import { AuthError, ServerError } from '@azure/msal-node';
import { TenantReadError } from '../../domain/ports.ts';
import { ExchangeError } from '../http/exchange.ts';

/** Entra's error numbers (Microsoft, "Microsoft Entra authentication and authorization error codes") and what to do. */
const ADVICE: Record<string, string> = {
  '7000215': 'The client secret is wrong: set its value, not its id.',
  '7000222': 'The client secret has expired: create a new one.',
  '700016': 'The app is not known in this tenant: check the client id and the tenant id.',
  '700027': 'The certificate is not one of the app registration, or has expired.',
  '700024': 'The token of the platform, or the clock of this machine, is not of this time.',
  '50013': 'The token of the platform is not signed by a key of its issuer.',
  '700212': 'The token of the platform is for another audience: it has to be api://AzureADTokenExchange.',
  '700211': 'No federated credential of the app registration matches the issuer of the token.',
  '700213': 'No federated credential of the app registration matches the subject of the token.',
  '7000229':
    'The app has no service principal in this tenant: create it with "az ad sp create --id <client id>".',
  '7000112': 'The app is disabled in this tenant.',
  '90002': 'The tenant does not exist: check the tenant id and the cloud.',
  '500011': 'The service is not known in this tenant: check the cloud.',
};

/** Takes what MSAL threw and returns the reason in a sentence, without the secret or the token. */
export function signInFailure(cause: unknown, signal: AbortSignal): TenantReadError {
  if (signal.aborted) {
    return new TenantReadError('cancelled', 'The read was cancelled during sign-in.', { cause });
  }
  if (cause instanceof TenantReadError) return cause;
  if (cause instanceof ExchangeError) {
    const code = cause.code === 'timeout' ? 'timeout' : 'unreachable';
    return new TenantReadError(code, `The sign-in service could not be reached. ${cause.message}`, { cause });
  }
  if (cause instanceof ServerError) return refusal(cause);
  if (cause instanceof AuthError) {
    return new TenantReadError('unauthorized', `The sign-in failed (${cause.errorCode}).`, { cause });
  }
  const why = cause instanceof Error ? cause.message : String(cause);
  return new TenantReadError('unauthorized', `The credential of the app cannot be used: ${why}`, { cause });
}

function refusal(cause: ServerError): TenantReadError {
  if (cause.status !== undefined && cause.status >= 500) {
    return new TenantReadError('server-error', `The sign-in service failed (${cause.status}).`, { cause });
  }
  const number = cause.errorNo ?? /AADSTS(\d+)/.exec(cause.errorMessage)?.[1];
  const name = number === undefined ? cause.errorCode : `AADSTS${number}`;
  const advice = number === undefined ? undefined : ADVICE[number];
  return new TenantReadError(
    'unauthorized',
    `The sign-in was refused (${name}). ${advice ?? 'Check the app registration and its credential.'}`,
    { cause },
  );
}
