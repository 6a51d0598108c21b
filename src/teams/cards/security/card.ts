import { type Access, isAtLeast } from '../../../domain/access/access.ts';
import type { SecurityView } from '../../../domain/detection/alerts/view.ts';
import { count, numeral } from '../../../domain/numerals.ts';
import type { Mention } from '../../../domain/ports.ts';
import { RULE_LENGTHS } from '../../rule-lengths.ts';
import { SNOOZE_LENGTHS } from '../../snooze-lengths.ts';
import { markdownText, plainText } from '../escape-text.ts';
import { mentionParts } from '../mention.ts';
import { type AdaptiveCard, fitCard, renderCard } from '../render.ts';
import type { Times } from '../times.ts';
import { SECURITY_TEMPLATE } from './card.template.ts';
import { type Folded, factLine, type SecurityDetails, securityDetails } from './details.ts';
import { securityHead } from './head.ts';

/** What a press on the card opens in the presser's own card. The first three are for who may decide. */
export const SECURITY_PARTS = ['expected', 'snooze', 'takeOn', 'reopen', 'details', 'around'] as const;
export type SecurityPart = (typeof SECURITY_PARTS)[number];

export type SecurityCardOptions = {
  view: SecurityView;
  /** Whose card it is; null for the one that stands in the channel, whose buttons ask who presses. */
  viewer: Pick<Access, 'role'> | null;
  times: Times;
  /** By which the notifier finds the card again; null on cards that nobody looks for. */
  key: string | null;
  /** A sentence to the person who pressed a button. */
  notice?: string | null;
  open?: SecurityPart | null;
  mention?: Mention | null;
};

/** From all that a person would read to what fits in any case. */
const FOLDS: readonly [Folded, ...Folded[]] = [
  { text: 400, raw: 1_500, lines: 25, records: 5, facts: 6 },
  { text: 200, raw: 700, lines: 15, records: 3, facts: 6 },
  { text: 120, raw: 300, lines: 8, records: 1, facts: 4 },
  { text: 60, raw: 0, lines: 3, records: 1, facts: 2 },
];

/** The data of the template. Texts are escaped; an empty text or list leaves its place out. */
type SecurityCardData = ReturnType<typeof securityHead> &
  SecurityDetails & {
    incidentId: string;
    key: string;
    fallback: string;
    open: string;
    notice: string;
    more: string;
    remark: string;
    facts: { title: string; value: string }[];
    others: string;
    mention: string;
    /** Who is on it. */
    owner: string;
    limit: string;
    can: SecurityView['can'];
    canSearch: boolean;
    ruleOffer: string;
    ruleLengths: { title: string; value: string }[];
    snoozeLengths: { title: string; value: string }[];
  };

/** The card of an alert of detections as it is now. It stays under Teams' size limit by folding its lists. */
export function securityCard(options: SecurityCardOptions): AdaptiveCard {
  const mention = mentionParts(options.mention ?? null, 'please have a look.');
  return fitCard(FOLDS, (fold) => {
    const card = renderCard(SECURITY_TEMPLATE, cardData(options, mention.line, fold));
    return mention.entities.length === 0 ? card : { ...card, msteams: { entities: mention.entities } };
  });
}

const OTHERS = 3;

function cardData(
  { view, viewer, times, key, notice = null, open = null }: SecurityCardOptions,
  mention: string,
  fold: Folded,
): SecurityCardData {
  const text = (value: string): string => markdownText(value, fold.text);
  const mayDecide = viewer === null || isAtLeast(viewer.role, 'operator');
  const can = mayDecide
    ? view.can
    : { expect: false, snooze: false, takeOn: false, wake: false, reopen: false };
  const isOpen = view.status === 'open';
  return {
    incidentId: view.incidentId,
    key: plainText(key ?? ''),
    fallback: plainText(`${view.title} (${key ?? view.incidentId})`, 500),
    open: open ?? '',
    notice: text(notice ?? ''),
    ...securityHead(view, times, text),
    more:
      view.more === null || !isOpen
        ? ''
        : `${count(view.more.count, 'more', 'more')} since ${times.short(view.more.since)}`,
    remark: isOpen ? text(view.remark ?? '') : '',
    facts: isOpen ? view.facts.slice(0, fold.facts).map((fact) => factLine(fact, text)) : [],
    others: isOpen ? othersOf(view, text) : '',
    mention,
    owner: text(ownerText(view, times)),
    limit: mayDecide ? '' : 'Only operators can decide this.',
    can,
    canSearch: true,
    ruleOffer: text(view.ruleOffer ?? ''),
    ruleLengths: [
      { title: 'No, only this time', value: 'no' },
      ...Object.entries(RULE_LENGTHS).map(([value, { title }]) => ({ title: `For ${title}`, value })),
    ],
    snoozeLengths: Object.entries(SNOOZE_LENGTHS).map(([value, { title }]) => ({ title, value })),
    ...securityDetails(view, times, fold),
  };
}

/** "Lee Gu is on it since 30 Nov, 09:12: “Asking the help desk”." */
const ownerText = ({ owner }: SecurityView, times: SecurityCardOptions['times']): string =>
  owner === null
    ? ''
    : `${owner.by} is on it since ${times.short(owner.at)}${owner.note ? `: “${owner.note}”` : ''}.`;

/** "Also: …", what else belongs to it; of a flood what it is made of; whose names are left out says so. */
function othersOf({ hidden, others, otherCount }: SecurityView, text: (value: string) => string): string {
  if (hidden) return 'The names are shown only to those who may see them.';
  if (others.length === 0) return '';
  const shown = others.slice(0, OTHERS);
  const left = Math.max(0, otherCount - shown.length);
  const also = shown.map((one) => text(one)).join('; ');
  return `Also: ${also}${left > 0 ? ` and ${numeral(left)} more` : ''}`;
}
