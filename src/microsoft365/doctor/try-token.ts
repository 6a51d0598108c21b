import { z } from 'zod';
import type { EntraRefusal } from '../../domain/doctor/entra-errors.ts';
import type { TokenFact } from '../../domain/doctor/facts.ts';
import { TenantReadError } from '../../domain/ports.ts';
import { type Exchange, ExchangeError } from '../http/exchange.ts';
import type { Credential } from '../sign-in/credential.ts';
import { createSignIn } from '../sign-in/sign-in.ts';
import { CALL_MS } from './ask.ts';

export type TokenTrial = {
  authority: string;
  tenantId: string;
  clientId: string;
  credential: Credential;
  /** Such as `https://graph.microsoft.com/.default`. */
  scope: string;
  exchange: Exchange;
  signal: AbortSignal;
};

/** A token that was given, kept apart from what may be shown. */
export type TriedToken = { fact: TokenFact; token: string | null };

const Refused = z.object({
  error: z.string().optional(),
  error_description: z.string().catch(''),
  error_codes: z.array(z.number()).catch([]),
  trace_id: z.string().nullish().catch(null),
});

/** Signs in as the product does, and says what came of it; a refusal with Entra's number. Never throws. */
export async function tryToken(trial: TokenTrial): Promise<TriedToken> {
  let refusal: EntraRefusal | null = null;
  let silence: string | null = null;
  const signal = AbortSignal.any([trial.signal, AbortSignal.timeout(2 * CALL_MS)]);
  const exchange: Exchange = async (request) => {
    try {
      const answer = await trial.exchange({
        ...request,
        timeoutMs: Math.min(request.timeoutMs, CALL_MS),
        signal: AbortSignal.any([request.signal, signal]),
      });
      if (answer.status >= 400) refusal = refusalIn(answer.text) ?? refusal;
      return answer;
    } catch (error) {
      if (error instanceof ExchangeError) silence = `${request.url.host}: ${error.message}`;
      throw error;
    }
  };
  try {
    const token = await createSignIn({ ...trial, exchange })(trial.scope, signal);
    return { fact: { kind: 'given', ...claimsOf(token) }, token };
  } catch (error) {
    return { fact: failureOf(error, refusal, silence, trial.credential), token: null };
  }
}

function failureOf(
  error: unknown,
  refusal: EntraRefusal | null,
  silence: string | null,
  credential: Credential,
): TokenFact {
  if (refusal !== null) return { kind: 'refused', refusal };
  if (silence !== null) return { kind: 'unreachable', why: silence };
  const message = error instanceof Error ? error.message : String(error);
  const passing = error instanceof TenantReadError && PASSING.has(error.code);
  if (passing) return { kind: 'unreachable', why: message };
  if (credential.kind === 'managed-identity') {
    return { kind: 'unusable', why: `This machine gives no token of the managed identity. ${message}` };
  }
  return { kind: 'unusable', why: message };
}

const PASSING: ReadonlySet<string> = new Set([
  'unreachable',
  'timeout',
  'server-error',
  'throttled',
  'cancelled',
]);

function refusalIn(text: string): EntraRefusal | null {
  const body = Refused.safeParse(jsonOf(text));
  if (!body.success) return null;
  const { error, error_description: description, error_codes: codes, trace_id: trace } = body.data;
  const number = codes[0]?.toString() ?? /AADSTS(\d+)/.exec(description)?.[1] ?? null;
  if (number === null && error === undefined) return null;
  return {
    number,
    message: sentenceOf(description) || (error ?? ''),
    traceId: trace ?? /Trace ID: ([0-9a-f-]{36})/i.exec(description)?.[1] ?? null,
  };
}

/** Microsoft's sentence without its number, and without the ids and the time that follow it. */
const sentenceOf = (description: string): string =>
  (description.split(/\s*Trace ID:/i)[0] ?? '')
    .replace(/^AADSTS\d+:\s*/, '')
    .replace(/\s+/g, ' ')
    .trim();

const Claims = z.object({
  roles: z.array(z.string()).nullish().catch(null),
  iat: z.number().nullish().catch(null),
  oid: z.string().nullish().catch(null),
  tid: z.string().nullish().catch(null),
});

/** What a token says of itself; all null where it is none that can be read. It was not checked: the service does that. */
function claimsOf(token: string): Omit<Extract<TokenFact, { kind: 'given' }>, 'kind'> {
  const body = token.split('.')[1] ?? '';
  const claims = Claims.safeParse(jsonOf(Buffer.from(body, 'base64url').toString('utf8')));
  if (!claims.success) return { roles: null, issuedAt: null, principalId: null };
  const { roles, iat, oid } = claims.data;
  return {
    roles: roles ?? null,
    issuedAt: iat === null || iat === undefined ? null : iat * 1000,
    principalId: oid ?? null,
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
