import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the next request for bytes is answered; `lost` takes the bytes and cuts the connection. */
export type UploadFault =
  | { status: number; headers?: Record<string, string>; body?: string }
  | 'cut'
  | 'lost';

/** One session of OneDrive as far as an upload calls it: bytes in order, and what is missing. */
export class UploadServer {
  ranges: string[] = [];
  headers: IncomingMessage['headers'][] = [];
  faults: UploadFault[] = [];
  /** Kept only while it is small; the digest is of everything. */
  content = Buffer.alloc(0);
  received = 0;
  largestPart = 0;
  #digest = createHash('sha256');
  readonly #server: Server = createServer((request, response) => void this.#answer(request, response));

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  /** A new, empty session. */
  reset(): void {
    this.ranges = [];
    this.headers = [];
    this.faults = [];
    this.content = Buffer.alloc(0);
    this.received = 0;
    this.largestPart = 0;
    this.#digest = createHash('sha256');
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get url(): string {
    return `${this.origin}/personal/megan/_api/uploadSession?guid=1`;
  }

  get digest(): string {
    return this.#digest.copy().digest('hex');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET') return send(response, 200, this.#missing());
    this.headers.push(request.headers);
    const range = request.headers['content-range'] ?? '';
    this.ranges.push(range);
    const fault = this.faults.shift();
    if (fault === 'cut') return void request.socket.destroy();
    const bytes = await bodyOf(request);
    if (fault && fault !== 'lost') {
      response.writeHead(fault.status, fault.headers);
      return void response.end(fault.body ?? '{"error":{"code":"faked","message":"secret text"}}');
    }
    const [, from = '', total = ''] = /^bytes (\d+)-\d+\/(\d+)$/.exec(range) ?? [];
    if (Number(from) !== this.received) return send(response, 416, {});
    this.#take(bytes);
    if (fault === 'lost') return void request.socket.destroy();
    if (this.received === Number(total)) return send(response, 201, { id: 'item-1', name: 'list.csv' });
    send(response, 202, this.#missing());
  }

  #take(bytes: Buffer): void {
    this.received += bytes.length;
    this.largestPart = Math.max(this.largestPart, bytes.length);
    this.#digest.update(bytes);
    if (this.received < 20_000_000) this.content = Buffer.concat([this.content, bytes]);
  }

  #missing = (): object => ({ nextExpectedRanges: [`${this.received}-`] });

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
