import type { FactLine } from '../../../domain/detection/alerts/security-incident.ts';
import type { SecurityView } from '../../../domain/detection/alerts/view.ts';
import { count } from '../../../domain/numerals.ts';
import { WHOLE_IN_A_CELL, withBreaks } from '../breaks.ts';
import { markdownText, plainText, runText } from '../escape-text.ts';
import type { Times } from '../times.ts';

/** How much of its lists a card shows, and how long a text may be. */
export type Folded = { text: number; raw: number; lines: number; records: number; facts: number };

type Fact = { title: string; value: string };
type Run = { at: string; what: string };

/** What stands behind "Details" and "Search around". Texts are escaped; an empty list leaves its place out. */
export type SecurityDetails = {
  about: Fact[];
  records: { title: string; facts: Fact[]; raw: string }[];
  moreRecords: string;
  log: Run[];
  aroundTitle: string;
  around: Run[];
  moreAround: string;
};

/** Between the parts of JSON, which has no blanks; letters of one width need a place to break sooner than others. */
const JSON_BREAK = /(?<=[,:{[])(?=["{[])/g;

/** A record as it came, which breaks on a phone. What is copied of it is read without the marks. */
const rawText = (raw: string, maxLength: number): string =>
  withBreaks(plainText(raw, maxLength).replace(JSON_BREAK, '\u200b'), WHOLE_IN_A_CELL);

/** "before → after"; only what there is. */
export function factLine({ name, before, after }: FactLine, text: (value: string) => string): Fact {
  const value =
    before === null ? text(after ?? '') : `${text(before)} → ${after === null ? 'nothing' : text(after)}`;
  return { title: text(name), value };
}

export function securityDetails(view: SecurityView, times: Times, fold: Folded): SecurityDetails {
  const text = (value: string): string => markdownText(value, fold.text);
  const plain = (value: string): string => runText(value, fold.text);
  const records = view.details ?? [];
  const shown = records.slice(0, fold.records);
  const { around } = view;
  const events = around?.events.slice(-fold.lines) ?? [];
  return {
    about: aboutOf(view, times).map(({ title, value }) => ({
      title,
      value: text(withBreaks(value, WHOLE_IN_A_CELL)),
    })),
    records: shown.map((record) => ({
      title: text(`${times.utc(record.at)} · ${record.operation}`),
      facts: [
        ...factIf('Who', record.who, text),
        ...factIf('On', record.object, text),
        ...factIf('From', record.address, text),
        ...record.facts.slice(0, fold.facts).map((fact) => factLine(fact, text)),
        { title: 'Record', value: text(record.id) },
      ],
      raw: fold.raw === 0 ? '' : rawText(record.raw, fold.raw),
    })),
    moreRecords: view.recordCount > shown.length ? moreOf(view.recordCount - shown.length, 'record') : '',
    log: view.log.slice(-fold.lines).map(({ at, what, until }) => ({
      at: times.short(at),
      what: plain(until === null ? what : `${what}, until ${times.dateTime(until)}`),
    })),
    aroundTitle: around === null ? '' : text(around.about),
    around: events.map(({ at, operation, object, result }) => ({
      at: times.short(at),
      what: plain(
        [operation, object, result === 'failure' ? 'failed' : null]
          .filter((part) => part !== null)
          .join(' · '),
      ),
    })),
    moreAround:
      around === null ? '' : moreAround(around.more + around.events.length - events.length, events.length),
  };
}

const factIf = (title: string, value: string | null, text: (value: string) => string): Fact[] =>
  value === null ? [] : [{ title, value: text(value) }];

function aboutOf(view: SecurityView, times: Times): Fact[] {
  return [
    { title: 'Detection', value: `${view.rule.title} (${view.rule.id})` },
    { title: 'When', value: `${times.utc(view.firstAt)} to ${times.utc(view.lastAt)}` },
    ...Object.entries(view.labels).map(([title, value]) => ({ title, value })),
  ];
}

const moreOf = (left: number, noun: string): string => `and ${count(left, `more ${noun}`)}`;

const moreAround = (left: number, shown: number): string => {
  if (left > 0) return `and ${count(left, 'earlier record')}`;
  return shown === 0 ? 'No other record of that day is in the archive.' : '';
};
