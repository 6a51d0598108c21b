import type { Deadline } from '../../domain/restore/deadlines.ts';
import type { PlanView } from '../../domain/restore/plan-view-types.ts';
import type { AskedFor } from '../../domain/restore/requests/asked-change.ts';
import { NO_CHANNEL, type SecondOperator } from '../../domain/restore/requests/asked-view.ts';
import type { LicenseRequest } from '../../domain/restore/requests/on-request.ts';
import {
  isGroupLicenseKind,
  isMembershipKind,
  type RequestKind,
} from '../../domain/restore/requests/request-kind.ts';
import type { LicenseOutcome } from '../../domain/restore/requests/request-outcome.ts';
import { markdownText, plainText } from './escape-text.ts';
import { FOLDS } from './fold.ts';
import { NO_PLAN, planData } from './incident/plan.ts';
import { button, facts, LICENSE_CHANGE_TEMPLATE, type LicenseChangeData } from './license-change.template.ts';
import { type AdaptiveCard, fitCard, renderCard } from './render.ts';
import type { Times } from './times.ts';

/** What is shown before anything is written. */
type Shown = {
  plan: PlanView;
  deadlines: readonly Deadline[];
  reading: string;
  second?: SecondOperator;
};

/** What is asked, and what its button carries. */
type Asking = { kind: AskedFor['kind']; title: string; press: string; verb: string; data: object };

const NOTES: Record<SecondOperator, string> = {
  'not-needed': '',
  'can-be-asked': 'So many users need a second operator: I ask in the alert channel, for 24 hours at most.',
  'no-channel': NO_CHANNEL,
};

const TITLES = {
  assign: 'Assign a license?',
  remove: 'Remove a license?',
  swap: 'Swap a license?',
  'turn-on': 'Switch a service on?',
  'turn-off': 'Switch a service off?',
  'add-to-group': 'Put into a group?',
  'remove-from-group': 'Take out of a group?',
  'license-group': 'Give a license to a group?',
  'unlicense-group': 'Take a license from a group?',
} as const satisfies Record<RequestKind, string>;
const PRESS = {
  assign: 'Assign',
  remove: 'Remove',
  swap: 'Swap',
  'turn-on': 'Switch on',
  'turn-off': 'Switch off',
  'add-to-group': 'Put into the group',
  'remove-from-group': 'Take out of the group',
  'license-group': 'Give to the group',
  'unlicense-group': 'Take from the group',
} as const satisfies Record<RequestKind, string>;
const GIVING: ReadonlySet<string> = new Set<RequestKind>([
  'assign',
  'turn-on',
  'add-to-group',
  'license-group',
]);

/**
 * What would be written, with the button that does it.
 * @param deadlines what goes with the licenses, when
 * @param reading how the sentence was read, when a language model read it
 */
export function licenseChangeCard(
  request: LicenseRequest,
  { plan, deadlines, reading, second = 'not-needed' }: Shown,
  times: Times,
): AdaptiveCard {
  const { kind, userIds, skuIds, planIds, groupId } = request;
  const data = {
    kind,
    ...(isGroupLicenseKind(kind) ? {} : { users: userIds.join(',') }),
    ...(isMembershipKind(kind) ? {} : { products: skuIds.join(',') }),
    ...(planIds ? { services: planIds.join(',') } : {}),
    ...(groupId ? { group: groupId } : {}),
    plan: plan.digest,
  };
  return askingCard(
    { kind, title: TITLES[kind], press: PRESS[kind], verb: 'change-licenses', data },
    { plan, deadlines, reading, second },
    times,
  );
}

/** What an undo would write where it needs a second operator, with the button that asks for one. */
export const undoAskingCard = (
  decisionId: string,
  shown: Omit<Shown, 'reading'>,
  times: Times,
): AdaptiveCard =>
  askingCard(
    { kind: 'undo', title: 'Undo this change?', press: 'Undo', verb: 'undo-licenses', data: { decisionId } },
    { ...shown, reading: '' },
    times,
  );

/** The title of a button that asks for a second operator. */
const ASK_SECOND = 'Ask a second operator';

function askingCard(
  { kind, title, press, verb, data }: Asking,
  { plan, deadlines, reading, second = 'not-needed' }: Shown,
  times: Times,
): AdaptiveCard {
  const style = GIVING.has(kind) ? 'positive' : 'destructive';
  const alone = [button(press, verb, style, data)];
  const together = [button(ASK_SECOND, verb, 'positive', { ...data, second: 'yes' })];
  return fitCard(FOLDS, (fold) => {
    const card: LicenseChangeData = {
      fallback: plainText(plan.sentence, 500),
      title,
      text: '',
      plan: planData(plan, fold),
      deadlinesTitle: 'Unless another license replaces it',
      deadlines: facts(deadlines, times),
      note: `Nothing has been changed yet. ${NOTES[second]} ${markdownText(reading, 600)}`
        .replaceAll('  ', ' ')
        .trim(),
      asksWhy: false,
      buttons: second === 'no-channel' ? [] : second === 'not-needed' ? alone : together,
    };
    return renderCard(LICENSE_CHANGE_TEMPLATE, card);
  });
}

/** What came of the press in a sentence, and the way back while there is one. */
export function licenseChangedCard(
  outcome: LicenseOutcome,
  times: Times,
  second: SecondOperator = 'not-needed',
): AdaptiveCard {
  const { sentence, deadlines, undo } = outcome;
  const until = undo
    ? `${markdownText(undo.sentence, 400)}: possible until ${times.dateTime(undo.until)}.`
    : '';
  const data = { decisionId: undo?.decisionId };
  const undoButton =
    second === 'not-needed'
      ? button('Undo', 'undo-licenses', 'default', data)
      : button('Ask a second operator to undo', 'undo-licenses', 'default', { ...data, second: 'yes' });
  const card: LicenseChangeData = {
    fallback: plainText(sentence, 500),
    title: markdownText(sentence, 600),
    text: '',
    plan: NO_PLAN,
    deadlinesTitle: 'If it isn’t restored',
    deadlines: facts(deadlines, times),
    note: undo && second === 'no-channel' ? `${until} ${NO_CHANNEL}` : until,
    asksWhy: false,
    buttons: undo && second !== 'no-channel' ? [undoButton] : [],
  };
  return renderCard(LICENSE_CHANGE_TEMPLATE, card);
}

/** Why nothing was done: nothing is left to press. */
export const licensesKeptCard = (sentence: string, times: Times): AdaptiveCard =>
  licenseChangedCard({ sentence, deadlines: [], undo: null }, times);
