import http from 'node:http';

/** Graph gives up on an address after ten seconds. */
const PATIENCE_MS = 10_000;

/** Posts to this machine. Status 0: no answer. The body of an answer over a megabyte is cut. */
function post(url: string, body: string, type: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve) => {
    const outgoing = http.request(
      url,
      {
        method: 'POST',
        headers: { 'content-type': type, 'content-length': Buffer.byteLength(body) },
        timeout: PATIENCE_MS,
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => void chunks.push(chunk));
        incoming.on('error', () => resolve({ status: 0, text: '' }));
        incoming.on('end', () =>
          resolve({ status: incoming.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
        );
      },
    );
    outgoing.on('timeout', () => outgoing.destroy());
    outgoing.on('error', () => resolve({ status: 0, text: '' }));
    outgoing.end(body);
  });
}

/** Whether the address took the body. */
export async function postJson(url: string, body: object): Promise<boolean> {
  const { status } = await post(url, JSON.stringify(body), 'application/json; charset=utf-8');
  return status >= 200 && status < 300;
}

/** What the address answered with 200; null for anything else, and for an address that is not on this machine. */
export async function postText(url: string): Promise<string | null> {
  if (!/^http:\/\/(localhost|127\.|\[::1\])/.test(url)) return null;
  const { status, text } = await post(url, '', 'text/plain; charset=utf-8');
  return status === 200 ? text : null;
}
