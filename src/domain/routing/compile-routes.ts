import { isTimeZone } from '../time-formats.ts';
import { readPerson, type Someone } from './called.ts';
import { didYouMean } from './close-to.ts';
import type { CompileContext, LineOf } from './compile-context.ts';
import { conditionsOf, titleOf } from './conditions.ts';
import { LEVELS } from './labels.ts';
import { minutesOf, readQuietHours } from './quiet-hours.ts';
import {
  type Route,
  type RouteSays,
  type Routing,
  type RoutingDefaults,
  saysByDefault,
  type Where,
} from './route.ts';
import {
  NOWHERE,
  type PathInFile,
  type RouteProblem,
  type RoutesFile,
  type RouteText,
} from './routes-file.ts';
import { unreachable } from './unreachable.ts';

export type Compiled = { routing: Routing; problems: RouteProblem[] };

/**
 * Makes the tree of a file. Every problem is found, not only the first; the tree may be used where none is `refused`.
 * @param lineOf the line of a place in the file, from 1
 */
export function compileRoutes(file: RoutesFile, defaults: RoutingDefaults, lineOf: LineOf): Compiled {
  const problems: RouteProblem[] = [];
  const context: CompileContext = {
    file,
    lineOf,
    report: (at, message, severity = 'refused') => void problems.push({ at, severity, message }),
  };
  const timeZone = zoneOf(file.time_zone, ['time_zone'], context) ?? defaults.timeZone;
  const quiet = quietOf(file.quiet_hours, ['quiet_hours'], context) ?? defaults.quiet;
  const digestAt = timeOf(file.digest_time, context) ?? defaults.digestAt;
  const root = routeOf(file.route, ['route'], saysByDefault({ quiet, timeZone, digestAt }), context);
  if (root.matchers.length > 0) {
    context.report(
      ['route'],
      'The first route takes everything: put its conditions into a route below it, under “routes”.',
    );
  }
  for (const found of unreachable(root, ['route'])) context.report(found.at, found.message, 'warning');
  return { routing: { root, digestAt, timeZone }, problems };
}

function routeOf(text: RouteText, at: PathInFile, above: RouteSays, context: CompileContext): Route {
  const matchers = conditionsOf(text, at, context);
  const says = saysOf(text, at, above, context);
  return {
    ...says,
    title: text.name ?? titleOf(matchers),
    line: context.lineOf(at),
    matchers,
    goesOn: text.continue ?? false,
    routes: (text.routes ?? []).map((next, index) => routeOf(next, [...at, 'routes', index], says, context)),
  };
}

function saysOf(text: RouteText, at: PathInFile, above: RouteSays, context: CompileContext): RouteSays {
  const { file, report } = context;
  if (text.channel !== undefined && text.receiver !== undefined) {
    report([...at, 'receiver'], 'A route has “channel” or “receiver”, not both: they mean the same.');
  }
  const key = text.channel === undefined ? 'receiver' : 'channel';
  const named = text.channel ?? text.receiver;
  const receiver = file.receivers?.find(({ name }) => name === named);
  const person = (who: Someone | undefined, place: string) =>
    who === undefined ? undefined : (readPerson(who, [...at, place], context) ?? undefined);
  const mention = person(text.mention, 'mention') ?? person(receiver?.mention, key);
  const onCall = person(text.on_call, 'on_call') ?? person(receiver?.on_call, key);
  const breaks = text.breaks_through;
  const levels = typeof breaks === 'string' ? [breaks] : breaks?.filter((one) => one !== 'mass');
  return {
    where: named === undefined ? above.where : whereOf(named, [...at, key], context),
    // Anybody who is called in one channel need not be in another.
    mention: mention ?? (named === undefined ? above.mention : null),
    onCall: onCall ?? above.onCall,
    quiet: quietOf(text.quiet_hours, [...at, 'quiet_hours'], context) ?? above.quiet,
    timeZone: zoneOf(text.time_zone, [...at, 'time_zone'], context) ?? above.timeZone,
    breaksThrough:
      levels === undefined ? above.breaksThrough : (LEVELS.find((one) => levels.includes(one)) ?? 'critical'),
    massBreaksThrough:
      breaks === undefined ? above.massBreaksThrough : typeof breaks !== 'string' && breaks.includes('mass'),
    digest: text.digest === undefined ? above.digest : text.digest === false ? null : text.digest,
  };
}

/** A name of `receivers` or `channels`; else the name or id of a channel itself. */
function whereOf(named: string, at: PathInFile, { file, report }: CompileContext): Where {
  const receiver = file.receivers?.find(({ name }) => name === named);
  if (receiver) {
    const channel = receiver.channel;
    return channel === undefined || channel.toLowerCase() === NOWHERE
      ? { kind: 'nowhere' }
      : { kind: 'channel', name: file.channels?.[channel] ?? channel };
  }
  if (at.at(-1) === 'receiver') {
    const names = (file.receivers ?? []).map(({ name }) => name);
    report(
      at,
      `There is no receiver “${named}”${didYouMean(named, names) || ': list it under “receivers”, or name a channel with “channel”.'}`,
    );
  }
  if (named.toLowerCase() === NOWHERE) return { kind: 'nowhere' };
  return { kind: 'channel', name: file.channels?.[named] ?? named };
}

function quietOf(
  said: RouteText['quiet_hours'],
  at: PathInFile,
  { report }: CompileContext,
): RouteSays['quiet'] | null {
  if (said === undefined) return null;
  if (said === false) return [];
  const text = typeof said === 'string' ? said : said.join(', ');
  if (text.trim().toLowerCase() === NOWHERE) return [];
  const read = readQuietHours(text);
  if (read.ok) return read.value;
  report(at, `${read.problem}.`);
  return null;
}

function zoneOf(said: string | undefined, at: PathInFile, { report }: CompileContext): string | null {
  if (said === undefined) return null;
  if (isTimeZone(said)) return said;
  report(at, `“${said}” is no time zone: write an IANA name such as Europe/Amsterdam.`);
  return null;
}

function timeOf(said: string | undefined, { report }: CompileContext): number | null {
  if (said === undefined) return null;
  const [, hour = '', minute = ''] = /^(\d{1,2}):(\d{2})$/.exec(said) ?? [];
  const minutes = hour === '' ? null : minutesOf(hour, minute);
  if (minutes !== null && minutes < 24 * 60) return minutes;
  report(['digest_time'], `“${said}” is no time of day: write it as 08:00.`);
  return null;
}
