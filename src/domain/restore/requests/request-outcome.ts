import { listed } from '../../english.ts';
import { count, plural } from '../../numerals.ts';
import type { Deadline } from '../deadlines.ts';
import { isConcluded, isInPlace, type RestoreStep, skusOf } from '../step.ts';
import type { RequestFacts } from './request-facts.ts';

/** What has come of licenses changed on request, for the person who pressed. Times are ms UTC. */
export type LicenseOutcome = {
  /** "Lee Gu has Visio Plan 2 now." */
  sentence: string;
  /** What goes with licenses that were taken, and when. */
  deadlines: Deadline[];
  /** What an undo would do, without a full stop, and until when; null when nothing can be taken back. */
  undo: { decisionId: string; until: number; sentence: string } | null;
};

type Names = Pick<RequestFacts, 'nameOf' | 'productName'>;

/**
 * What has come of licenses given or taken on request: "Lee Gu has Visio Plan 2 now."
 * @param steps of one decision
 * @param isUndo whether the decision took back an earlier one
 */
export function requestOutcome(steps: readonly RestoreStep[], names: Names, isUndo: boolean): string {
  const done = Map.groupBy(steps.filter(isInPlace), ({ action }) => `${action.kind} ${skusOf(action)}`);
  const open = steps.filter((step) => !isConcluded(step));
  const others = steps.filter((step) => isConcluded(step) && !isInPlace(step));
  const reason = others.find(({ message }) => message !== null)?.message;
  return [
    ...[...done.values()].map((same) => doneInWords(same, names, isUndo)),
    ...(others.length > 0 ? [`Not done for ${who(others, names)}${reason ? `: ${reason}` : '.'}`] : []),
    ...(open.length > 0 ? [`Under way for ${who(open, names)}: ask me for their licenses in a moment.`] : []),
  ].join(' ');
}

/**
 * What an undo of such a decision would do: "Undo takes Visio Plan 2 from Lee Gu again" Null when nothing of it can be
 * taken back. What is still under way counts: it will be done when the button is pressed.
 */
export function undoOfRequest(steps: readonly RestoreStep[], names: Names): string | null {
  const back = steps.filter((step) => step.undo !== null && (step.status === 'done' || !isConcluded(step)));
  const [first] = back;
  if (!first) return null;
  const products = listed([...new Set(back.flatMap(({ action }) => skusOf(action)))].map(names.productName));
  if (first.action.kind === 'assign' && first.undo?.kind === 'assign') {
    return `Undo sets the service plans of ${products} for ${who(back, names)} as they were before`;
  }
  if (first.action.kind === 'swap') {
    const { skuIds, licenses } = first.action;
    const given = listed(licenses.map(({ skuId }) => names.productName(skuId)));
    return `Undo gives ${listed(skuIds.map(names.productName))} back to ${who(back, names)} in place of ${given}, with the same services as before`;
  }
  return first.action.kind === 'unassign'
    ? `Undo gives ${products} back to ${who(back, names)}, with the same services as before`
    : `Undo takes ${products} from ${who(back, names)} again`;
}

/** Steps that do the same, each for another user. */
function doneInWords(steps: readonly RestoreStep[], names: Names, isUndo: boolean): string {
  const [first] = steps;
  if (!first) return '';
  const skuIds = skusOf(first.action);
  const products = listed(skuIds.map(names.productName));
  const one = new Set(steps.flatMap(({ userIds }) => userIds)).size === 1;
  if (first.action.kind === 'assign' && first.undo?.kind === 'assign') {
    return `The service plans of ${products} are set for ${who(steps, names)}.`;
  }
  if (first.action.kind === 'swap') {
    const given = listed(first.action.licenses.map(({ skuId }) => names.productName(skuId)));
    const gone = listed(first.action.skuIds.map(names.productName));
    return `${who(steps, names)} ${one ? 'has' : 'have'} ${given} ${isUndo ? 'again' : 'now'}, in place of ${gone}.`;
  }
  if (first.action.kind === 'unassign') {
    return `${products} ${plural(skuIds.length, 'was', 'were')} taken from ${who(steps, names)}${isUndo ? ' again' : ''}.`;
  }
  return `${who(steps, names)} ${one ? 'has' : 'have'} ${products} ${isUndo ? 'again' : 'now'}.`;
}

/** "Lee Gu", or how many they are. */
function who(steps: readonly RestoreStep[], { nameOf }: Names): string {
  const userIds = [...new Set(steps.flatMap((step) => step.userIds))];
  const [only] = userIds;
  return userIds.length === 1 && only !== undefined ? nameOf(only) : count(userIds.length, 'user');
}
