import type { IncidentView } from '../../../domain/incident-view/view.ts';
import type { Mention } from '../../../domain/ports.ts';
import { clip, markdownText, plainText, runText } from '../escape-text.ts';
import { FOLDS, type Fold } from '../fold.ts';
import { type MentionParts, mentionParts } from '../mention.ts';
import { issueLinks, type Portals, type TextPart } from '../portal-links.ts';
import { type AdaptiveCard, fitCard, renderCard } from '../render.ts';
import type { Times } from '../times.ts';
import { INCIDENT_TEMPLATE } from './card.template.ts';
import { type Details, detailsOf } from './details.ts';
import { type IncidentForms, incidentForms } from './forms.ts';
import { type Head, headOf } from './head.ts';
import { type Progress, progressOf } from './progress.ts';
import { type RequestBanner, requestBanner } from './request.ts';
import { type UserSection, userSection } from './users.ts';
import { type Allowed, allowedInAnswer, allowedTo, type Form, limitOf, type Viewer } from './viewer.ts';

/** The data of `incident.template.ts`. Texts are escaped; an empty text or list leaves its place out. */
export type IncidentCardData = Head &
  Progress &
  IncidentForms &
  Details & {
    incidentId: string;
    key: string;
    fallback: string;
    /** Whether it is the card that stands in the channel, for everybody. */
    posted: boolean;
    /** The form that is open in the body; empty for none. */
    open: string;
    notice: string;
    cause: TextPart[];
    face: UserSection;
    /** Of a card that is folded: who they were, and why it happened, behind "Details". */
    behind: UserSection;
    causeBehind: TextPart[];
    /** What they had in common, and what goes when. */
    remarks: string;
    mention: string;
    /** Who is on it. */
    owner: string;
    request: RequestBanner;
    advice: string;
    allowed: Allowed;
    /** Why there are fewer buttons than others have. */
    limit: string;
  };

export type IncidentCardOptions = {
  view: IncidentView;
  /** Whose card it is; null for the one that stands in the channel, whose buttons ask who presses. */
  viewer: Viewer | null;
  times: Times;
  /** By which the notifier finds the card again; null on cards that nobody looks for. */
  key: string | null;
  /** A sentence to the person who pressed a button. */
  notice: string | null;
  /** Teams ids of people for whom Teams asks for a card of their own; nobody when left out. */
  refreshFor?: readonly string[];
  mention?: Mention | null;
  /** Microsoft's portals of the tenant's cloud, for links; none without. */
  portals?: Portals | null;
  /** The form to show open on somebody's own card. It stays closed where they may not use it. */
  open?: Form | null;
  /** Whether the list of users to choose from is open in that form. */
  choosing?: boolean;
  /** A write for more users than this needs a second operator; null: none does. */
  secondAbove?: number | null;
};

const WATCHED = 'Somebody on the watch list is affected.';

/** Microsoft: "Maximum 60 different users can see a different version of the card". */
export const MAX_REFRESHED = 60;

/** The card of an incident as it is now. It stays under Teams' size limit by folding its lists. */
export function incidentCard(options: IncidentCardOptions): AdaptiveCard {
  const mention = mentionParts(
    options.mention ?? null,
    options.view.watched ? 'somebody on the watch list is affected.' : 'please have a look.',
  );
  const beside = {
    ...refreshFor(options),
    ...(mention.line === '' ? {} : { msteams: { entities: mention.entities } }),
  };
  return fitCard(FOLDS, (fold) => ({
    ...renderCard(INCIDENT_TEMPLATE, incidentCardData(options, mention, fold)),
    ...beside,
  }));
}

/** What makes Teams ask for the card of a person as soon as they look at this one. */
function refreshFor({ view, key, refreshFor: people = [] }: IncidentCardOptions): object {
  if (people.length === 0) return {};
  const data = { incidentId: view.incidentId, cardKey: key ?? '' };
  return {
    refresh: {
      action: { type: 'Action.Execute', title: 'Refresh', verb: 'view', data },
      userIds: people.slice(0, MAX_REFRESHED),
    },
  };
}

const NOBODY: UserSection = {
  users: [],
  foldedUsers: [],
  foldedTitle: '',
  unlisted: '',
  sharedHad: '',
  others: '',
};

function incidentCardData(options: IncidentCardOptions, mention: MentionParts, fold: Fold): IncidentCardData {
  const { view, viewer, times, key, notice, portals = null, secondAbove = null } = options;
  const text = (value: string) => markdownText(value, fold.text);
  const allowed =
    viewer === null && key === null ? allowedInAnswer(view) : allowedTo(viewer, view, secondAbove);
  const open = viewer !== null && options.open && allowed[options.open] ? options.open : '';
  const head = headOf(view, times, fold);
  const users = userSection(view, viewer !== null, portals, fold);
  const cause = issueLinks(
    runText(view.causeSentence, fold.text),
    view.checked.serviceIssues.map(({ id }) => id),
    portals,
  );
  // A form has the card for itself: what it is about stands in the title.
  const brief = head.folded || open !== '';
  return {
    incidentId: view.incidentId,
    key: plainText(key ?? ''),
    fallback: plainText(`${clip(view.title, fold.text)} (${key ?? view.incidentId})`),
    posted: viewer === null,
    open,
    ...head,
    ...progressOf(view),
    notice: text(notice ?? ''),
    cause: brief ? [] : cause,
    causeBehind: brief ? cause : [],
    face: brief ? { ...NOBODY, others: users.others } : users,
    behind: brief ? { ...users, others: '' } : NOBODY,
    remarks: brief
      ? ''
      : [users.sharedHad, deadlineText(view, times, fold)].filter((one) => one !== '').join(' '),
    // Edits call nobody, and whoever was called still finds here why.
    mention: mention.line === '' && view.watched ? WATCHED : mention.line,
    owner: text(ownerText(view, times)),
    request: requestBanner(view, viewer, times, fold),
    advice: view.advice.length === 0 ? '' : text(`Tell the users: ${view.advice.join(' ')}`),
    allowed,
    limit: limitOf(viewer, view),
    ...detailsOf(view, times, portals, fold),
    ...incidentForms(
      view,
      viewer === null ? null : viewer.access.acts,
      times,
      fold,
      options.choosing ?? false,
    ),
  };
}

/** "Lee Gu is on it since 09:12: “Asking the help desk”" */
function ownerText({ owner, status }: IncidentView, times: Times): string {
  if (owner === null || status !== 'open') return '';
  return `${owner.by.name} is on it since ${times.short(owner.at)}${owner.note ? `: “${owner.note}”` : ''}.`;
}

/** The first thing that goes; the rest is in the details. */
function deadlineText({ deadlines }: IncidentView, times: Times, fold: Fold): string {
  const [first] = deadlines;
  if (!first) return '';
  return markdownText(
    `If it isn’t restored by ${times.day(first.at)}: ${lowerFirst(first.what)}.`,
    fold.text,
  );
}

const lowerFirst = (sentence: string): string =>
  /^The /.test(sentence) ? `t${sentence.slice(1)}` : sentence;
