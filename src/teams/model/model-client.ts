import { z } from 'zod';

/** More than a choice of one action ever takes. */
const MAX_BYTES = 65_536;

/** Why the model gave no answer that can be read. `status` is null when there was none. */
export type ModelFailure = {
  reason: 'timeout' | 'unreachable' | 'refused' | 'too-large' | 'malformed';
  status: number | null;
};

/** The part of a chat completion that we use. */
const Completion = z.object({
  choices: z.tuple(
    [
      z.object({
        message: z.object({
          tool_calls: z
            .array(z.object({ function: z.object({ name: z.string(), arguments: z.string() }) }))
            .nullish(),
        }),
      }),
    ],
    z.unknown(),
  ),
});

export type ModelClient = {
  /** Stands in for `fetch` in the client of Teams AI. Never rejects and always answers a completion. */
  fetch(url: string, body: unknown): Promise<Response>;
  /** What went wrong with the last call. */
  failure(): ModelFailure | null;
};

/**
 * The only way to the language model: one try, a time-out that covers the body as well, no redirects, a limit on
 * what is read, and no headers but ours. The client prints whatever error it is given, with what the server said,
 * so it is given none: a failed call looks to it like a model that chose nothing, and is noted here.
 * @param headers with the key; the client itself does not have it, and cannot print it
 */
export function createModelClient(options: {
  fetch: typeof fetch;
  headers: Readonly<Record<string, string>>;
  timeoutMs: number;
}): ModelClient {
  let failure: ModelFailure | null = null;
  const fail = (reason: ModelFailure['reason'], status: number | null): Response => {
    failure = { reason, status };
    return chosen([]);
  };
  const call = async (url: string, body: string): Promise<Response> => {
    const signal = AbortSignal.timeout(options.timeoutMs);
    let status: number | null = null;
    try {
      const response = await options.fetch(url, {
        method: 'POST',
        headers: { ...options.headers, 'content-type': 'application/json', accept: 'application/json' },
        body,
        redirect: 'error',
        signal,
      });
      status = response.status;
      if (!response.ok) {
        await response.body?.cancel();
        return fail('refused', status);
      }
      const text = await boundedText(response);
      if (text === null) return fail('too-large', status);
      const completion = Completion.safeParse(parsedJson(text));
      if (!completion.success) return fail('malformed', status);
      return chosen(completion.data.choices[0].message.tool_calls ?? []);
    } catch {
      return fail(signal.aborted ? 'timeout' : 'unreachable', status);
    }
  };
  return {
    fetch: async (url, body) => {
      failure = null;
      return typeof body === 'string' ? call(url, body) : fail('malformed', null);
    },
    failure: () => failure,
  };
}

/** A completion that holds these calls and nothing else of what the server said. */
const chosen = (calls: readonly { function: { name: string; arguments: string } }[]): Response => {
  const toolCalls = calls.map((call, position) => ({ id: `call-${position}`, type: 'function', ...call }));
  const message = { role: 'assistant', content: '', tool_calls: toolCalls };
  return Response.json({ choices: [{ index: 0, finish_reason: 'stop', message }] });
};

/** The body as text; null when it is longer than anything that we would read. */
async function boundedText(response: Response): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    // Leaving the loop cancels the rest of the body.
    if (size > MAX_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
