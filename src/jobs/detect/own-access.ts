import { accessNews } from '../../domain/access/own-access.ts';
import { MEANINGS, type Meaning } from '../../domain/detection/alerts/by-state.ts';
import type { Found } from '../../domain/detection/alerts/found.ts';
import { identityOf } from '../../domain/detection/alerts/identity.ts';
import { closeQuiet } from '../../domain/detection/alerts/life-cycle.ts';
import { accessFacts, accessTitle } from '../../domain/detection/words/state-words.ts';
import type { JobContext } from '../context.ts';
import { commitNoted, detectionNote } from '../outgoing/alert-notes.ts';
import { securityCard } from '../outgoing/outgoing.ts';
import { raise } from './raise.ts';
import { ownLabels } from './with-state.ts';

const RULE: Meaning = 'own-access-taken';

/**
 * Asks what the tenant lets us do, and alerts once where something was taken away: also where no record says so, as
 * when the log itself is no longer ours to read. When all of it is back, the alert closes by itself.
 */
export async function noteOwnAccess(context: JobContext, signal: AbortSignal): Promise<void> {
  const { store, clock, log, ownAccess } = context;
  const access = await ownAccess.ask(signal);
  const known = await store.ownAccess.known();
  const now = clock.now();
  const { rows, lost, back } = accessNews(known, access, now);
  if (lost.length > 0) {
    log.warn({ permissions: lost }, 'permissions were taken away');
    // Somebody else was faster with the same alert: the next run looks again.
    if (!(await raise(context, [lostFound(context, lost, now)]))) return;
  }
  context.onStep('own-access:before-note');
  await store.ownAccess.note(rows);
  if (back.length === 0) return;
  log.info({ permissions: back }, 'permissions are back');
  const held = new Set(access.held);
  const missing = known.filter(({ permission, held: was }) => !was && !held.has(permission));
  if (lost.length === 0 && missing.length === 0) await closeAlert(context, now);
}

function lostFound(context: JobContext, lost: readonly string[], now: number): Found {
  const [detectionClass, level, title] = MEANINGS[RULE];
  return {
    firing: {
      rule: RULE,
      class: detectionClass,
      level,
      title,
      records: [],
      labels: ownLabels(context),
      at: now,
    },
    counts: 'acts',
    fresh: [],
    words: {
      title: accessTitle(lost),
      facts: accessFacts(lost),
      who: null,
      object: 'License Watch',
      address: null,
      client: null,
    },
    userIds: [],
    strangers: 0,
    watchedDays: null,
    byState: true,
  };
}

async function closeAlert(context: JobContext, now: number): Promise<void> {
  const identity = identityOf({ rule: RULE, labels: ownLabels(context) });
  const [open] = await context.store.security.openByIdentity([identity]);
  if (!open) return;
  const closed = closeQuiet(open, now);
  await commitNoted(context, {
    incidents: [],
    verdicts: [],
    settled: [],
    security: { incidents: [closed] },
    outbox: closed.tellAt === null ? [] : [securityCard(closed, now)],
    alerts: [detectionNote(open, closed, now)],
  });
}
