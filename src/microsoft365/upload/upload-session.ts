import { z } from 'zod';
import type { ExchangeAnswer } from '../http/exchange.ts';

/**
 * What an upload session answers, as "Upload a large file with an upload session" of Microsoft Graph tells:
 * 202 with the ranges that are missing, 200 or 201 when the file is whole, 416 for bytes that it has already,
 * 404 or 410 when the session is over, 507 (or 413 with a quota) when the drive is full.
 */
export type SessionAnswer =
  | { kind: 'whole' }
  /** The first byte that is missing. */
  | { kind: 'missing'; from: number }
  /** It has some of these bytes: only its status says which. */
  | { kind: 'ask' }
  | { kind: 'expired' }
  | { kind: 'full' }
  | { kind: 'again'; status: number; retryAfter: string | undefined }
  | { kind: 'refused'; status: number };

const Missing = z.object({
  nextExpectedRanges: z.tuple([z.string().regex(/^\d{1,15}(?:-\d{0,15})?$/)], z.unknown()),
});

/** Reads the answer to a part, or to the question how far the upload is. */
export function readSessionAnswer({ status, text, headers }: ExchangeAnswer): SessionAnswer {
  switch (status) {
    case 200:
    case 202: {
      const from = firstMissing(text);
      if (from !== null) return { kind: 'missing', from };
      return status === 200 ? { kind: 'whole' } : { kind: 'ask' };
    }
    case 201:
      return { kind: 'whole' };
    case 404:
    case 410:
      return { kind: 'expired' };
    case 409:
    case 416:
      return { kind: 'ask' };
    case 413:
    case 507:
      return { kind: 'full' };
    case 408:
    case 429:
      return { kind: 'again', status, retryAfter: headers['retry-after'] };
    default:
      return status >= 500
        ? { kind: 'again', status, retryAfter: headers['retry-after'] }
        : { kind: 'refused', status };
  }
}

function firstMissing(text: string): number | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = Missing.safeParse(json);
  return parsed.success ? Number.parseInt(parsed.data.nextExpectedRanges[0], 10) : null;
}
