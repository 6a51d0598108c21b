import { type Access, isAtLeast } from '../../../domain/access/access.ts';
import { inScope, type Scope } from '../../../domain/access/scope.ts';
import type { IncidentView } from '../../../domain/incident-view/view.ts';

/** Whose card it is; null stands for everybody in the channel in which the card stands. */
export type Viewer = { aadObjectId: string; access: Access };

/** What a press on the card in the channel opens in the presser's own card. */
export const FORMS = [
  'reassign',
  'undo',
  'confirm',
  'decline',
  'approve',
  'snooze',
  'reopen',
  'takeOn',
] as const;
export type Form = (typeof FORMS)[number];

/** Which buttons a card has. Each press is checked again, whatever the card showed. */
export type Allowed = {
  reassign: boolean;
  /** Everybody at one press, and a list to choose from beside it: where there is nothing to explain first. */
  atOnce: boolean;
  choose: boolean;
  direct: boolean;
  undo: boolean;
  confirm: boolean;
  decline: boolean;
  withdraw: boolean;
  approve: boolean;
  snooze: boolean;
  takeOn: boolean;
  reopen: boolean;
  wake: boolean;
};

const NOTHING: Allowed = {
  reassign: false,
  atOnce: false,
  choose: false,
  direct: false,
  undo: false,
  confirm: false,
  decline: false,
  withdraw: false,
  approve: false,
  snooze: false,
  takeOn: false,
  reopen: false,
  wake: false,
};

/** Whether there is anything to decide about the incident, by any person. What was approved waits for nobody. */
export const asksForDecision = ({ can, request, status }: IncidentView): boolean =>
  (can.reassign && status !== 'approved') ||
  can.approve ||
  can.snooze ||
  can.takeOn ||
  can.wake ||
  can.reopen ||
  can.undo !== null ||
  request !== null;

/**
 * The buttons that the incident's state and the viewer's role and scope allow. The card that stands in a channel has
 * those that somebody may press: who may is found out at the press.
 * @param secondAbove a write for more users than this needs a second operator; null: none does
 */
export function allowedTo(
  viewer: Viewer | null,
  view: IncidentView,
  secondAbove: number | null = null,
): Allowed {
  const { can, request } = view;
  if (viewer === null) return toSomebody(view);
  if (!isAtLeast(viewer.access.role, 'operator')) return NOTHING;
  const asked = request !== null && request.by.aadObjectId === viewer.aadObjectId;
  const free = request === null;
  const { acts } = viewer.access;
  const all = actsOnAll(acts, view);
  const reassign = free && tellsOfPlan(view) && actsOnSome(acts, view);
  const atOnce = reassign && isSimple(view, acts, secondAbove);
  return {
    reassign,
    atOnce,
    choose: atOnce && view.users.filter(isGone).length > 1,
    direct: free && view.directPlan !== null && actsOnSome(acts, view),
    // These two are about the users of one decision: the view knows whether these are the viewer's.
    undo: free && can.undo !== null,
    confirm: request?.answerable === true && !asked,
    decline: request?.answerable === true && !asked,
    withdraw: asked,
    // While somebody waits for an answer, that answer comes first: an Approve would throw the request away.
    approve: free && can.approve && all,
    // Teams shows six buttons: who wants another end of a snooze ends it first.
    snooze: free && can.snooze && !can.wake && all,
    takeOn: free && can.takeOn && !can.wake && all && view.owner?.by.aadObjectId !== viewer.aadObjectId,
    reopen: free && can.reopen && all,
    wake: can.wake && all,
  };
}

/**
 * As `allowedTo`, of a card that answers somebody in a channel: who asks there for what was approved may give it back,
 * which the card of the alert offers on each operator's own card only.
 */
export function allowedInAnswer(view: IncidentView): Allowed {
  const free = view.request === null;
  return { ...toSomebody(view), reassign: free && tellsOfPlan(view) };
}

/** What the incident's state allows, whoever may do it. Nobody's scope and nobody's request is looked at. */
function toSomebody(view: IncidentView): Allowed {
  const { can, request } = view;
  const free = request === null;
  return {
    ...NOTHING,
    reassign: free && view.status !== 'approved' && tellsOfPlan(view),
    undo: free && can.undo !== null,
    confirm: !free,
    decline: !free,
    approve: free && can.approve,
    snooze: free && can.snooze && !can.wake,
    takeOn: free && can.takeOn && !can.wake,
    reopen: free && can.reopen,
    wake: can.wake,
  };
}

/** The plan is worth a look also when all that it can say is why not. */
const tellsOfPlan = ({ can, plan, restoringCount }: IncidentView): boolean =>
  can.reassign || (plan !== null && plan.blocked > 0 && restoringCount === 0);

/** Why somebody who sees the card finds fewer buttons than others do; empty when they find all. */
export function limitOf(viewer: Viewer | null, view: IncidentView): string {
  if (viewer === null || !asksForDecision(view)) return '';
  if (!isAtLeast(viewer.access.role, 'operator')) return 'Only operators can decide this.';
  if (actsOnAll(viewer.access.acts, view)) return '';
  return 'It also concerns users outside your administrative units: what concerns all of them needs an operator for the whole tenant.';
}

const isGone = ({ status }: IncidentView['users'][number]): boolean =>
  status === 'lost' || status === 'failed';

/**
 * Whether a press gives everybody back exactly what the card says they had, at once: nobody stands in the way, no
 * group is written, which could give more than was lost, and nobody else has to confirm.
 */
function isSimple(view: IncidentView, acts: Scope, secondAbove: number | null): boolean {
  const { plan, can, failedCount } = view;
  if (plan === null || !can.reassign || plan.blocked > 0 || plan.ready === 0 || !plan.direct) return false;
  if (view.directPlan !== null || view.mayComeFromGroup) return false;
  if (failedCount > 0 || view.others > 0 || !actsOnAll(acts, view)) return false;
  return secondAbove === null || plan.ready <= secondAbove;
}

/** Whether the scope takes in everybody that the incident is about. What is about nobody is the tenant's. */
export const actsOnAll = (acts: Scope, view: IncidentView): boolean =>
  acts === null ||
  (view.others === 0 && view.users.length > 0 && view.users.every(({ userId }) => inScope(acts, userId)));

const actsOnSome = (acts: Scope, { users }: IncidentView): boolean =>
  acts === null || users.some(({ userId }) => inScope(acts, userId));
