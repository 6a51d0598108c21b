import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { routingDefaults } from '../app/routing-defaults.ts';
import { loadDataConfig } from '../config/config.ts';
import { type DataConfig, storeOptions } from '../config/data.ts';
import { withEnvFiles } from '../config/env-files.ts';
import type { RoutesProblem, StoredConversation } from '../domain/ports.ts';
import { channelNamed, channelProblems } from '../domain/routing/channels.ts';
import { didYouMean } from '../domain/routing/close-to.ts';
import { type Destination, destinationsOf } from '../domain/routing/destinations.ts';
import { pathInWords, whereInWords } from '../domain/routing/in-words.ts';
import { KNOWN_LABELS, type Labels } from '../domain/routing/labels.ts';
import { createRoutesSource } from '../route-files/routes-source.ts';
import { openStore } from '../storage/open-store.ts';
import {
  type Command,
  EXIT_BAD_INPUT,
  EXIT_FAILURE,
  EXIT_OK,
  type Io,
  reportProblems,
  writeLine,
} from './command.ts';
import { instantOf } from './iso-time.ts';

const USAGE = `Usage: license-watch route [<label>=<value> …] [--at <time>] [--json]

Shows where an alert with these labels would go, a line for each destination, with the way through the routes of
ROUTES_PATH. A label may be given several times: license-watch route class=licensing level=high target=lee@contoso.com
  --at     when it would be posted, as 2026-12-01T23:00:00Z or with an offset: quiet hours count; now, if not given
  --json   print each destination as one JSON object on a line of its own
Labels: ${Object.keys(KNOWN_LABELS).join(', ')}.
Exit code 1: it would go nowhere. Exit code 2: the file of routes or an argument is wrong; the message says where.`;

/** What the database knows of channels; null where there is none, or it cannot be read. */
type Channels = { all: StoredConversation[]; chat: StoredConversation | null };

/** Where an alert with some labels would go. */
export const route: Command = {
  name: 'route',
  summary: 'show where an alert with these labels would go',
  usage: USAGE,
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args,
      options: { json: { type: 'boolean' }, at: { type: 'string' } },
      allowPositionals: true,
    });
    const labels = labelsOf(positionals);
    if (typeof labels === 'string') return refuse(io, labels);
    const at = values.at === undefined ? Date.now() : instantOf(values.at);
    if (Number.isNaN(at)) return refuse(io, `“${values.at}” is no time: write it as 2026-12-01T23:00:00Z.`);
    const loaded = loadDataConfig(withEnvFiles('env', io.env));
    if (!loaded.ok) return reportProblems(io, loaded.problems);
    const { routing: settings, watch, data } = loaded.config;
    const silent = { info: () => undefined, warn: () => undefined };
    const source = createRoutesSource({
      path: settings.path,
      defaults: routingDefaults(settings, watch),
      kept: null,
      now: () => at,
      log: silent,
    });
    const { routing, problems, file, using } = await source.current();
    const channels = await channelsOf(data, io);
    const unknown = channels === null ? [] : channelProblems(routing.root, channels.all);
    const warnings = unknown.map((one): RoutesProblem => ({ ...one, severity: 'warning' }));
    const named = path.relative('.', settings.path ?? '') || file;
    for (const { line, severity, message } of [...problems, ...warnings]) {
      writeLine(io.stderr, `${named}:${line}: ${severity === 'warning' ? 'warning: ' : ''}${message}`);
    }
    if (file !== null && using !== 'file') return EXIT_BAD_INPUT;
    const destinations = destinationsOf(routing, labels, at);
    const reached = destinations.filter((one) => goesSomewhere(one, channels));
    for (const one of reached) {
      writeLine(io.stdout, values.json ? JSON.stringify(inJson(one, channels)) : inOneLine(one, channels));
    }
    if (reached.length > 0) return EXIT_OK;
    for (const one of destinations) {
      const why =
        one.where.kind === 'nowhere' ? 'the route says so' : 'no channel is set for alerts: add me to a team';
      writeLine(io.stderr, `It would go nowhere, as ${why}: ${pathInWords(one)}.`);
    }
    return EXIT_FAILURE;
  },
};

