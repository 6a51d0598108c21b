import type { IncidentView } from '../../domain/incident/view.ts';
import { SNOOZE_LENGTHS } from '../snooze-lengths.ts';
import { clip, markdownText, plainText } from './escape-text.ts';
import { INCIDENT_TEMPLATE } from './incident.template.ts';
import { checkedFacts, detailFacts, type Fact } from './incident-facts.ts';
import { type Progress, progressOf } from './incident-progress.ts';
import { choicesOf, type UserSection, userSection } from './incident-users.ts';
import { type AdaptiveCard, fitCard, renderCard } from './render.ts';
import type { Times } from './times.ts';

/** How much of its lists a card shows, and how long a text may be. */
export type Fold = { users: number; choices: number; sentences: number; text: number };

/** From all that a person would read to what fits in any case: the last level is bounded by its figures alone. */
const FOLDS: readonly [Fold, ...Fold[]] = [
  { users: 60, choices: 60, sentences: 10, text: 400 },
  { users: 30, choices: 30, sentences: 8, text: 300 },
  { users: 10, choices: 15, sentences: 5, text: 200 },
  { users: 5, choices: 5, sentences: 3, text: 120 },
  { users: 0, choices: 0, sentences: 1, text: 60 },
];

/** More checkboxes than this are offered as a list to open. */
const CHOICES_IN_THE_OPEN = 8;

type Sentence = { at: string; what: string };

/** The data of `incident.template.ts`. Texts are escaped; an empty text or list leaves its place out. */
export type IncidentCardData = Progress &
  UserSection & {
    incidentId: string;
    key: string;
    fallback: string;
    style: string;
    kicker: string;
    kickerColor: string;
    title: string;
    when: string;
    notice: string;
    cause: string;
    certainty: string;
    certaintyColor: string;
    story: Sentence[];
    moreStory: string;
    checked: Fact[];
    log: Sentence[];
    earlierLog: string;
    details: Fact[];
    canReassign: boolean;
    canApprove: boolean;
    canSnooze: boolean;
    reassignSentence: string;
    reassignAllTitle: string;
    choices: { title: string; value: string }[];
    choicesStyle: 'compact' | 'expanded';
    unlistedChoices: string;
    snoozeLengths: { title: string; value: string }[];
  };

export type IncidentCardOptions = {
  view: IncidentView;
  times: Times;
  /** By which the notifier finds the card again; null on cards that nobody looks for. */
  key: string | null;
  /** A sentence to the person who pressed a button. */
  notice: string | null;
};

/** The card of an incident as it is now. It stays under Teams' size limit by folding its lists. */
export const incidentCard = (options: IncidentCardOptions): AdaptiveCard =>
  fitCard(FOLDS, (fold) => renderCard(INCIDENT_TEMPLATE, incidentCardData(options, fold)));

const STYLES = { critical: 'attention', high: 'attention', medium: 'warning', low: 'accent' } as const;
const COLORS = { critical: 'Attention', high: 'Attention', medium: 'Default', low: 'Accent' } as const;
const SEVERITIES = { critical: 'CRITICAL', high: 'HIGH', medium: 'MEDIUM', low: 'LOW' } as const;
const CERTAINTY_COLORS = {
  proved: 'Good',
  likely: 'Accent',
  unexplained: 'Default',
  unrecorded: 'Default',
} as const;
const DONE = { approved: 'APPROVED', restored: 'RESTORED', closed: 'CLOSED' } as const;

function incidentCardData({ view, times, key, notice }: IncidentCardOptions, fold: Fold): IncidentCardData {
  const text = (value: string) => markdownText(value, fold.text);
  const story = view.chain.slice(0, fold.sentences);
  const log = view.log.slice(-fold.sentences);
  const open = view.status === 'open';
  const restorable = view.users.filter(({ status }) => status === 'lost' || status === 'failed');
  const choices = choicesOf(restorable, fold);
  const left = view.userCount - view.restoredCount;
  return {
    incidentId: view.incidentId,
    key: plainText(key ?? ''),
    fallback: plainText(`${clip(view.title, fold.text)} (${key ?? view.incidentId})`),
    style: open ? STYLES[view.severity] : view.status === 'restored' ? 'good' : 'emphasis',
    kicker:
      view.status === 'open'
        ? `LICENSE ALERT · ${SEVERITIES[view.severity]}`
        : `LICENSE ALERT · ${DONE[view.status]}`,
    kickerColor: open ? COLORS[view.severity] : 'Default',
    title: text(view.title),
    when: markdownText(
      `${times.between(view.observedBefore, view.observedAfter)} (${times.zone.replaceAll('_', ' ')})`,
    ),
    notice: text(notice ?? ''),
    ...progressOf(view, times, text),
    cause: text(view.causeSentence),
    // The sentence may begin with it already.
    certainty: view.causeSentence.startsWith(view.certainty) ? '' : text(view.certainty),
    certaintyColor: CERTAINTY_COLORS[view.level],
    story: story.map(({ at, what }) => ({ at: times.short(at), what: text(what) })),
    moreStory: moreOf(view.chain.length - story.length, 'more record', 'more records'),
    ...userSection(view, fold),
    checked: checkedFacts(view, times, fold),
    log: log.map(({ at, what }) => ({ at: times.short(at), what: text(what) })),
    earlierLog: moreOf(view.log.length - log.length, 'earlier entry', 'earlier entries'),
    details: detailFacts(view, times),
    canReassign: view.can.reassign,
    canApprove: view.can.approve,
    canSnooze: view.can.snooze,
    reassignSentence:
      'I give back exactly what each user had, with the same services switched off, and read them again afterwards.',
    reassignAllTitle: left === 1 ? 'Reassign' : `Reassign all ${left.toLocaleString('en')}`,
    choices,
    choicesStyle: choices.length > CHOICES_IN_THE_OPEN ? 'compact' : 'expanded',
    unlistedChoices: moreOf(
      restorable.length - choices.length,
      'user is not listed here.',
      'users are not listed here.',
    ),
    snoozeLengths: Object.entries(SNOOZE_LENGTHS).map(([value, { title }]) => ({ title, value })),
  };
}

const moreOf = (count: number, one: string, many: string): string =>
  count <= 0 ? '' : `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
