import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Settings } from '../config/settings.ts';
import { readCloud } from '../config/tenant.ts';
import { Guid } from '../config/values.ts';
import { endpointsOf } from '../microsoft365/clouds.ts';
import {
  type Command,
  EXIT_BAD_INPUT,
  EXIT_FAILURE,
  EXIT_OK,
  type Io,
  reportProblems,
  writeLine,
} from './command.ts';
import { adminToken } from './setup/admin-token.ts';
import { commandsFor } from './setup/commands.ts';
import { settingsIn, writeSettings } from './setup/env-file.ts';
import { FEATURES, type Feature, featuresNamed, permissionsOf } from './setup/features.ts';
import { createGraphCalls, SetupError } from './setup/graph-calls.ts';
import { register } from './setup/register.ts';

const USAGE = `Usage: license-watch setup [--tenant <id>] [--channel <link>] [--features <names>] [--apply]
                           [--app-name <name>] [--env-file <file>] [--device-code] [--yes]

Makes what License Watch needs in your tenant: app registration, service principal, permissions, consent. Without
--apply it prints the commands and changes nothing. It can be run again: what is there is left alone.
  --tenant       id of the tenant to watch; asked for where it is not given
  --channel      link to the channel that gets the alerts, for the last step; may be empty
  --features     what needs more permissions, with commas between: ${FEATURES.map(({ name }) => name).join(', ')}; all, or none
  --apply        does it: signs in by the Azure CLI where you use it, else by a code that you type in a browser
  --device-code  by the code, also where there is an Azure CLI
  --app-name     of the app registration; default “License Watch”
  --env-file     where the settings are written, for its owner alone; default env/.env.local.user
  --yes          asks nothing: what is not given is left out
The cloud is that of CLOUD. No secret is printed.
Exit code 1: Microsoft refused something, which is named. Exit code 2: an argument is wrong.`;

type Wanted = { tenantId: string; channel: string; features: Feature[] };

/** Makes what License Watch needs in a tenant, or prints how. */
export const setup: Command = {
  name: 'setup',
  summary: 'make the app registration, its permissions and the settings, or print how',
  usage: USAGE,
  async run(args, io) {
    const { values } = parseArgs({
      args,
      options: {
        tenant: { type: 'string' },
        channel: { type: 'string' },
        features: { type: 'string' },
        apply: { type: 'boolean' },
        'device-code': { type: 'boolean' },
        'app-name': { type: 'string', default: 'License Watch' },
        'env-file': { type: 'string', default: 'env/.env.local.user' },
        yes: { type: 'boolean' },
      },
    });
    const settings = new Settings(io.env);
    const cloud = readCloud(settings);
    if (settings.problems.length > 0) return reportProblems(io, settings.problems);
    const appName = values['app-name'];
    if (!/^[\p{L}\p{N} ._()-]{1,120}$/u.test(appName))
      return refuse(io, 'The name of the app has signs that it cannot have.');
    const wanted = await wantedOf(values, values.yes === true, io);
    if (typeof wanted === 'string') return refuse(io, wanted);
    const permissions = permissionsOf(wanted.features);
    const { authority, graph } = endpointsOf(cloud);
    const file = values['env-file'];
    const say = (line: string): void => writeLine(io.stderr, line);
    if (!values.apply) {
      for (const line of commandsFor(appName, permissions, graph, file)) writeLine(io.stdout, line);
      say('Nothing was changed. Run these, or run it again with --apply.');
      return EXIT_OK;
    }
    try {
      const { tenantId } = wanted;
      const token = await adminToken({
        authority,
        graph,
        tenantId,
        deviceCode: values['device-code'] === true,
        say,
      });
      const kept = await settingsIn(file);
      const made = await register({
        graph: createGraphCalls({ graph, token, sleep, say }),
        appName,
        permissions,
        needsSecret: (clientId) => kept.AAD_APP_CLIENT_ID !== clientId || !kept.AAD_APP_CLIENT_SECRET,
        say,
      });
      await writeSettings(file, {
        AAD_APP_TENANT_ID: tenantId,
        AAD_APP_CLIENT_ID: made.clientId,
        ...(made.secret === null ? {} : { AAD_APP_CLIENT_SECRET: made.secret }),
      });
      for (const line of nextSteps(wanted, made.missing, file)) say(line);
      return EXIT_OK;
    } catch (error) {
      if (!(error instanceof SetupError || error instanceof RangeError)) throw error;
      say(error.message);
      say('What was made so far stays. Mend it and run the same command again: it goes on where it stopped.');
      return EXIT_FAILURE;
    }
  },
};

function refuse(io: Io, sentence: string): number {
  writeLine(io.stderr, sentence);
  return EXIT_BAD_INPUT;
}

type Given = { tenant?: string | undefined; channel?: string | undefined; features?: string | undefined };

/** What is to be set up, as given or as answered; a sentence that says what is wrong. */
async function wantedOf(given: Given, quiet: boolean, io: Io): Promise<Wanted | string> {
  const terminal = quiet ? null : createInterface({ input: io.stdin, output: io.stderr });
  // Answers may come before they are asked for, as from a file.
  const lines = terminal?.[Symbol.asyncIterator]();
  const ask = async (question: string): Promise<string> => {
    if (!lines) return '';
    io.stderr.write(`${question} `);
    const answer = await lines.next();
    return answer.done ? '' : answer.value.trim();
  };
  try {
    const tenant = Guid.safeParse(given.tenant ?? (await ask('Id of the tenant to watch?')));
    if (!tenant.success) return 'Give the id of the tenant: --tenant 11111111-2222-3333-4444-555555555555.';
    const channel =
      given.channel ??
      (await ask('Link to the channel for alerts (Teams: Get link to channel)? Empty: later.'));
    if (given.features !== undefined) {
      const names = given.features.split(',').map((name) => name.trim());
      const { features, unknown } = featuresNamed(names.filter((name) => name !== '' && name !== 'none'));
      return unknown.length > 0
        ? `There is no feature ${unknown.join(', ')}. There are: ${FEATURES.map(({ name }) => name).join(', ')}.`
        : { tenantId: tenant.data, channel, features };
    }
    const features: Feature[] = [];
    for (const feature of FEATURES) {
      const needs = feature.permissions.map(({ name }) => name).join(', ');
      const answer = await ask(`${feature.name}: ${feature.about}. It needs ${needs}. Allow it? [y/N]`);
      if (/^y(?:es)?$/i.test(answer)) features.push(feature);
    }
    return { tenantId: tenant.data, channel, features };
  } finally {
    terminal?.close();
  }
}

/** What is off, what is left to do, and how to see whether it is right. */
function nextSteps({ features, channel }: Wanted, missing: readonly string[], file: string): string[] {
  const off = FEATURES.filter((one) => !features.includes(one));
  return [
    ...(missing.length > 0
      ? [`This cloud does not have: ${missing.join(', ')}. What needs them is off.`]
      : []),
    ...off.map(
      ({ name, about }) => `Off: ${name} (${about}). Run setup again with --features ${name} to have it.`,
    ),
    `The settings are in ${file}, which only you may read.`,
    'Next: 1. license-watch doctor tries everything. 2. license-watch serve runs it.',
    `3. Add the app to your team${channel === '' ? '' : ` and open ${channel}`}, and press “Choose the channel” and “Choose who may decide” on the card that greets you.`,
  ];
}