function refuse(io: Io, sentence: string): number {
  writeLine(io.stderr, sentence);
  return EXIT_BAD_INPUT;
}

/** The labels; or, in a sentence, why they are none. */
function labelsOf(args: readonly string[]): Labels | string {
  const labels: Record<string, string[]> = {};
  for (const arg of args) {
    const cut = arg.indexOf('=');
    if (cut < 1) return `“${arg}” is no label: write it as class=roles.`;
    const label = arg.slice(0, cut).trim().toLowerCase();
    const near = Object.hasOwn(KNOWN_LABELS, label) ? '' : didYouMean(label, Object.keys(KNOWN_LABELS));
    if (near !== '') return `No alert has a label “${label}”${near}`;
    labels[label] = [
      ...(labels[label] ?? []),
      arg
        .slice(cut + 1)
        .trim()
        .replace(/^"(.*)"$/, '$1'),
    ];
  }
  return Object.fromEntries(
    Object.entries(labels).map(([label, values]) => [
      label,
      values.length === 1 ? (values[0] ?? '') : values,
    ]),
  );
}

/** A database is looked into, and never made for this. */
async function channelsOf(data: DataConfig, io: Io): Promise<Channels | null> {
  const url = data.databaseUrl;
  const file = url.startsWith('file://') ? fileURLToPath(url) : url.startsWith('file:') ? url.slice(5) : null;
  if (file !== null && !existsSync(file)) return null;
  try {
    const store = await openStore(storeOptions(data));
    try {
      const all = await store.conversations.all();
      return {
        all: all.filter(({ kind }) => kind === 'channel'),
        chat: await store.conversations.alertTarget(),
      };
    } finally {
      await store.close();
    }
  } catch (error) {
    writeLine(
      io.stderr,
      `The channels are not known: ${error instanceof Error ? error.message : String(error)}`,
    );
    return null;
  }
}

/** What is not known of channels is taken to be there. */
const goesSomewhere = ({ where }: Destination, channels: Channels | null): boolean => {
  if (where.kind === 'nowhere') return false;
  if (channels === null || channels.chat !== null) return true;
  return where.kind === 'channel' && channelNamed(where.name, channels.all).kind === 'found';
};

const chatName = (channels: Channels | null): string | null => channels?.chat?.name ?? null;

function inOneLine(destination: Destination, channels: Channels | null): string {
  const { where, mention, onCall, hold, until, breaksQuietUntil } = destination;
  const beside = [
    ...(mention ? [`mentions ${mention.name}`] : []),
    ...(onCall ? [`calls ${onCall.name} when nobody reacts`] : []),
    ...(hold === 'quiet' && until !== null ? [`waits for the end of the quiet hours, ${isoOf(until)}`] : []),
    ...(hold === 'digest' && until !== null ? [`in the digest of ${isoOf(until)}, without a card`] : []),
    ...(breaksQuietUntil === null ? [] : ['breaks through the quiet hours']),
  ];
  return [`${whereInWords(where, chatName(channels))}: ${pathInWords(destination)}`, ...beside].join('; ');
}

function inJson(destination: Destination, channels: Channels | null): object {
  const { where, mention, onCall, hold, until, path: way } = destination;
  const found = where.kind === 'channel' && channels ? channelNamed(where.name, channels.all) : null;
  const channel =
    where.kind === 'chat' ? (channels?.chat ?? null) : found?.kind === 'found' ? found.channel : null;
  return {
    destination: where.kind === 'channel' ? where.name : whereInWords(where, chatName(channels)),
    kind: where.kind,
    channelId: channel?.key ?? null,
    mention,
    onCall,
    hold,
    until: until === null ? null : isoOf(until),
    path: way.map(({ title, line }) => ({ title, line })),
  };
}

const isoOf = (at: number): string => new Date(at).toISOString();
