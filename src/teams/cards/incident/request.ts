import type { IncidentView } from '../../../domain/incident-view/view.ts';
import { markdownText } from '../escape-text.ts';
import type { Fold } from '../fold.ts';
import type { Times } from '../times.ts';
import { type PlanData, planData } from './plan.ts';
import type { Viewer } from './viewer.ts';

/** The banner of a request that waits for a second operator; an empty title shows none. */
export type RequestBanner = { title: string; asked: string; waits: string; plan: PlanData };

/** Who asked for what, until when it waits, and for whom. */
export function requestBanner(
  view: IncidentView,
  viewer: Viewer | null,
  times: Times,
  fold: Fold,
): RequestBanner {
  const { request } = view;
  if (request === null) return { title: '', asked: '', waits: '', plan: planData(null, fold) };
  const own = viewer !== null && viewer.aadObjectId === request.by.aadObjectId;
  return {
    title: `Needs a second operator by ${times.dateTime(request.expiresAt)}`,
    asked: markdownText(`${request.by.name} wants to ${request.what}`, fold.text * 2),
    waits: own
      ? 'Nothing changes until another operator confirms. You can withdraw it.'
      : 'Nothing changes until another operator confirms.',
    plan: planData(request.plan, fold),
  };
}
