import type { INetworkModule } from '@azure/msal-node';
import { TenantReadError } from '../../domain/ports.ts';
import type { Exchange } from '../http/exchange.ts';

const TIMEOUT_MS = 30_000;
/** Token and metadata answers are a few kilobytes. */
const MAX_BODY_BYTES = 1_000_000;

type NetworkOptions = Parameters<INetworkModule['sendPostRequestAsync']>[1];
type Answer<T> = { headers: Record<string, string>; body: T; status: number };

/**
 * Lets MSAL speak through our exchange, so that sign-in has a time-out and a size limit, too. MSAL says only
 * that it found no endpoints when their metadata cannot be read, so `noteFailure` gets the reason.
 */
export function msalNetwork(exchange: Exchange, noteFailure: (failure: unknown) => void): INetworkModule {
  async function send<T>(
    method: 'GET' | 'POST',
    url: string,
    options: NetworkOptions,
    timeoutMs = TIMEOUT_MS,
  ): Promise<Answer<T>> {
    const answer = await exchange({
      method,
      url: new URL(url),
      headers: options?.headers ?? {},
      body: options?.body ?? null,
      timeoutMs,
      maxBodyBytes: MAX_BODY_BYTES,
      signal: new AbortController().signal,
    }).catch((failure: unknown) => {
      noteFailure(failure);
      throw failure;
    });
    if (answer.status === 429) {
      noteFailure(
        new TenantReadError(
          'throttled',
          'The sign-in service asks to slow down (429). The next run tries again.',
        ),
      );
    } else if (answer.status >= 500) {
      noteFailure(
        new TenantReadError('server-error', `The sign-in service could not answer (${answer.status}).`),
      );
    }
    const headers = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
    try {
      // MSAL checks the body itself and refuses what is not a token or metadata answer.
      const body: T = JSON.parse(answer.text);
      return { headers: Object.fromEntries(headers), body, status: answer.status };
    } catch (cause) {
      const failure = new TenantReadError('server-error', 'The sign-in service sent no valid JSON.', {
        cause,
      });
      noteFailure(failure);
      throw failure;
    }
  }
  return {
    sendGetRequestAsync: (url, options, timeout) => send('GET', url, options, timeout),
    sendPostRequestAsync: (url, options) => send('POST', url, options),
  };
}
