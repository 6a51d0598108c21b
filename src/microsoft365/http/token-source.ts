/**
 * Gives an access token for a scope such as `https://graph.microsoft.com/.default`. `fresh` asks for a new
 * one even if a cached one has not expired: the service has just refused it. Throws TenantReadError:
 * `unauthorized`, or `unreachable`, `timeout` and `server-error` when there was no answer.
 */
export type TokenSource = (scope: string, signal: AbortSignal, fresh?: boolean) => Promise<string>;
