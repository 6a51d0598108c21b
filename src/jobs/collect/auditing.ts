/** Watches whether the tenant writes audit records, and tells the channel once when it stops, and when it does again. */

import { type Auditing, afterAnswer, afterRecord } from '../../domain/audit/auditing.ts';
import type { ArchivedEvent, AuditSource } from '../../domain/audit/event.ts';
import { LOG_NAMES } from '../../domain/audit/log-names.ts';
import { FAILURES_THAT_COUNT, HABIT_MS, silentSince } from '../../domain/audit/source-news.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../domain/durations.ts';
import type { OutboxItem } from '../../domain/ports.ts';
import type { JobContext } from '../context.ts';
import { noticeAbout } from '../outgoing/outgoing.ts';

type Context = Pick<JobContext, 'store' | 'clock' | 'log'>;

/** Read on a schedule; the search speaks only when it is asked. */
const COLLECTED: readonly AuditSource[] = ['directoryAudits', 'activity'];
const HOW_TO =
  'An admin who may change it runs Set-AdminAuditLogConfig -UnifiedAuditLogIngestionEnabled $true in Exchange Online PowerShell; it can take up to 60 minutes.';

/** Asks the tenant, and looks whether a source that can be read has gone silent. */
export async function checkAuditing(
  context: Context & Pick<JobContext, 'auditing'>,
  signal: AbortSignal,
): Promise<void> {
  const { state, detail } = await context.auditing.ask(signal);
  await noteAnswer(context, state, detail);
  for (const source of COLLECTED) await lookForSilence(context, source);
}

/** Whatever the schedule says, nobody waits longer than this for the question, ms. */
const ASKED_WITHIN_MS = HOUR_MS - 10 * MINUTE_MS;

/** Asks where nobody has for nearly an hour: a schedule of once a day would hide a night without any record. */
export async function checkAuditingHourly(
  context: Context & Pick<JobContext, 'auditing'>,
  signal: AbortSignal,
): Promise<void> {
  const { askedAt } = await context.store.audit.auditing();
  if (askedAt === null || context.clock.now() - askedAt >= ASKED_WITHIN_MS) {
    await checkAuditing(context, signal);
  }
}

/** Notes what the service says of auditing: null where it does not tell, with the reason. */
export async function noteAnswer(
  { store, clock, log }: Context,
  state: 'on' | 'off' | null,
  detail: string | null,
): Promise<void> {
  const at = clock.now();
  let before: Auditing['state'] = 'unknown';
  const now = await store.audit.changeAuditing((auditing) => {
    before = auditing.state;
    const next = afterAnswer(auditing, { state, at, detail });
    return { auditing: next, news: newsOf(auditing, next, at, null) };
  });
  if (now.state !== before) log.warn({ state: now.state, before, detail }, 'auditing changed');
}

/**
 * Looks for the switch among records that come in. Called before they are stored: a crash between repeats both. Where a
 * rule alerts of the same record, its card is the one that people get.
 */
export async function noteSwitches(
  context: Context & Pick<JobContext, 'detector'>,
  events: readonly ArchivedEvent[],
): Promise<void> {
  const { store, clock, log } = context;
  for (const one of events) {
    const { event, auditing: state } = one;
    if (!state) continue;
    const isAlerted = state === 'off' && alertsOf(context, one);
    const now = clock.now();
    const at = Math.min(event.at, now);
    const who = event.actor?.name ?? event.actor?.id ?? null;
    await store.audit.changeAuditing((auditing) => {
      const next = afterRecord(auditing, { state, at });
      const news = isAlerted ? [] : newsOf(auditing, next, now, who);
      return { auditing: next, news };
    });
    log.warn({ state, at, record: event.id }, 'a record tells of the switch of auditing');
  }
}

/** An older record may be too late for an alert: then the notice says it, ms. */
const ALERTED_WITHIN_MS = DAY_MS;
const CARD_LEVELS: ReadonlySet<string> = new Set(['medium', 'high', 'critical']);

/** Whether a rule that posts a card fires on the record. */
function alertsOf(
  { clock, detector }: Pick<JobContext, 'clock' | 'detector'>,
  { event, raw, body }: ArchivedEvent,
): boolean {
  if (clock.now() - event.at > ALERTED_WITHIN_MS) return false;
  const posting = new Set(
    detector.ruleSet.events
      .filter(({ tells, inert, level }) => tells && inert === null && CARD_LEVELS.has(level))
      .map(({ id }) => id),
  );
  return detector.matchesOf(raw, event.operation, body).some(({ ruleId }) => posting.has(ruleId));
}

/** The messages about a change; the key is of the episode, so that nothing repeats one. */
function newsOf(before: Auditing, next: Auditing, now: number, who: string | null): OutboxItem[] {
  if (next.state === before.state) return [];
  if (next.state === 'off') {
    return [
      noticeAbout(
        'auditing-off',
        String(next.since),
        'Auditing is switched off in this tenant',
        `${who === null ? 'Microsoft says so when it is asked.' : `${who} switched it off, by the audit record of it.`} From then on no log can say who changes a license; I still notice what changes. ${HOW_TO}`,
        now,
      ),
    ];
  }
  if (before.state !== 'off') return [];
  return [
    noticeAbout(
      'auditing-on',
      String(before.since),
      'Auditing is on again',
      `${who === null ? '' : `${who} switched it on. `}Records can take up to 60 minutes to begin, and what happened meanwhile is in no log.`,
      now,
    ),
  ];
}

/** Tells once per outage of a source that it cannot be read; that the tenant does not audit is told by itself. */
export async function tellFailingSources({ store, clock }: Context): Promise<void> {
  const news = (await store.audit.problems())
    .filter(({ code, failures }) => code !== 'auditing-off' && failures >= FAILURES_THAT_COUNT)
    .map(({ source, since, message }) =>
      noticeAbout(
        `source-failing:${source}`,
        String(since),
        `License Watch cannot read the ${LOG_NAMES[source]}`,
        `${FAILURES_THAT_COUNT} collections in a row failed, so that causes may be missing. ${message}`,
        clock.now(),
      ),
    );
  if (news.length > 0) await store.outbox.enqueue(news);
}

async function lookForSilence({ store, clock }: Context, source: AuditSource): Promise<void> {
  const now = clock.now();
  const since = silentSince(await store.audit.hoursWithRecords(source, now - HABIT_MS), now);
  await store.audit.setSilentSince(source, since);
  if (since === null) return;
  await store.outbox.enqueue([
    noticeAbout(
      `source-silent:${source}`,
      String(since),
      `The ${LOG_NAMES[source]} has gone silent`,
      'It can be read and holds nothing new, for much longer than in the week before. Is auditing on? Ask me for “status”.',
      now,
    ),
  ]);
}
