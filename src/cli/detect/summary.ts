import type { Firing } from '../../domain/detection/evaluate.ts';
import { LEVELS, type RuleSet } from '../../domain/detection/rule.ts';
import { listed, listedUpTo } from '../../domain/english.ts';
import { count, numeral } from '../../domain/numerals.ts';

/** What is counted while records are read. Times are ms UTC. */
export type ReadSoFar = { records: number; unreadable: number; from: number; to: number };

type RuleTally = { firing: Firing; times: number; on: Map<string, number>; days: Map<string, number> };

/** Counts firings for a summary, each by rule, by the people it was about, and by day. */
export type Tally = { add(firing: Firing): void; lines(ruleSet: RuleSet, read: ReadSoFar): string[] };

/** More names of one rule are counted as others. */
const MOST_NAMES = 10_000;
const LEAST = 'Nothing would have fired.';

export function createTally(): Tally {
  const rules = new Map<string, RuleTally>();
  const days = new Map<string, number>();
  return {
    add(firing) {
      const tally = rules.get(firing.rule) ?? { firing, times: 0, on: new Map(), days: new Map() };
      rules.set(firing.rule, tally);
      tally.times++;
      const day = dayOf(firing.at);
      increase(tally.days, day);
      increase(days, day);
      const name = nameIn(firing);
      if (tally.on.has(name) || tally.on.size < MOST_NAMES) increase(tally.on, name);
    },
    lines(ruleSet, read) {
      const tallies = [...rules.values()].sort(
        (a, b) => LEVELS.indexOf(b.firing.level) - LEVELS.indexOf(a.firing.level) || b.times - a.times,
      );
      const range = daysBetween(read.from, read.to);
      return [
        ...headLines(ruleSet, read),
        ...(tallies.length === 0 ? [] : [sharesLine(tallies)]),
        '',
        ...(tallies.length === 0 ? [LEAST] : tallies.flatMap((tally) => [...ruleLines(tally, range), ''])),
        ...(days.size === 0 ? [] : ['By day:', ...histogram(days, range)]),
      ];
    },
  };
}

const increase = (counts: Map<string, number>, key: string): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};

/** Who or what a firing is about. */
const nameIn = ({ labels }: Firing): string =>
  labels.target ?? labels.actor ?? labels.address ?? Object.values(labels)[0] ?? 'nobody named';

function headLines(ruleSet: RuleSet, { records, unreadable, from, to }: ReadSoFar): string[] {
  const all = [...ruleSet.events, ...ruleSet.correlations];
  const inert = all.filter((rule) => rule.inert !== null).length;
  const when = records > 0 && to > 0 ? `, ${dayOf(from)} to ${dayOf(to)}` : '';
  return [
    `${count(records, 'record')}${when}${unreadable > 0 ? `; ${numeral(unreadable)} could not be read` : ''}.`,
    `${count(all.length, 'rule')}${inert > 0 ? `; ${numeral(inert)} cannot work here` : ''}.`,
  ];
}

function ruleLines({ firing, times, on, days }: RuleTally, range: readonly string[]): string[] {
  const names = [...on]
    .sort((a, b) => b[1] - a[1])
    .map(([name, often]) => (often > 1 ? `${name} (${numeral(often)})` : name));
  return [
    `${firing.level.padEnd(13)} ${firing.title}${firing.class === null ? '' : ` [${firing.class}]`}: ${howOften(times)}`,
    `              on ${listedUpTo(names, 5, (number) => `${numeral(number)} others`)}`,
    `              ${sparkline(days, range)}`,
  ];
}

const howOften = (times: number): string =>
  times === 1 ? 'once' : times === 2 ? 'twice' : `${numeral(times)} times`;

/** How many would alert somebody, and how many would wait for the morning. */
function sharesLine(tallies: readonly RuleTally[]): string {
  const timesOf = (levels: readonly string[]): number =>
    tallies.reduce((sum, { firing, times }) => sum + (levels.includes(firing.level) ? times : 0), 0);
  const parts = [
    `${numeral(timesOf(['medium', 'high', 'critical']))} at medium and above, which alert somebody`,
    `${numeral(timesOf(['low']))} low, for the digest`,
    `${numeral(timesOf(['informational']))} informational, only kept`,
  ];
  return `${count(timesOf(LEVELS), 'firing')}: ${listed(parts)}.`;
}

const BARS = '▁▂▃▄▅▆▇█';

/** One sign a day, higher where more fired; the days in words where they are too many for a line. */
function sparkline(days: ReadonlyMap<string, number>, range: readonly string[]): string {
  if (range.length > 62)
    return listedUpTo([...days.keys()].sort(), 5, (number) => `${numeral(number)} more days`);
  const most = Math.max(...days.values());
  const signs = range.map((day) => {
    const number = days.get(day) ?? 0;
    return number === 0 ? '·' : (BARS[Math.ceil((number / most) * BARS.length) - 1] ?? '█');
  });
  return `${signs.join('')} most in a day: ${numeral(most)}`;
}

const WIDTH = 40;

/** One line a day. Days without a firing are written where they lie among others and are not too many. */
function histogram(days: ReadonlyMap<string, number>, range: readonly string[]): string[] {
  const most = Math.max(...days.values());
  const shown = range.length <= 62 ? range : [...days.keys()].sort();
  return shown.map((day) => {
    const number = days.get(day) ?? 0;
    const bar = '█'.repeat(number === 0 ? 0 : Math.max(1, Math.round((number / most) * WIDTH)));
    return `  ${day} ${bar}${bar === '' ? '' : ' '}${numeral(number)}`;
  });
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The days of a stretch of time in UTC, both ends in; at most some years of them. */
function daysBetween(from: number, to: number): string[] {
  const days: string[] = [];
  const day = new Date(from);
  day.setUTCHours(0, 0, 0, 0);
  for (; day.getTime() <= to && days.length < 5000; day.setUTCDate(day.getUTCDate() + 1))
    days.push(dayOf(day.getTime()));
  return days;
}
