/** The simulator as a process of its own: prints one line of JSON when it is ready. See `--help`. */
import process from 'node:process';
import { parseArgs } from 'node:util';
import { SCENARIOS, UnknownScenarioError } from './scenarios/all.ts';
import { startSimulator } from './start.ts';

const HELP = `node src/simulator/process.ts [options]

  --scenario <name>    ${SCENARIOS.map((scenario) => scenario.name).join(', ')} (quiet)
  --users <n>          how many users there are in all, at least the scenario's own
  --port <n>           0 takes a free port (0)
  --speed <n>          divides every delay (1)
  --seed <n>           other generated people and ids (1)
  --operator <id>      object id of Megan Bowen
  --play               start the timeline at once

Prints {"origin","reportsOrigin","caCertificate","tenantId","clientId","clientSecret","servicePrincipalId","controlToken"}
on one line when ready. Ends on SIGTERM or SIGINT.`;

const { values } = parseArgs({
  options: {
    scenario: { type: 'string', default: 'quiet' },
    users: { type: 'string' },
    port: { type: 'string', default: '0' },
    speed: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    operator: { type: 'string' },
    play: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const fail = (message: string): never => {
  console.error(message);
  process.exit(2);
};

/** A number option; ends the process with a sentence for anything else. */
function numberOf(name: string, text: string, smallest: number): number {
  const value = Number(text);
  return Number.isFinite(value) && value >= smallest
    ? value
    : fail(`--${name} must be a number of at least ${smallest}, not "${text}".`);
}

if (values.help) {
  console.log(HELP);
  process.exit(0);
}

const simulator = await startSimulator({
  scenario: values.scenario,
  clock: { now: () => Date.now() },
  port: numberOf('port', values.port, 0),
  speed: numberOf('speed', values.speed, 0.001),
  seed: numberOf('seed', values.seed, 0),
  users: values.users === undefined ? undefined : numberOf('users', values.users, 1),
  operatorId: values.operator,
}).catch((error: unknown) => {
  if (error instanceof UnknownScenarioError) return fail(error.message);
  throw error;
});
if (values.play) simulator.tenant.play();
const { tenant: _tenant, close: _close, ...ready } = simulator;
console.log(JSON.stringify(ready));

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    void simulator.close().then(() => process.exit(0));
  });
}
