import { type Access, isAtLeast } from '../../domain/access/access.ts';
import { type Scope, takesIn } from '../../domain/access/scope.ts';
import type { IncidentView } from '../../domain/incident/view.ts';

/** Whose card it is; null stands for everybody in the channel in which the card stands. */
export type Viewer = { aadObjectId: string; access: Access };

/** Which buttons a card has. Each press is checked again, whatever the card showed. */
export type Allowed = {
  /** "What can I do?": on the card that stands in the channel, where there is anything to do. */
  look: boolean;
  reassign: boolean;
  direct: boolean;
  undo: boolean;
  confirm: boolean;
  decline: boolean;
  withdraw: boolean;
  approve: boolean;
  snooze: boolean;
  wake: boolean;
};

const NOTHING: Allowed = {
  look: false,
  reassign: false,
  direct: false,
  undo: false,
  confirm: false,
  decline: false,
  withdraw: false,
  approve: false,
  snooze: false,
  wake: false,
};

/** Whether there is anything to decide about the incident, whoever may. */
export const asksForDecision = ({ can, request }: IncidentView): boolean =>
  can.reassign || can.approve || can.snooze || can.wake || can.undo !== null || request !== null;

/** The buttons that the incident's state and the viewer's role and scope allow. */
export function allowedTo(viewer: Viewer | null, view: IncidentView): Allowed {
  const { can, request, plan } = view;
  if (viewer === null) return { ...NOTHING, look: asksForDecision(view) };
  if (!isAtLeast(viewer.access.role, 'operator')) return NOTHING;
  const asked = request !== null && request.by.aadObjectId === viewer.aadObjectId;
  const free = request === null;
  const { acts } = viewer.access;
  const all = actsOnAll(acts, view);
  // The plan is worth a look also when all that it can say is why not.
  const tells = can.reassign || (plan !== null && plan.blocked > 0 && view.restoringCount === 0);
  return {
    look: false,
    reassign: free && tells && actsOnSome(acts, view),
    direct: free && view.directPlan !== null && actsOnSome(acts, view),
    // These two are about the users of one decision: the view knows whether these are the viewer's.
    undo: free && can.undo !== null,
    confirm: request?.answerable === true && !asked,
    decline: request?.answerable === true && !asked,
    withdraw: asked,
    approve: can.approve && all,
    // Teams shows six buttons: who wants another end of a snooze ends it first.
    snooze: can.snooze && !can.wake && all,
    wake: can.wake && all,
  };
}

/** Why somebody who sees the card finds fewer buttons than others do; empty when they find all. */
export function limitOf(viewer: Viewer | null, view: IncidentView): string {
  if (viewer === null || !asksForDecision(view)) return '';
  if (!isAtLeast(viewer.access.role, 'operator')) return 'Only operators may decide about this.';
  if (actsOnAll(viewer.access.acts, view)) return '';
  return 'It is also about users outside your administrative units: what concerns all of them is for an operator of all.';
}

/** Whether the scope takes in everybody whom the incident is about. What is about nobody is the tenant's. */
const actsOnAll = (acts: Scope, view: IncidentView): boolean =>
  acts === null ||
  (view.others === 0 && view.users.length > 0 && view.users.every(({ userId }) => takesIn(acts, userId)));

const actsOnSome = (acts: Scope, { users }: IncidentView): boolean =>
  acts === null || users.some(({ userId }) => takesIn(acts, userId));
