import type { IncidentView } from '../../domain/incident/view.ts';
import type { Mention } from '../../domain/ports.ts';
import { clip, markdownText, plainText } from './escape-text.ts';
import { FOLDS, type Fold } from './fold.ts';
import { INCIDENT_TEMPLATE } from './incident.template.ts';
import { checkedFacts, detailFacts, type Fact } from './incident-facts.ts';
import { type IncidentForms, incidentForms } from './incident-forms.ts';
import { logText, type Progress, progressOf } from './incident-progress.ts';
import { type RequestBanner, requestBanner } from './incident-request.ts';
import { type UserSection, userSection } from './incident-users.ts';
import { type Allowed, allowedTo, limitOf, type Viewer } from './incident-viewer.ts';
import { type MentionParts, mentionParts } from './mention.ts';
import { type AdaptiveCard, fitCard, renderCard } from './render.ts';
import type { Times } from './times.ts';

type Sentence = { at: string; what: string };

/** The data of `incident.template.ts`. Texts are escaped; an empty text or list leaves its place out. */
export type IncidentCardData = Progress &
  UserSection &
  IncidentForms & {
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
    mention: string;
    request: RequestBanner;
    advice: string[];
    deadlines: Fact[];
    allowed: Allowed;
    /** Why there are fewer buttons than others have. */
    limit: string;
  };

export type IncidentCardOptions = {
  view: IncidentView;
  /** Whose card it is; null for the one that stands in the channel, and has no buttons to decide with. */
  viewer: Viewer | null;
  times: Times;
  /** By which the notifier finds the card again; null on cards that nobody looks for. */
  key: string | null;
  /** A sentence to the person who pressed a button. */
  notice: string | null;
  /** Teams ids of people for whom Teams asks for a card of their own; nobody when left out. */
  refreshFor?: readonly string[];
  mention?: Mention | null;
};

const WATCHED = 'Somebody on the watch list is affected.';

/** Microsoft: "Maximum 60 different users can see a different version of the card". */
export const MOST_REFRESHED = 60;

/** The card of an incident as it is now. It stays under Teams' size limit by folding its lists. */
export function incidentCard(options: IncidentCardOptions): AdaptiveCard {
  const mention = mentionParts(options.mention ?? null, 'somebody on the watch list is affected.');
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
      userIds: people.slice(0, MOST_REFRESHED),
    },
  };
}

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

function incidentCardData(
  { view, viewer, times, key, notice }: IncidentCardOptions,
  mention: MentionParts,
  fold: Fold,
): IncidentCardData {
  const text = (value: string) => markdownText(value, fold.text);
  const story = view.chain.slice(0, fold.sentences);
  const log = view.log.slice(-fold.sentences);
  const open = view.status === 'open';
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
    ...userSection(view, viewer !== null, fold),
    checked: checkedFacts(view, times, fold),
    log: log.map((entry) => ({ at: times.short(entry.at), what: text(logText(entry, times)) })),
    earlierLog: moreOf(view.log.length - log.length, 'earlier entry', 'earlier entries'),
    details: detailFacts(view, times),
    // Edits call nobody, and whoever was called still finds here why.
    mention: mention.line === '' && view.watched ? WATCHED : mention.line,
    request: requestBanner(view, viewer, times, fold),
    advice: view.advice.slice(0, fold.sentences).map(text),
    deadlines: view.deadlines
      .slice(0, fold.sentences)
      .map(({ at, what }) => ({ title: times.day(at), value: text(what) })),
    allowed: allowedTo(viewer, view),
    limit: limitOf(viewer, view),
    ...incidentForms(view, viewer === null ? null : viewer.access.acts, times, fold),
  };
}

const moreOf = (count: number, one: string, many: string): string =>
  count <= 0 ? '' : `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
