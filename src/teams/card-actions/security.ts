import { z } from 'zod';
import type { Access } from '../../domain/access/access.ts';
import type { SecurityView } from '../../domain/detection/alerts/view.ts';
import type { SecurityRequest } from '../../domain/incident/decision.ts';
import type { BotContext } from '../bot-context.ts';
import { SECURITY_PARTS, type SecurityPart, securityCard } from '../cards/security/card.ts';
import { timesIn } from '../cards/times.ts';
import { RULE_LENGTHS } from '../rule-lengths.ts';
import { SNOOZE_LENGTHS } from '../snooze-lengths.ts';
import { type ActionTurn, say, showCard } from '../turn.ts';
import { cardAction, Id, OptionalReason, Reason } from './card-action.ts';
import { pressedKey } from './pressed-card.ts';

/** Parts of the card in which somebody decides. */
const FORMS: ReadonlySet<unknown> = new Set(['expected', 'snooze', 'takeOn', 'reopen']);

/** Whether a press asks for more than to look. What is no part of the card counts: it is parsed afterwards. */
const asksToDecide = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && 'open' in data && FORMS.has(data.open);

/** The alert as the person may see it, with the part that they ask for: a form, the records, what happened around. */
export const securityView = cardAction({
  verb: 'security-view',
  role: (data) => (asksToDecide(data) ? 'operator' : 'reader'),
  Data: z.object({ incidentId: Id, open: z.enum(SECURITY_PARTS).nullable().default(null) }),
  misfit: 'I cannot read this request. Please use the buttons of the newest card.',
  async run({ incidentId, open }, turn, context, access) {
    const part = open === 'details' || open === 'around' ? open : null;
    const view = await context.services.securityAlert(incidentId, access, part);
    if (!view) return turn.reply(say(access.sees === null ? UNKNOWN : BEYOND));
    const can = {
      expected: view.can.expect,
      snooze: view.can.snooze,
      takeOn: view.can.takeOn,
      reopen: view.can.reopen,
    };
    if (open !== null && open in can && !can[open as keyof typeof can]) {
      return show(view, { notice: TOO_LATE }, turn, context, access);
    }
    await show(view, { open }, turn, context, access);
  },
});

/** It was meant to happen: says who found so, and why; with a rule, of others like it until then. */
export const securityExpected = cardAction({
  verb: 'security-expected',
  role: 'operator',
  Data: z.object({
    incidentId: Id,
    expectReason: Reason,
    expectFor: z.enum(['no', '30d', '90d', '1y']).default('no'),
  }),
  misfit: 'Please give a reason of at most 500 characters. Nothing was changed.',
  run({ incidentId, expectReason: reason, expectFor }, turn, context, access) {
    const ruleUntil = expectFor === 'no' ? null : context.now() + RULE_LENGTHS[expectFor].ms;
    return decideAndShow({ kind: 'expect', incidentId, reason, ruleUntil }, turn, context, access);
  },
});

/** Puts the alert to rest until a time. */
export const securitySnooze = cardAction({
  verb: 'security-snooze',
  role: 'operator',
  Data: z.object({
    incidentId: Id,
    length: z.enum(['4h', '1d', '3d', '7d']),
    snoozeReason: Reason,
  }),
  misfit: 'Please choose how long, and give a reason of at most 500 characters. Nothing was changed.',
  run({ incidentId, length, snoozeReason: reason }, turn, context, access) {
    const until = context.now() + SNOOZE_LENGTHS[length].ms;
    return decideAndShow({ kind: 'snooze', incidentId, until, reason }, turn, context, access);
  },
});

/** "I'm on it": notes who looks after the alert, with a note if they like. */
export const securityTakeOn = cardAction({
  verb: 'security-take-on',
  role: 'operator',
  Data: z.object({ incidentId: Id, takeOnNote: OptionalReason }),
  misfit: 'Please keep the note to at most 500 characters. Nothing was changed.',
  run: ({ incidentId, takeOnNote: note }, turn, context, access) =>
    decideAndShow({ kind: 'take-on', incidentId, note }, turn, context, access),
});

/** Ends its snooze. */
export const securityWake = cardAction({
  verb: 'security-wake',
  role: 'operator',
  Data: z.object({ incidentId: Id }),
  misfit: 'I cannot read this request, so nothing was changed. Please use the buttons of the newest card.',
  run: ({ incidentId }, turn, context, access) =>
    decideAndShow({ kind: 'wake', incidentId }, turn, context, access),
});

/** Takes it back that it was expected. */
export const securityReopen = cardAction({
  verb: 'security-reopen',
  role: 'operator',
  Data: z.object({ incidentId: Id, reopenReason: Reason }),
  misfit: 'Please give a reason of at most 500 characters. Nothing was changed.',
  run: ({ incidentId, reopenReason: reason }, turn, context, access) =>
    decideAndShow({ kind: 'reopen', incidentId, reason }, turn, context, access),
});

const UNKNOWN = 'I don’t know this alert. It may be older than what is kept.';
const BEYOND = 'This concerns people outside your administrative units.';
const TOO_LATE = 'That’s no longer possible. This is how it stands now.';
const READ_BY_ALL =
  'I can’t show your own card here, as others would read it. Update Teams, or look at the card in the channel.';

async function decideAndShow(
  request: SecurityRequest,
  turn: ActionTurn,
  context: BotContext,
  access: Access,
): Promise<void> {
  const outcome = await context.services.decideSecurity(request, turn.asker.person, access);
  const { aadObjectId: by } = turn.asker.person;
  context.log.info(
    { decision: `security-${request.kind}`, alert: request.incidentId, by, outcome: outcome.kind },
    'decision answered',
  );
  if (outcome.kind === 'accepted') return show(outcome.view, {}, turn, context, access);
  if (outcome.view === null) return turn.reply(say(outcome.reason));
  await show(outcome.view, { notice: outcome.reason }, turn, context, access);
}

/** Answers with the card for the person who pressed. */
async function show(
  view: SecurityView,
  { notice = null, open = null }: { notice?: string | null; open?: SecurityPart | null },
  turn: ActionTurn,
  context: BotContext,
  access: Access,
): Promise<void> {
  // An old client's answer stands in the thread for everybody: also for those who may see fewer users.
  if (!turn.answersAlone && !context.channelShowsNames) {
    return turn.reply(say([notice, READ_BY_ALL].filter((sentence) => sentence !== null).join(' ')));
  }
  const card = securityCard({
    view,
    viewer: access,
    times: timesIn(turn.asker.timeZone, context.timeZone),
    key: turn.answersAlone ? pressedKey(turn) : null,
    notice,
    open,
  });
  await turn.reply(showCard(card, view.title));
}
