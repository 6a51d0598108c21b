import { z } from 'zod';

/** Graph, as an administrator who may register apps. Throws SetupError. */
export type GraphCalls = { call(method: 'GET' | 'POST', path: string, body?: object): Promise<unknown> };

/** What Graph refused; the message names the call, the answer and what to do, and no secret. */
export class SetupError extends Error {
  readonly code = 'setup-refused';
  readonly status: number;
  constructor(message: string, status: number) {
    super(message);
    this.name = 'SetupError';
    this.status = status;
  }
}

const Refused = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** What was made a moment ago may not be everywhere yet: as long as this it is asked again, ms in all. */
const PAUSES_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000] as const;

export type GraphCallsOptions = {
  /** Graph's origin. */
  graph: string;
  token: string;
  sleep(ms: number): Promise<void>;
  /** Told why it waits. */
  say(line: string): void;
};

/**
 * Calls Graph. Right after something was made, Microsoft answers for a while with 404, or with 400, as if it were not
 * there; and 429 and 5xx pass too: such a call is made again.
 */
export function createGraphCalls({ graph, token, sleep, say }: GraphCallsOptions): GraphCalls {
  async function once(method: string, path: string, body?: object): Promise<Response> {
    return fetch(new URL(`/v1.0${path}`, graph), {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(30_000),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }
  return {
    async call(method, path, body) {
      for (let tries = 0; ; tries++) {
        const response = await once(method, path, body);
        const text = await response.text();
        if (response.ok) return text === '' ? null : JSON.parse(text);
        const pause = PAUSES_MS[tries];
        if (pause === undefined || !mayPass(method, response.status, text)) {
          throw new SetupError(refusal(method, path, response.status, text), response.status);
        }
        say(`Microsoft does not have it everywhere yet: again in ${pause / 1_000} s`);
        await sleep(retryAfterMs(response) ?? pause);
      }
    },
  };
}

/** What is not there yet, and what Microsoft asks to try again. */
function mayPass(method: string, status: number, text: string): boolean {
  if (status === 429 || status >= 500) return true;
  if (status === 404) return true;
  return (
    status === 400 &&
    method === 'POST' &&
    /NoBackingApplicationObject|does not exist|not found|does not reference a valid|referenced-property|reference-property/i.test(
      text,
    )
  );
}

function retryAfterMs({ headers }: Response): number | null {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? Math.min(seconds * 1_000, 60_000) : null;
}

function refusal(method: string, path: string, status: number, text: string): string {
  let why = 'no reason given';
  try {
    const read = Refused.safeParse(JSON.parse(text));
    if (read.success) why = `${read.data.error.code}: ${read.data.error.message}`;
  } catch {
    // What is no JSON of Graph's is not repeated.
  }
  const mend =
    status === 403 || status === 401
      ? ' Sign in as a Privileged Role Administrator or Global Administrator, with the role active.'
      : '';
  return `${method} ${path.split('?', 1)[0]} was answered with ${status} (${why}).${mend}`;
}
