import type { IncomingMessage } from 'node:http';

type Refused = { ok: false; status: 400 | 413; message: string };
export type JsonBody = { ok: true; value: unknown } | Refused;

/**
 * Reads a request's body as text. One over the limit is not kept, however long it goes on.
 * @param limit in bytes
 * @throws what the connection throws when it breaks
 */
export async function readText(
  request: IncomingMessage,
  limit: number,
): Promise<{ ok: true; text: string } | Refused> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
    else if (size > limit * 4) break;
  }
  if (size > limit) {
    return { ok: false, status: 413, message: `The body is larger than ${Math.floor(limit / 1024)} KB.` };
  }
  return { ok: true, text: Buffer.concat(chunks).toString('utf8') };
}

/**
 * Reads a request's body as JSON. A body over the limit is not kept, however long it goes on.
 * @param limit in bytes
 * @throws what the connection throws when it breaks
 */
export async function readJson(request: IncomingMessage, limit: number): Promise<JsonBody> {
  const body = await readText(request, limit);
  return body.ok ? parseJson(body.text) : body;
}

/** The value of a JSON text, or why there is none. */
export function parseJson(text: string): JsonBody {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false, status: 400, message: 'The body is not JSON.' };
  }
}
