import { lasted } from '../../../domain/durations.ts';
import type { IncidentView } from '../../../domain/incident-view/view.ts';
import { markdownText } from '../escape-text.ts';
import type { Fold } from '../fold.ts';
import type { Times } from '../times.ts';

/** The first lines of the card: the person who reads only these has understood. Texts are escaped. */
export type Head = {
  style: string;
  /** What became of it, before the title; empty while it is simply open. */
  state: string;
  title: string;
  /** How bad, how sure, and when. */
  when: string;
  /** What happened, where the title says what became of it. */
  summary: string;
  /** Whether there is nothing to do now: then the rest stands in the details. */
  folded: boolean;
};

const STYLES = { critical: 'attention', high: 'attention', medium: 'warning', low: 'accent' } as const;
const SEVERITIES = { critical: 'CRITICAL', high: 'HIGH', medium: 'MEDIUM', low: 'LOW' } as const;

/** The state is always told in words: a colour alone is seen by some and heard by nobody. */
export function headOf(view: IncidentView, times: Times, fold: Fold): Head {
  const text = (value: string) => markdownText(value, fold.text);
  const when = happened(view, times);
  switch (view.status) {
    case 'restored':
      return {
        style: 'good',
        state: '',
        title: text(`✓ Restored: ${view.restoredTitle}`),
        when: '',
        summary: text(restoredSentence(view, times)),
        folded: true,
      };
    case 'approved':
      return {
        style: 'emphasis',
        state: '',
        title: text(approvedTitle(view)),
        when: '',
        summary: text([`${view.title}, ${when}.`, expectedSentence(view, times)].join(' ').trim()),
        folded: true,
      };
    case 'closed':
      return {
        style: 'emphasis',
        state: '',
        title: text('Closed: nothing is left to do'),
        when: '',
        summary: text(`${view.title}, ${when}.`),
        folded: true,
      };
    case 'open':
      break;
  }
  if (view.snoozedUntil !== null) {
    return {
      style: 'emphasis',
      state: text(snoozedSentence(view, times)),
      title: text(view.title),
      when: text(when),
      summary: '',
      folded: view.request === null,
    };
  }
  const sure = view.saysHowSure ? '' : lowerFirst(view.certainty);
  return {
    style: STYLES[view.severity],
    state: '',
    title: text(view.title),
    when: text([SEVERITIES[view.severity], when, sure].filter((part) => part !== '').join(' · ')),
    summary: '',
    folded: false,
  };
}

const lowerFirst = (sentence: string): string => `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;

/** "5 Mar 2026, 10:05–10:25, Amsterdam time" */
const happened = ({ observedBefore, observedAfter }: IncidentView, times: Times): string =>
  `${times.span(observedBefore, observedAfter)}, ${times.zoneName}`;

function snoozedSentence({ snoozedUntil, snooze }: IncidentView, times: Times): string {
  const until = snoozedUntil === null ? '' : ` until ${times.weekday(snoozedUntil)}`;
  const by = snooze?.by ? `, by ${snooze.by}` : '';
  return `Snoozed${until}${by}${snooze?.reason ? `: ${snooze.reason}` : ''}`;
}

function approvedTitle({ ending }: IncidentView): string {
  const by = ending?.by ? ` by ${ending.by}` : '';
  return `Approved${by}${ending?.reason ? `: ${ending.reason}` : ''}`;
}

const expectedSentence = ({ ending }: IncidentView, times: Times): string =>
  ending?.ruleUntil ? `Expected again until ${times.day(ending.ruleUntil)}.` : '';

/** How long it lasted is counted from the read that first saw it. */
function restoredSentence(view: IncidentView, times: Times): string {
  const { ending, observedAfter, title } = view;
  const when = happened(view, times);
  if (ending === null) return `${title}, ${when}. A new read of the tenant confirms it: everything is back.`;
  const by = ending.by === null ? '' : ` by ${ending.by}`;
  return `${title}, ${when}. Restored ${times.short(ending.at)}${by}, after ${lasted(ending.at - observedAfter)}. Verified: everything is back.`;
}
