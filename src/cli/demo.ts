import { createWriteStream } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import tls from 'node:tls';
import { parseArgs } from 'node:util';
import { compose } from '../app/compose.ts';
import { loadConfig } from '../config/config.ts';
import { SCENARIOS, UnknownScenarioError } from '../simulator/scenarios/all.ts';
import { type Simulator, startSimulator } from '../simulator/start.ts';
import {
  type Command,
  EXIT_BAD_INPUT,
  EXIT_FAILURE,
  EXIT_OK,
  type Io,
  reportProblems,
  writeLine,
} from './command.ts';
import { type Hint, hintFor } from './demo/hints.ts';
import { narrate, until } from './demo/narrate.ts';
import { isFree, type Playground, startPlayground } from './demo/playground.ts';
import { startDemoPostgres } from './demo/postgres.ts';
import { DEMO_DATABASE, DEMO_FOLDER, demoSettings } from './demo/settings.ts';

const SCENARIO_LIST = SCENARIOS.map(({ name, title }) => `    ${name.padEnd(30)} ${title}`).join('\n');

export const demo: Command = {
  name: 'demo',
  summary: 're-enacts the morning five licenses vanished: simulated tenant, bot and Agents Playground',
  usage: `Usage: license-watch demo [options]

Starts a simulated Microsoft 365 tenant, the bot and Microsoft's Agents Playground on this machine, and plays
a scenario. Ctrl-C stops everything. Its data is in ${DEMO_FOLDER}, which each start empties, and not while another demo runs.

  --scenario <name>      what happens (forum):
${SCENARIO_LIST}
  --users <n>            how many users the tenant has
  --speed <n>            play this many times faster (1)
  --port <n>             the bot's port (3978)
  --playground-port <n>  the Playground's port (56150); another one when it is busy
  --second-approver      a second operator, Lee Gu, has a Playground too, and confirms each reassign
  --postgres             keep the data in PostgreSQL: the server that DATABASE_URL names, in a database of its own there
                         (license_watch_demo, made new at each start), or one that is started for the demo
  --no-playground        only the tenant and the bot`,
  async run(args, io) {
    const options = readOptions(args);
    if (typeof options === 'string') {
      writeLine(io.stderr, `${options}\n\n${demo.usage}`);
      return EXIT_BAD_INPUT;
    }
    return play(options, io);
  },
};

type DemoOptions = {
  scenario: string;
  users: number | undefined;
  speed: number;
  port: number;
  playgroundPort: number;
  playground: boolean;
  secondApprover: boolean;
  postgres: boolean;
};

