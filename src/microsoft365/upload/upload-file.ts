import { retryAfterMs } from '../../domain/pause/retry-after.ts';
import type { Clock, FileUploads, UploadOutcome, UploadSource } from '../../domain/ports.ts';
import { pauseBefore, type RetryLimits } from '../http/backoff.ts';
import { type Exchange, ExchangeError } from '../http/exchange.ts';
import { sleepOrCancel } from '../http/sleep.ts';
import { type AddressRules, uploadAddress } from './upload-address.ts';
import { readSessionAnswer, type SessionAnswer } from './upload-session.ts';

/** OneDrive takes parts in multiples of 320 KiB, up to 60 MiB, and advises 5 to 10 MiB. */
const PART_BYTES = 16 * 320 * 1024;
const MAX_ANSWER_BYTES = 1024 * 1024;
/** After so many answers without a new byte, an upload does not get any further. */
const MAX_STANDSTILLS = 5;

export type UploadOptions = {
  rules: AddressRules;
  exchange: Exchange;
  clock: Clock;
  random: () => number;
  limits: RetryLimits & { timeoutMs: number };
};

type Sent = SessionAnswer | Extract<UploadOutcome, { ok: false }>;

/** Uploads to sessions whose address is the key: no token is sent, and no redirect followed. */
export function createUploads(options: UploadOptions): FileUploads {
  return {
    accepts: (address) => uploadAddress(address, options.rules) !== null,
    async put(address, file, signal) {
      const url = uploadAddress(address, options.rules);
      if (url === null) return failed('address', 'the address is not in Microsoft’s storage');
      return putAll(options, url, file, signal);
    },
  };
}

async function putAll(
  options: UploadOptions,
  url: URL,
  file: UploadSource,
  signal: AbortSignal,
): Promise<UploadOutcome> {
  let standstills = 0;
  for (let from = 0; ; ) {
    const to = Math.min(from + PART_BYTES, file.size);
    let answer = await patiently(options, url, signal, { from, to, file });
    if ('kind' in answer && answer.kind === 'ask') answer = await patiently(options, url, signal, null);
    if ('ok' in answer) return answer;
    switch (answer.kind) {
      case 'whole':
        return { ok: true };
      case 'missing':
        if (answer.from >= file.size) return failed('refused', 'more is expected than there is');
        standstills = answer.from > from ? 0 : standstills + 1;
        if (standstills > MAX_STANDSTILLS) return failed('refused', 'the same bytes are asked for again');
        from = answer.from;
        break;
      case 'ask':
        return failed('refused', 'the session does not say what is missing');
      case 'expired':
      case 'full':
        return failed(answer.kind, `the session is ${answer.kind}`);
      case 'again':
        return failed('unreachable', `the session failed with ${answer.status}`);
      case 'refused':
        return failed('refused', `the session answered ${answer.status}`);
    }
  }
}

type Part = { from: number; to: number; file: UploadSource };

/** Sends a part, or asks for the status of the session (`part` null), again while that may help. */
async function patiently(
  options: UploadOptions,
  url: URL,
  signal: AbortSignal,
  part: Part | null,
): Promise<Sent> {
  const { clock, limits, random } = options;
  for (let attempt = 1; ; attempt++) {
    const answer = await once(options, url, signal, part);
    const again = 'kind' in answer ? answer.kind === 'again' : answer.reason === 'unreachable';
    if (!again) return answer;
    const asked = 'kind' in answer && answer.kind === 'again' ? answer.retryAfter : undefined;
    const pause = pauseBefore(attempt, retryAfterMs(asked, clock.now()), limits, random);
    if (pause === null) return answer;
    try {
      await sleepOrCancel(clock, pause, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
      return failed('cancelled', 'stopped');
    }
  }
}

async function once(
  { exchange, limits }: UploadOptions,
  url: URL,
  signal: AbortSignal,
  part: Part | null,
): Promise<Sent> {
  const body = part && (await part.file.part(part.from, part.to));
  try {
    const answer = await exchange({
      method: part ? 'PUT' : 'GET',
      url,
      headers: part
        ? {
            'content-type': 'application/octet-stream',
            'content-range': `bytes ${part.from}-${part.to - 1}/${part.file.size}`,
          }
        : {},
      body,
      timeoutMs: limits.timeoutMs,
      maxBodyBytes: MAX_ANSWER_BYTES,
      signal,
    });
    return readSessionAnswer(answer);
  } catch (error) {
    if (!(error instanceof ExchangeError)) throw error;
    return failed(error.code === 'cancelled' ? 'cancelled' : 'unreachable', error.code);
  }
}

const failed = (
  reason: Extract<UploadOutcome, { ok: false }>['reason'],
  detail: string,
): Extract<UploadOutcome, { ok: false }> => ({ ok: false, reason, detail });
