import { approvalToTakeBack } from '../incident/reopen.ts';
import { adviceOf } from '../restore/advice.ts';
import { deadlinesOf } from '../restore/deadlines.ts';
import { stepsOf } from '../restore/plan.ts';
import type { RestoreFacts, RestorePlan } from '../restore/plan-types.ts';
import { isConcluded } from '../restore/step.ts';
import { ownerOf } from '../routing/reaction.ts';
import { cardLog } from './card-log.ts';
import { causeOf } from './cause.ts';
import { checkedOf } from './checked.ts';
import { type ViewContext, viewContextOf } from './context.ts';
import { endingOf, snoozeOf } from './ending.ts';
import type { IncidentFacts } from './facts.ts';
import { mayComeFromGroup } from './hidden-group.ts';
import { decisionLog } from './log.ts';
import { plansOf } from './plans.ts';
import { requestOf } from './request.ts';
import { restoreFactsOf } from './restore-facts.ts';
import type { Standing } from './restore-progress.ts';
import { ruleOffer } from './rule-offer.ts';
import { restoredTitleOf, titleOf } from './title.ts';
import { undoOffer } from './undo-offer.ts';
import { countOf, standingsOf } from './user-status.ts';
import { affectedUsers } from './users.ts';
import type { IncidentView } from './view.ts';

export type { IncidentFacts } from './facts.ts';

/** Everything an incident's card shows to one viewer. Pure: the same facts give the same view. */
export function buildIncidentView(facts: IncidentFacts): IncidentView {
  const { incident, changes } = facts;
  const context = viewContextOf(facts);
  const restore = restoreFactsOf(facts);
  const plans = plansOf(context, restore);
  const undo = undoOffer(context);
  const open = incident.status === 'open';
  // What was approved is nobody's trouble: why it could not be given back is said where somebody asks for that.
  const standings = standingsOf(context, open ? plans.plan : null);
  const windows = changes.map(({ change }) => change);
  return {
    incidentId: incident.id,
    revision: incident.revision,
    kind: incident.kind,
    cause: incident.cause,
    level: incident.level,
    severity: incident.severity,
    status: incident.status,
    title: titleOf(context),
    restoredTitle: restoredTitleOf(context),
    mayComeFromGroup: mayComeFromGroup(context),
    observedBefore: Math.min(...windows.map((change) => change.observedBefore)),
    observedAfter: Math.max(...windows.map((change) => change.observedAfter)),
    ...causeOf(context),
    checked: checkedOf(context),
    users: affectedUsers(context, standings),
    userCount: incident.userIds.length,
    others: context.hidden.size,
    restoredCount: countOf(standings, 'restored'),
    failedCount: countOf(standings, 'failed'),
    restoringCount: countOf(standings, 'restoring'),
    log: [...decisionLog(context), ...cardLog(facts.card)].sort((a, b) => a.at - b.at),
    posted:
      facts.card === null || facts.card.gone ? null : { in: facts.card.target.name, at: facts.card.postedAt },
    snoozedUntil: open ? incident.snoozedUntil : null,
    snooze: snoozeOf(context),
    ending: endingOf(context),
    plan: plans.view,
    directPlan: plans.direct,
    request: requestOf(context, restore),
    deadlines: open ? deadlinesOf(ofVisible(context, restore)) : [],
    advice: adviceOf(restore, visibleRestored(context)),
    ruleOffer: ruleOffer(context),
    watched: incident.watched,
    owner: open ? ownerOf(facts.decisions) : null,
    can: {
      reassign: incident.request === null && helpsSomebody(plans.plan, standings),
      // Until it is clear what came of a restore there is nothing to approve.
      approve: open && incident.request === null && facts.steps.every(isConcluded),
      snooze: open && incident.request === null,
      // Who has given licenses back is on it, as anybody sees.
      takeOn: open && incident.request === null && undo === null,
      reopen: incident.status === 'approved' && approvalToTakeBack(facts.decisions, facts.now) !== null,
      wake: open && incident.snoozedUntil !== null,
      undo,
    },
  };
}

const ofVisible = ({ changes }: ViewContext, restore: RestoreFacts): RestoreFacts => ({
  ...restore,
  changes: changes.map(({ change }) => change),
});

const visibleRestored = ({ facts, hidden }: ViewContext): Set<string> =>
  new Set(facts.incident.restoredUserIds.filter((userId) => !hidden.has(userId)));

/** Whether a press does something for anybody whom no restore is under way for: Microsoft may take its time. */
const helpsSomebody = (plan: RestorePlan | null, standings: ReadonlyMap<string, Standing>): boolean =>
  plan !== null &&
  stepsOf(plan).some(({ userIds }) => userIds.some((id) => standings.get(id)?.status !== 'restoring'));
