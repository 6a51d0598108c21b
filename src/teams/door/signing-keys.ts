import { createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { DAY_MS, HOUR_MS } from '../../domain/durations.ts';

/** A public key of the Bot Framework. Without endorsements it is good for every channel. */
export type SigningKey = { key: KeyObject; endorsements: readonly string[] };

/** Finds a key by its id; null for an id that is none of theirs. Throws KeysUnreadableError. */
export type SigningKeys = (keyId: string) => Promise<SigningKey | null>;

/** Neither the keys nor a copy of them can be had: nobody can say whether a signature is good. */
export class KeysUnreadableError extends Error {
  readonly code = 'keys-unreadable';
  constructor(cause: unknown) {
    super('The keys by which the Bot Framework signs cannot be read.', { cause });
    this.name = 'KeysUnreadableError';
  }
}

const Metadata = z.object({ jwks_uri: z.url({ protocol: /^https?$/ }) });
const KeyRow = z.looseObject({
  kid: z.string(),
  kty: z.literal('RSA'),
  n: z.string(),
  e: z.string(),
  endorsements: z.array(z.string()).nullish(),
});
const KeySet = z.object({ keys: z.array(z.unknown()) });

/** As the Bot Framework documents: keys are good for a day, and an unknown id is worth a look once an hour. */
const REFRESH_AFTER_MS = DAY_MS;
const LOOK_AGAIN_AFTER_MS = HOUR_MS;
/** After a failure nobody waits for the next attempt sooner, however many requests come. */
const PAUSE_AFTER_FAILURE_MS = 5_000;
const TIMEOUT_MS = 5_000;

/**
 * Reads the keys of an OpenID provider and keeps them. Many requests at once wait for one read; a read that fails
 * leaves the keys of before in force.
 * @param now ms UTC
 */
export function createSigningKeys(metadataUrl: string, now: () => number): SigningKeys {
  let keys: ReadonlyMap<string, SigningKey> | null = null;
  let readAt = 0;
  let failed: { at: number; error: KeysUnreadableError } | null = null;
  let reading: Promise<void> | null = null;

  async function read(): Promise<void> {
    try {
      keys = await readKeys(metadataUrl);
      readAt = now();
      failed = null;
    } catch (cause) {
      failed = { at: now(), error: new KeysUnreadableError(cause) };
    }
  }

  async function refresh(): Promise<void> {
    if (failed !== null && Math.abs(now() - failed.at) < PAUSE_AFTER_FAILURE_MS) return;
    reading ??= read().finally(() => {
      reading = null;
    });
    await reading;
  }

  return async (keyId) => {
    // A clock that was set back makes the keys look young forever: any distance counts.
    const age = Math.abs(now() - readAt);
    const known = keys?.get(keyId);
    if (keys === null || age > REFRESH_AFTER_MS || (!known && age > LOOK_AGAIN_AFTER_MS)) await refresh();
    if (keys !== null) return keys.get(keyId) ?? null;
    throw failed?.error ?? new KeysUnreadableError(null);
  };
}

async function readKeys(metadataUrl: string): Promise<Map<string, SigningKey>> {
  const { jwks_uri } = Metadata.parse(await readJson(metadataUrl));
  const rows = KeySet.parse(await readJson(jwks_uri)).keys.flatMap((row) => KeyRow.safeParse(row).data ?? []);
  return new Map(
    rows.map(({ kid, kty, n, e, endorsements }) => [
      kid,
      { key: createPublicKey({ key: { kty, n, e }, format: 'jwk' }), endorsements: endorsements ?? [] },
    ]),
  );
}

async function readJson(url: string): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new Error(`${new URL(url).host} answered ${response.status}`);
  return response.json();
}
