import type { IncomingMessage } from 'node:http';

export type DoorRefusal = { status: 403 | 415; message: string };

/** Names of this machine that no page on the internet can have: a page's own name may be made to lead here. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

/**
 * What a request must be while nobody is authenticated: from a program on this machine, and not from a page in a
 * browser on it. A browser names the page in `Origin`, the host that the page asked for in `Host` (another one when
 * the name was made to lead here), and sends JSON elsewhere only after asking, which is answered to nobody.
 * @param port that we listen on
 * @returns why the request is refused; null when it is not
 */
export function refusalOfLocal(
  { headers }: Pick<IncomingMessage, 'headers'>,
  port: number,
): DoorRefusal | null {
  const own = hostAndPort(headers.host ?? '');
  if (own === null || !LOOPBACK.test(own.host) || own.port !== port) {
    return {
      status: 403,
      message: 'Without BOT_ID only programs on this machine are answered, under its own name.',
    };
  }
  const { origin } = headers;
  if (origin !== undefined && origin.toLowerCase() !== `http://${headers.host ?? ''}`.toLowerCase()) {
    return { status: 403, message: 'Without BOT_ID no page of another origin is answered.' };
  }
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    return { status: 403, message: 'Without BOT_ID no page of another origin is answered.' };
  }
  const type = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    return { status: 415, message: 'Send the activity as application/json.' };
  }
  return null;
}

function hostAndPort(header: string): { host: string; port: number } | null {
  const match = /^(\[[0-9a-f:]+\]|[^:/@\s]+)(?::(\d{1,5}))?$/i.exec(header);
  return match?.[1] === undefined ? null : { host: match[1], port: Number(match[2] ?? 80) };
}
