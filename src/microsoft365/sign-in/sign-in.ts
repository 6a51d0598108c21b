import { ConfidentialClientApplication, ManagedIdentityApplication } from '@azure/msal-node';
import { TenantReadError } from '../../domain/ports.ts';
import type { Exchange } from '../http/exchange.ts';
import type { TokenSource } from '../http/token-source.ts';
import { authOptions, type Credential } from './credential.ts';
import { msalNetwork } from './msal-network.ts';
import { signInFailure } from './sign-in-failure.ts';

export type SignInOptions = {
  /** The cloud's sign-in origin, such as `https://login.microsoftonline.com`. */
  authority: string;
  tenantId: string;
  clientId: string;
  credential: Credential;
  exchange: Exchange;
};

type Acquire = (scope: string, fresh: boolean) => Promise<string | undefined>;

/**
 * Signs in as the app itself; MSAL keeps each token until shortly before it expires. Nothing happens until
 * the first token is asked for, and a credential that could not be read is tried again the next time.
 */
export function createSignIn(options: SignInOptions): TokenSource {
  let ready: Promise<Acquire> | null = null;
  let networkFailure: unknown = null;
  const noteFailure = (failure: unknown): void => {
    networkFailure = failure;
  };
  return async (scope, signal, fresh = false) => {
    try {
      networkFailure = null;
      ready ??= prepare(options, noteFailure);
      const token = await untilAborted((await ready)(scope, fresh), signal);
      if (token) return token;
    } catch (cause) {
      ready = signal.aborted ? ready : null;
      throw signInFailure(networkFailure ?? cause, signal);
    }
    throw new TenantReadError('unauthorized', 'The sign-in gave no token.');
  };
}

async function prepare(options: SignInOptions, noteFailure: (failure: unknown) => void): Promise<Acquire> {
  const { credential } = options;
  const system = { networkClient: msalNetwork(options.exchange, noteFailure) };
  if (credential.kind === 'managed-identity') {
    const app = new ManagedIdentityApplication({
      managedIdentityIdParams: { userAssignedClientId: options.clientId },
      system,
    });
    return async (scope, fresh) => {
      const resource = scope.replace(/\/\.default$/, '');
      return (await app.acquireToken({ resource, forceRefresh: fresh })).accessToken;
    };
  }
  const app = new ConfidentialClientApplication({
    auth: {
      clientId: options.clientId,
      authority: `${options.authority}/${options.tenantId}`,
      // Saves asking Microsoft's public cloud whether the host is one of theirs: it may be a simulator's,
      // or the public cloud may not be reachable from a sovereign one.
      knownAuthorities: [new URL(options.authority).host],
      ...(await authOptions(credential)),
    },
    system,
  });
  return async (scope, fresh) =>
    (await app.acquireTokenByClientCredential({ scopes: [scope], skipCache: fresh }))?.accessToken;
}

/** MSAL cannot be cancelled; what it is doing is left to end by itself. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
