import { z } from 'zod';
import { type ApiCall, type ApiReply, json, jsonBody, Refusal } from '../http/message.ts';

const MAX_REQUESTS = 20;

const Inner = z.object({
  id: z.string().min(1),
  method: z.string(),
  url: z.string().min(1),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.unknown().optional(),
  dependsOn: z.array(z.string()).optional(),
});
type Inner = z.infer<typeof Inner>;
const Body = z.object({ requests: z.array(Inner).min(1) });

const badBatch = (message: string): Refusal => new Refusal(400, 'BadRequest', message);

function innerRequests(request: ApiCall): Inner[] {
  const body = Body.safeParse(jsonBody(request));
  if (!body.success) throw badBatch('Invalid batch payload format.');
  const { requests } = body.data;
  if (requests.length > MAX_REQUESTS) {
    throw badBatch(`Number of batch request steps exceeds the maximum value of ${MAX_REQUESTS}.`);
  }
  if (new Set(requests.map((inner) => inner.id)).size !== requests.length) {
    throw badBatch('Every request in the batch must have a unique id.');
  }
  for (const inner of requests) {
    if (
      inner.body !== undefined &&
      !Object.keys(inner.headers ?? {}).some((name) => /^content-type$/i.test(name))
    ) {
      throw badBatch('Write request must contain a Content-Type header declaration.');
    }
  }
  return requests;
}

function asRequest(outer: ApiCall, inner: Inner): ApiCall {
  const url = new URL(`${outer.origin}/v1.0/${inner.url.replace(/^\//, '')}`);
  const headers = Object.entries(inner.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    method: inner.method.toUpperCase(),
    origin: outer.origin,
    path: url.pathname,
    query: url.searchParams,
    headers: { authorization: outer.headers.authorization, ...Object.fromEntries(headers) },
    body: inner.body === undefined ? '' : JSON.stringify(inner.body),
  };
}

function asResponse(id: string, reply: ApiReply) {
  const isJson = !/text\/plain/.test(reply.headers?.['content-type'] ?? '');
  const body: unknown = reply.body === undefined ? null : isJson ? JSON.parse(reply.body) : reply.body;
  return {
    id,
    status: reply.status,
    headers: { 'Content-Type': 'application/json', ...reply.headers },
    body,
  };
}

const FAILED_DEPENDENCY = {
  error: { code: 'FailedDependency', message: 'A dependency of the request failed.' },
};

/**
 * `$batch`: up to 20 requests, each let in, throttled and refused by itself; the outer status is 200 all the
 * same. Answers come in another order than the requests, as they may.
 */
export function handleBatch(request: ApiCall, dispatch: (inner: ApiCall) => ApiReply): ApiReply {
  const statuses = new Map<string, number>();
  const responses = innerRequests(request).map((inner) => {
    const blocked = (inner.dependsOn ?? []).some((id) => (statuses.get(id) ?? 424) >= 400);
    const reply = blocked ? json(FAILED_DEPENDENCY, 424) : dispatch(asRequest(request, inner));
    statuses.set(inner.id, reply.status);
    return asResponse(inner.id, reply);
  });
  return json({ responses: responses.toReversed() });
}
