import type { IncomingHttpHeaders } from 'node:http';

/** A request as the routes see it. `origin` is what the client called, so that links lead back there. */
export type ApiCall = {
  readonly method: string;
  readonly origin: string;
  /** Path without query, percent-encoding kept. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

/** An answer. `body` is finished text: JSON unless the headers say otherwise. */
export type ApiReply = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** How long it takes to make, ms. */
  readonly delayMs?: number;
};

/** What a wire-level fault does in place of an answer. */
export type Disturbance = 'cut' | 'malformed' | 'stall';

/** A refusal that a route throws; each API writes it in its own envelope. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Further objects for the envelope's `details`. */
  readonly details: readonly object[];
  constructor(
    status: number,
    code: string,
    message: string,
    more: { headers?: Record<string, string>; details?: readonly object[] } = {},
  ) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
    this.headers = more.headers ?? {};
    this.details = more.details ?? [];
  }
}

export const json = (value: unknown, status = 200, headers: Record<string, string> = {}): ApiReply => ({
  status,
  headers,
  body: JSON.stringify(value),
});

/** Reads a JSON object body. Throws a Graph-style Refusal for anything else. */
export function jsonBody(request: ApiCall): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(request.body);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Falls through: what is not JSON is refused like what is not an object.
  }
  throw new Refusal(
    400,
    'BadRequest',
    'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
  );
}
