import type { SecurityView } from '../../../domain/detection/alerts/view.ts';
import type { Level } from '../../../domain/detection/rule.ts';
import { count } from '../../../domain/numerals.ts';
import type { Times } from '../times.ts';

const STYLES: Readonly<Record<Level, string>> = {
  critical: 'attention',
  high: 'attention',
  medium: 'warning',
  low: 'accent',
  informational: 'accent',
};

/** The first lines of the card: who reads only these has understood. Texts are escaped. */
export type SecurityHead = { style: string; state: string; title: string; when: string; summary: string };

/** The state is always told in words: a colour alone is seen by some and heard by nobody. */
export function securityHead(
  view: SecurityView,
  times: Times,
  text: (value: string) => string,
): SecurityHead {
  const when = text([view.level.toUpperCase(), happened(view, times), ...evidence(view)].join(' · '));
  const { ending, snooze, snoozedUntil } = view;
  if (view.status === 'approved') {
    const by = ending?.by ? `, as ${ending.by} said` : '';
    const until = ending?.ruleUntil ? ` Expected again until ${times.day(ending.ruleUntil)}.` : '';
    return {
      style: 'emphasis',
      state: '',
      title: text(`Expected${by}${ending?.reason ? `: ${ending.reason}` : ''}`),
      when: text(happened(view, times)),
      summary: `${text(view.title)}.${until}`,
    };
  }
  if (view.status === 'closed') {
    return {
      style: 'emphasis',
      state: `Closed by itself: nothing new since ${times.short(view.lastAt)}`,
      title: text(view.title),
      when,
      summary: '',
    };
  }
  const by = snooze?.by ? `, by ${snooze.by}` : '';
  const why = snooze?.reason ? `: ${snooze.reason}` : '';
  return {
    style: snoozedUntil === null ? STYLES[view.level] : 'emphasis',
    state: snoozedUntil === null ? '' : text(`Snoozed until ${times.weekday(snoozedUntil)}${by}${why}`),
    title: text(view.title),
    when,
    summary: '',
  };
}

/** "5 Mar 2026, 10:05–10:25, Amsterdam time" */
const happened = ({ firstAt, lastAt }: SecurityView, times: Times): string =>
  `${times.span(firstAt, lastAt)}, ${times.zoneName}`;

/** From where, and how many records say so. */
const evidence = ({ from, recordCount }: SecurityView): string[] => [
  ...(from === null ? [] : [`from ${from}`]),
  ...(recordCount > 1 ? [count(recordCount, 'record')] : []),
];
