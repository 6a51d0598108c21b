import type { AskedEnding } from '../../domain/restore/requests/asked-change.ts';
import type { AskedView } from '../../domain/restore/requests/asked-view.ts';
import { markdownText, plainText } from './escape-text.ts';
import { FOLDS } from './fold.ts';
import { NO_PLAN, planData } from './incident/plan.ts';
import {
  type Button,
  button,
  facts,
  LICENSE_CHANGE_TEMPLATE,
  type LicenseChangeData,
} from './license-change.template.ts';
import { type AdaptiveCard, fitCard, renderCard } from './render.ts';
import type { Times } from './times.ts';

const WAITS = 'Nothing changes until another operator confirms.';

/**
 * The card in the alert channel. Where it may name the users it shows the plan, and Confirm is one press; elsewhere
 * the person who presses sees the plan first.
 * @param key by which the notifier finds the card again
 */
export function askedPostedCard(view: AskedView, key: string, times: Times): AdaptiveCard {
  if (view.ended !== null) return endedCard(view, times);
  const press = { requestId: view.id, cardKey: key };
  const confirm = { ...press, plan: view.plan?.digest ?? '' };
  return card(view, times, {
    title: needsTitle(view, times),
    text: `${sentence(view)} ${WAITS}`,
    buttons: [
      button(view.plan ? 'Confirm' : 'Confirm…', 'confirm-licenses', 'positive', confirm),
      button('Decline', 'decline-licenses', 'default', press),
    ],
  });
}

/**
 * The card of a second operator: what would be written now, and both answers.
 * @param key of the card that was pressed; null where it has none
 * @param notice what is said first, as that the plan has changed
 */
export function askedToConfirmCard(
  view: AskedView,
  { key, notice, times }: { key: string | null; notice: string | null; times: Times },
): AdaptiveCard {
  const press = { requestId: view.id, ...(key === null ? {} : { cardKey: key }) };
  return card(view, times, {
    title: needsTitle(view, times),
    text: `${sentence(view)} ${WAITS}`,
    note: notice ?? '',
    asksWhy: true,
    buttons: [
      button('Confirm', 'confirm-licenses', 'positive', { ...press, plan: view.plan?.digest ?? '' }),
      button('Decline', 'decline-licenses', 'default', press),
    ],
  });
}

/**
 * The card of the asker: until when it waits, where, and the way back.
 * @param notice what is said first
 */
export function askedOwnCard(
  view: AskedView,
  { channel, notice, times }: { channel: string; notice: string | null; times: Times },
): AdaptiveCard {
  const where = channel === '' ? 'the alert channel' : markdownText(channel, 100);
  return card(view, times, {
    title: `Waits for a second operator until ${times.dateTime(view.expiresAt)}`,
    text: [notice, `Nothing has been changed yet. Another operator can confirm it in ${where}.`]
      .filter((text) => text !== null)
      .join(' '),
    buttons: [button('Withdraw my request', 'withdraw-licenses', 'default', { requestId: view.id })],
  });
}

const ENDED: Record<AskedEnding, (name: string) => string> = {
  confirmed: (name) => `Confirmed by ${name}`,
  declined: (name) => `Declined by ${name}`,
  withdrawn: (name) => `Withdrawn by ${name}`,
  expired: () => 'Nobody confirmed this in time',
};

/** How a request ended: nothing is left to press. */
export function endedCard(view: AskedView, times: Times): AdaptiveCard {
  const { ended, by, what } = view;
  if (ended === null) return card(view, times, { title: needsTitle(view, times), text: sentence(view) });
  const because = ended.reason === null ? '' : ` Reason: ${markdownText(ended.reason, 500)}`;
  return card(view, times, {
    title: markdownText(ENDED[ended.how](ended.name), 300),
    text: `${markdownText(`${by.name} asked to ${what}`, 600)}.${because}`,
    note: `${times.dateTime(ended.at)}. ${
      ended.how === 'confirmed' ? 'The decision log says what came of it.' : 'Nothing was changed.'
    }`,
  });
}

const needsTitle = ({ expiresAt }: AskedView, times: Times): string =>
  `Needs a second operator by ${times.dateTime(expiresAt)}`;

const sentence = ({ by, what }: AskedView): string => `${markdownText(`${by.name} wants to ${what}`, 600)}.`;

type Parts = { title: string; text: string; note?: string; asksWhy?: boolean; buttons?: Button[] };

/** Texts are escaped already. */
const card = (view: AskedView, times: Times, parts: Parts): AdaptiveCard =>
  fitCard(FOLDS, (fold) => {
    const data: LicenseChangeData = {
      fallback: plainText(`${view.by.name} asked to ${view.what}`, 500),
      plan: view.plan && view.ended === null ? planData(view.plan, fold) : NO_PLAN,
      deadlinesTitle: 'Unless another license replaces it',
      deadlines: view.ended === null ? facts(view.deadlines, times) : [],
      note: '',
      asksWhy: false,
      buttons: [],
      ...parts,
    };
    return renderCard(LICENSE_CHANGE_TEMPLATE, data);
  });
