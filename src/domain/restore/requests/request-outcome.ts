import { plural } from '../../numerals.ts';
import type { Deadline } from '../deadlines.ts';
import { isConcluded, isInPlace, type RestoreStep } from '../step.ts';
import { type DeedNames, deedOf, plansOf, productsOf, type RequestDeed, whoOf } from './request-deed.ts';

/** What has come of licenses changed on request, for the person who pressed. Times are ms UTC. */
export type LicenseOutcome = {
  /** "Lee Gu has Visio Plan 2 now." */
  sentence: string;
  /** What goes with licenses that were taken, and when. */
  deadlines: Deadline[];
  /** What an undo would do, without a full stop, and until when; null when nothing can be taken back. */
  undo: { decisionId: string; until: number; sentence: string } | null;
};

/**
 * What has come of licenses given or taken on request: "Lee Gu has Visio Plan 2 now."
 * @param steps of one decision
 * @param undone the steps of the decision that this one took back; null for anything but an undo
 */
export function requestOutcome(
  steps: readonly RestoreStep[],
  names: DeedNames,
  undone: readonly RestoreStep[] | null,
): string {
  const of = undone ?? [];
  const done = Map.groupBy(steps.filter(isInPlace), (step) => JSON.stringify(deedOf(step, of)));
  const open = steps.filter((step) => !isConcluded(step));
  const others = steps.filter((step) => isConcluded(step) && !isInPlace(step));
  const reason = others.find(({ message }) => message !== null)?.message;
  return [
    ...[...done.values()].map((same) => doneInWords(same, names, undone)),
    ...(others.length > 0 ? [`Not done for ${whoOf(others, names)}${reason ? `: ${reason}` : '.'}`] : []),
    ...(open.length > 0
      ? [`Under way for ${whoOf(open, names)}: ask me for their licenses in a moment.`]
      : []),
  ].join(' ');
}

/** Steps that do the same, each for another user. */
function doneInWords(
  steps: readonly RestoreStep[],
  names: DeedNames,
  undone: readonly RestoreStep[] | null,
): string {
  const [first] = steps;
  if (!first) return '';
  const deed = deedOf(first, undone ?? []);
  const who = whoOf(steps, names);
  const one = new Set(steps.flatMap(({ userIds }) => userIds)).size === 1;
  const now = undone === null ? 'now' : 'again';
  const have = one ? 'has' : 'have';
  const are = one ? 'is' : 'are';
  switch (deed.kind) {
    case 'switches':
      return switchedInWords(deed, who, now, names);
    case 'swaps':
      return `${who} ${have} ${productsOf(deed.come, names)} ${now}, in place of ${productsOf(deed.gone, names)}.`;
    case 'takes':
      return `${productsOf(deed.skuIds, names)} ${plural(deed.skuIds.length, 'was', 'were')} taken from ${who}${undone ? ' again' : ''}.`;
    case 'gives':
      return `${who} ${have} ${productsOf(deed.skuIds, names)} ${now}.`;
    case 'joins':
      return `${who} ${are} in ${names.groupName(deed.groupId)} ${now}. What the group gives ${FOLLOWS}.`;
    case 'leaves':
      return `${who} ${are} out of ${names.groupName(deed.groupId)} ${now}. What only the group gave ${GOES}.`;
    case 'group-gives':
      return `${names.groupName(deed.groupId)} gives ${productsOf(deed.skuIds, names)} ${now}. Its members get it ${SOON}.`;
    case 'group-stops':
      return `${names.groupName(deed.groupId)} no longer gives ${productsOf(deed.skuIds, names)}. Its members lose it ${SOON}, where nothing else gives it.`;
    case 'other':
      return `Done for ${who}.`;
  }
}

/** Microsoft processes groups later: in minutes, a large one in hours. Everybody is read again until it shows. */
const SOON = 'in the next minutes';
const FOLLOWS = `follows ${SOON}`;
const GOES = `goes ${SOON}`;

/** "Sway is off for Lee Gu now, in Microsoft 365 E3." */
function switchedInWords(
  { on, off, skuIds }: Extract<RequestDeed, { kind: 'switches' }>,
  who: string,
  now: string,
  names: DeedNames,
): string {
  const told = [
    ...(off.length > 0 ? [`${plansOf(off, names)} ${plural(off.length, 'is', 'are')} off`] : []),
    ...(on.length > 0 ? [`${plansOf(on, names)} ${plural(on.length, 'is', 'are')} on`] : []),
  ];
  return `${told.join(' and ')} for ${who} ${now}, in ${productsOf(skuIds, names)}.`;
}

/**
 * What an undo of such a decision would do: "Undo takes Visio Plan 2 from Lee Gu again" Null when nothing of it can be
 * taken back. What is still under way counts: it will be done when the button is pressed.
 */
export function undoOfRequest(steps: readonly RestoreStep[], names: DeedNames): string | null {
  const back = steps.filter((step) => step.undo !== null && (step.status === 'done' || !isConcluded(step)));
  const [first] = back;
  if (!first) return null;
  const deed = deedOf(first);
  const all = back.map((step) => deedOf(step));
  const who = whoOf(back, names);
  const skuIds = all.flatMap((one) => ('skuIds' in one ? one.skuIds : []));
  const products = productsOf(skuIds, names);
  switch (deed.kind) {
    case 'switches': {
      const plans = (state: 'on' | 'off') =>
        plansOf(
          all.flatMap((one) => (one.kind === 'switches' ? one[state] : [])),
          names,
        );
      return `Undo switches ${deed.off.length > 0 ? `${plans('off')} on` : `${plans('on')} off`} for ${who} again`;
    }
    case 'swaps':
      return `Undo gives ${productsOf(deed.gone, names)} back to ${who} in place of ${productsOf(deed.come, names)}, with the same services as before`;
    case 'takes':
      return `Undo gives ${products} back to ${who}, with the same services as before`;
    case 'gives':
      return `Undo takes ${products} from ${who} again`;
    case 'joins':
      return `Undo takes ${who} out of ${names.groupName(deed.groupId)} again`;
    case 'leaves':
      return `Undo puts ${who} back into ${names.groupName(deed.groupId)}`;
    case 'group-gives':
      return `Undo takes ${products} from ${who} again, and so from its members`;
    case 'group-stops':
      return `Undo lets ${who} give ${products} again, with the same services as before`;
    case 'other':
      return null;
  }
}
