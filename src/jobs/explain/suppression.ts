import type { AlertDecision, AlertNote } from '../../domain/alert/reason.ts';
import { asOfThen, isHidden, type Suppressions, suppressionOf } from '../../domain/alert/suppressed.ts';
import { incidentCardKey } from '../../domain/delivery/card-key.ts';
import type { Decision } from '../../domain/incident/decision.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { OutboxItem } from '../../domain/ports.ts';
import { LICENSE_WATCH } from '../../domain/suppression/license-watch.ts';
import { watchedNotice, whatIsWorse, worseNotice } from '../../domain/suppression/snooze-notice.ts';
import type { JobContext } from '../context.ts';
import { decisionOf } from '../decisions/decided.ts';
import { incidentNote } from '../outgoing/alert-notes.ts';
import { besideCard, cardFor, noticeAbout } from '../outgoing/outgoing.ts';
import { productNames } from '../product-names.ts';

/** An incident as it is to be stored, and what goes with it in the same transaction. */
export type Written = {
  incident: Incident;
  outbox: OutboxItem[];
  decisions: Decision[];
  /** Why people are alerted by it, or are not. */
  alerts: AlertNote[];
};

/** The rules and silences that apply now. */
export async function loadSuppressions({ store, clock }: JobContext): Promise<Suppressions> {
  return { rules: await store.suppression.rules(), silences: await store.suppression.silences(clock.now()) };
}

/**
 * Applies what people said beforehand to an open incident that is about to be written: a rule hides it, a silence
 * makes it wait, and one that was snoozed speaks up when it has become worse. What License Watch decided itself
 * goes into the decision log.
 * @param before the incident as it is stored; null for a new one
 * @param candidate the incident as it would be written without orders
 */
export async function applySuppression(
  context: JobContext,
  suppressions: Suppressions,
  before: Incident | null,
  candidate: Incident,
): Promise<Written> {
  const now = candidate.updatedAt;
  const wasHidden = before !== null && isHidden(before);
  const rules = await rulesFor(context, suppressions, before, wasHidden);
  const ordered = suppressionOf(candidate, { rules, silences: suppressions.silences }, now, before);
  const { incident, decision } = ordered;
  const alerts = [incidentNote(incident, decision)];
  const log = (own: Pick<Decision, 'kind'> & Partial<Decision>): Decision =>
    // Users may join the incident later: the log says for whom this was decided.
    decisionOf(
      { context, by: LICENSE_WATCH, now },
      { incidentId: incident.id, userIds: incident.userIds, ...own },
    );
  switch (ordered.kind) {
    case 'expected': {
      if (wasHidden) return { incident, outbox: [], decisions: [], alerts };
      const decided = log({ kind: 'approve', reason: decision.detail, about: decision.ruleId });
      const outbox = before === null ? [] : [cardFor(incident, now)];
      return { incident, outbox, decisions: [decided], alerts };
    }
    case 'quiet': {
      const until = incident.snoozedUntil ?? now;
      const isNews = before?.snoozedUntil !== until;
      const decided = log({ kind: 'snooze', reason: incident.snoozeReason, until });
      return {
        incident,
        // A card that stands is edited at once, which disturbs nobody; a first one waits for the end.
        outbox: [{ ...cardFor(incident, now), notBefore: before === null || wasHidden ? until : now }],
        decisions: isNews ? [decided] : [],
        alerts,
      };
    }
    case 'told':
      return { ...(await speakUp(context, before, incident, decision)), decisions: [], alerts };
  }
}

/**
 * Nobody's press is undone by a rule: where somebody set out to restore, or has asked a second operator to agree, rules
 * have nothing to say any more.
 */
async function rulesFor(
  { store }: JobContext,
  { rules }: Suppressions,
  before: Incident | null,
  wasHidden: boolean,
): Promise<Suppressions['rules']> {
  if (before === null) return rules;
  if (wasHidden) return asOfThen(rules, before);
  if (before.request !== null) return [];
  return (await store.decisions.steps(before.id)).length === 0 ? rules : [];
}

/**
 * Edits notify nobody. What became worse during a snooze, which ends it, and that somebody is concerned whom people
 * keep an eye on, are therefore also said in a message of its own; where no card stands yet, the card is the news.
 */
async function speakUp(
  context: JobContext,
  before: Incident | null,
  candidate: Incident,
  { reason }: AlertDecision,
): Promise<Pick<Written, 'incident' | 'outbox'>> {
  const now = candidate.updatedAt;
  if (before === null || (reason !== 'watched' && reason !== 'worse')) {
    return { incident: candidate, outbox: [cardFor(candidate, now)] };
  }
  const productName = await productNames(context);
  const worse = candidate.snoozedUntil === null ? [] : whatIsWorse(before, candidate, productName);
  const incident: Incident = { ...candidate, snoozedUntil: null, snoozeReason: null };
  const card = cardFor(incident, now);
  if ((await context.store.outbox.postedCard(incident.id)) === null) return { incident, outbox: [card] };
  const { title, text } =
    worse.length > 0 ? worseNotice(incident, worse, productName) : watchedNotice(incident, productName);
  const since = `${incident.id}:${incident.revision}`;
  const notice = besideCard(
    incidentCardKey(incident.id),
    noticeAbout('worse', since, title, text, now, incident.watched ? 'call' : 'notice'),
  );
  return { incident, outbox: [card, notice] };
}
