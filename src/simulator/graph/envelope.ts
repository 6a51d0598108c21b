import { randomUUID } from 'node:crypto';
import { type ApiCall, type ApiReply, json, type Refusal } from '../http/message.ts';

/** Headers that every directory answer carries; the client's own id comes back. */
export function correlationHeaders(request: ApiCall): Record<string, string> {
  const requestId = randomUUID();
  const client = request.headers['client-request-id'];
  return {
    'request-id': requestId,
    'client-request-id': typeof client === 'string' ? client : requestId,
    'x-ms-ags-diagnostic': JSON.stringify({
      ServerInfo: {
        DataCenter: 'Simulator',
        Slice: 'E',
        Ring: '1',
        ScaleUnit: '000',
        RoleInstance: 'SIM0001',
      },
    }),
  };
}

/** Graph's error envelope. */
export function graphError(request: ApiCall, refusal: Refusal, now: number): ApiReply {
  const headers = correlationHeaders(request);
  return json(
    {
      error: {
        code: refusal.code,
        message: refusal.message,
        ...(refusal.details.length > 0 ? { details: refusal.details } : {}),
        innerError: {
          date: new Date(now).toISOString().slice(0, 19),
          'request-id': headers['request-id'],
          'client-request-id': headers['client-request-id'],
        },
      },
    },
    refusal.status,
    { ...headers, ...refusal.headers },
  );
}
