import { lasted } from '../../domain/durations.ts';
import { capitalised } from '../../domain/english.ts';
import type { RoutesNow } from '../../domain/ports.ts';
import { channelProblems } from '../../domain/routing/channels.ts';
import { routeRows, whereInWords } from '../../domain/routing/in-words.ts';
import { quietUntil } from '../../domain/routing/quiet-hours.ts';
import { routesTrouble } from '../../domain/routing/routes-trouble.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { facts, makeAnswer, pageTable, text } from '../answer/make-answer.ts';
import { formatTime } from '../times/times.ts';

const NEXT = ['status', 'open incidents'];

/** Where alerts go, when they wait, and who they call: the tree of routes in words. */
export async function routes(_query: Query, deps: AnswerDeps): Promise<Answer> {
  const { store, now } = deps;
  const [chat, all, asked] = await Promise.all([
    store.conversations.alertTarget(),
    store.conversations.all(),
    deps.routing(),
  ]);
  const channels = all.filter(({ kind }) => kind === 'channel');
  const name = chat?.name ?? null;
  if (asked === null) {
    return makeAnswer(
      'routes',
      `${leadWithoutFile(name)} Which routes there are only the running bot knows.`,
      {
        next: NEXT,
      },
    );
  }
  const { routing, file } = asked.routes;
  const trouble = routesTrouble(asked.routes, file === null ? [] : channelProblems(routing.root, channels));
  const quiet = quietUntil(routing.root.quiet, now, routing.root.timeZone);
  const rows = routeRows(routing.root).map(({ what, where, beside }) => [
    capitalised(what.join(' → ') || 'everything else'),
    whereInWords(where, name),
    beside.join('; '),
  ]);
  return makeAnswer('routes', leadOf(asked.routes, name), {
    blocks: [
      ...text(trouble?.text.replaceAll('\n', ' ') ?? null),
      ...text(chat?.unreachable ? `${chat.name} cannot be reached: ${chat.unreachable}` : null),
      // The first that fits takes it, so that what is left over stands last.
      ...pageTable(['What', 'Where', 'How'], [...rows.slice(1), ...rows.slice(0, 1)]),
      ...facts({
        'Quiet now':
          quiet === null ? null : `until ${formatTime(quiet, deps)}; critical alerts always break through`,
        'Without a reaction':
          asked.escalateAfterMs === null
            ? null
            : `the person on call is mentioned after ${lasted(asked.escalateAfterMs)}`,
      }),
    ],
    next: NEXT,
  });
}

const leadWithoutFile = (name: string | null): string =>
  name === null
    ? 'Alerts go nowhere yet: add me to a team, or say “post alerts in this channel” in a channel.'
    : `Alerts go to ${name}, the channel that is set in chat.`;

function leadOf({ file, using }: RoutesNow, name: string | null): string {
  if (file === null || using === 'default') return leadWithoutFile(name);
  const rest =
    name === null
      ? ''
      : ` What no route takes goes to ${name}, the channel that is set in chat, where the file names no other.`;
  const kept = using === 'last-good' ? ', as it was good last' : '';
  return `Alerts go by the routes of ${file}${kept}: the first that fits takes them.${rest}`;
}