/** The options, or a sentence that says what is wrong with them. */
function readOptions(args: string[]): DemoOptions | string {
  try {
    const { values } = parseArgs({
      args,
      allowNegative: true,
      options: {
        scenario: { type: 'string', default: 'forum' },
        users: { type: 'string' },
        speed: { type: 'string', default: '1' },
        port: { type: 'string', default: '3978' },
        'playground-port': { type: 'string', default: '56150' },
        playground: { type: 'boolean', default: true },
        'second-approver': { type: 'boolean', default: false },
        postgres: { type: 'boolean', default: false },
      },
    });
    const numbers = {
      users: values.users ?? '1',
      speed: values.speed,
      port: values.port,
      'playground-port': values['playground-port'],
    };
    for (const [name, text] of Object.entries(numbers)) {
      if (!(Number(text) > 0) || (name !== 'speed' && !Number.isInteger(Number(text)))) {
        return `--${name} must be a number above zero, not “${text}”.`;
      }
    }
    return {
      scenario: values.scenario,
      users: values.users === undefined ? undefined : Number(values.users),
      speed: Number(values.speed),
      port: Number(values.port),
      playgroundPort: Number(values['playground-port']),
      playground: values.playground,
      secondApprover: values['second-approver'],
      postgres: values.postgres,
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function play(options: DemoOptions, io: Io): Promise<number> {
  const say = (text: string): void => writeLine(io.stdout, text);
  let simulator: Simulator;
  try {
    simulator = await startSimulator({ ...options, port: 0, clock: { now: () => Date.now() } });
  } catch (error) {
    if (!(error instanceof UnknownScenarioError)) throw error;
    writeLine(io.stderr, error.message);
    return EXIT_BAD_INPUT;
  }
  // Another demo may run: its data is touched only when its ports are free.
  const taken = await takenPort(options);
  if (taken !== null) {
    await simulator.close();
    writeLine(io.stderr, taken);
    return EXIT_FAILURE;
  }
  // The simulated tenant has a certificate of its own, made a moment ago: only this process trusts it.
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), simulator.caCertificate]);
  await rm(DEMO_FOLDER, { recursive: true, force: true });
  await mkdir(DEMO_FOLDER, { recursive: true });
  await writeTenantFile(simulator);
  const timeZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const database = options.postgres ? await startDemoPostgres(io.env.DATABASE_URL) : null;
  const databaseUrl = database?.url ?? DEMO_DATABASE;
  const loaded = loadConfig(demoSettings(simulator, { ...options, timeZone, databaseUrl }));
  if (!loaded.ok) {
    await database?.stop();
    await simulator.close();
    return reportProblems(io, loaded.problems);
  }
  if (database) say(`Its data is in ${database.where}.`);

  const logFile = path.join(DEMO_FOLDER, 'license-watch.log');
  const app = await compose(loaded.config, {
    logTo: createWriteStream(logFile),
    tickMs: 1_000,
    confirmAfterMs: 2_000,
  });
  const playgrounds: Playground[] = [];
  try {
    await app.start();
    const scanned = await until(() => app.store.scans.last({ outcome: 'complete', kind: 'full' }), io.signal);
    say(
      `The first scan is complete: ${scanned.usersRead} users. The bot listens on port ${app.port()}; its log is ${logFile}.`,
    );
    if (options.playground) playgrounds.push(...(await startPlaygrounds(app.port(), options)));
    const [mine, second] = playgrounds;
    if (mine) say(welcome(mine.address, second?.address ?? null, hintFor(options.scenario)));
    simulator.tenant.play();
    say(SCENARIOS.find(({ name }) => name === options.scenario)?.title ?? options.scenario);
    await Promise.race([
      narrate(app.store, { say, signal: io.signal, hint: hintFor(options.scenario) }),
      ...playgrounds.map(({ ended }) => ended),
    ]);
  } catch (error) {
    if (!io.signal.aborted) throw error;
  } finally {
    await Promise.all(playgrounds.map((playground) => playground.stop()));
    await app.stop();
    await database?.stop();
    await simulator.close();
  }
  say('Stopped.');
  return EXIT_OK;
}

/**
 * Whether somebody listens where the demo's bot is to: a sentence that says what to do; null when it is free. The
 * data folder belongs to whoever has the port.
 */
async function takenPort({ port }: DemoOptions): Promise<string | null> {
  if (await isFree(port, '127.0.0.1')) return null;
  return `Port ${port} is in use: another demo or bot runs there. Stop it, or choose another port and folder: --port ${port + 1}, in a folder of its own.`;
}

/** How another program reaches the simulated tenant while the demo runs: its address, certificate and control token. */
async function writeTenantFile(simulator: Simulator): Promise<void> {
  const { tenant: _tenant, close: _close, ...reachable } = simulator;
  await writeFile(path.join(DEMO_FOLDER, 'tenant.json'), JSON.stringify(reachable, null, 2));
}

/** Megan's, and Lee's when a second operator has to confirm. */
async function startPlaygrounds(botPort: number, options: DemoOptions): Promise<Playground[]> {
  const port = options.playgroundPort;
  const mine = await startPlayground({ botPort, port, folder: DEMO_FOLDER });
  if (!options.secondApprover) return [mine];
  const folder = path.join(DEMO_FOLDER, 'second-operator');
  return [mine, await startPlayground({ botPort, port: port + 1, folder, user: 'lee' })];
}

const welcome = (address: string, second: string | null, hint: Hint): string => `
  Open ${address}
  and choose the channel “License alerts” of the team “IT operations” on the left.

  You are Megan Bowen, an operator. Ask in the personal chat; in the channel begin with @License Watch:
    ${hint.questions.join(' · ')}
${
  second === null
    ? ''
    : `  Lee Gu confirms what you reassign: open ${second}, and say there, in the personal chat:
    ${hint.giveBack}
`
}  The same in another terminal:
    npm run --silent cli -- ask "${hint.questions[0]}"
  Ctrl-C stops everything.
`;
