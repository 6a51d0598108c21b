import { type TenantAuditing, TenantReadError } from '../../domain/ports.ts';
import type { ActivityFeed } from './activity-feed.ts';

/** The content type that tells of licenses: it is always collected. */
const CONTENT_TYPE = 'Audit.AzureActiveDirectory';

/**
 * Asks whether the tenant audits, by opening a subscription that is open already: Microsoft then answers AF20024, and
 * "Tenant … does not exist" where it does not audit. No API of Graph tells it.
 */
export function createAuditingQuestion(feed: ActivityFeed): TenantAuditing {
  return {
    async ask(signal) {
      try {
        await feed.start(CONTENT_TYPE, signal);
        return { state: 'on', detail: null };
      } catch (error) {
        if (!(error instanceof TenantReadError)) throw error;
        if (error.code === 'auditing-off') return { state: 'off', detail: error.message };
        return { state: null, detail: error.message };
      }
    },
  };
}

/**
 * A feed that remembers which content types were opened again by somebody else than their reader, so that the reader
 * learns since when its records begin.
 */
export function rememberStarts(
  feed: ActivityFeed,
  now: () => number,
): { feed: ActivityFeed; startedAt(contentType: string): number | null } {
  const started = new Map<string, number>();
  return {
    feed: {
      ...feed,
      async start(contentType, signal) {
        const outcome = await feed.start(contentType, signal);
        if (outcome === 'started') started.set(contentType, now());
        return outcome;
      },
    },
    startedAt(contentType) {
      const at = started.get(contentType) ?? null;
      started.delete(contentType);
      return at;
    },
  };
}
