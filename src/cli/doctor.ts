import { parseArgs } from 'node:util';
import { runDoctor, scriptFacts } from '../app/doctor/run-doctor.ts';
import { withEnvFiles } from '../config/env-files.ts';
import { readPartly } from '../config/partly.ts';
import { breaksOf } from '../domain/doctor/breaks.ts';
import { bad, type Finding, isWarning } from '../domain/doctor/finding.ts';
import { fixScript } from '../domain/doctor/fix-script.ts';
import { count } from '../domain/numerals.ts';
import { type Command, EXIT_FAILURE, EXIT_OK, type Io, writeLine } from './command.ts';

export const doctor: Command = {
  name: 'doctor',
  summary: 'try every permission, credential, log, channel and database, and say what is wrong',
  usage: `Usage: license-watch doctor [--json] [--fix]

Tries everything that the bot needs, once, in its smallest form, and says a line each: ok, or what is wrong, what
does not work without it, and the command or place that puts it right. It writes nothing, and takes up to a minute.
  --json   a line of JSON a check: {"check","ok","detail","breaks","fix"}; ok is null where it could not be tried
  --fix    print a shell script with the commands; it is not run
Exit code 1: something is wrong. A warning, such as a secret that ends soon, is none.`,
  async run(args, io) {
    const { values } = parseArgs({ args, options: { json: { type: 'boolean' }, fix: { type: 'boolean' } } });
    const { env, problem } = environment(io);
    const settings = readPartly(env);
    const found = await runDoctor({ settings, env, now: () => Date.now(), signal: io.signal });
    const findings = problem === null ? found : [bad('settings', problem, { fix: problem }), ...found];
    if (values.fix) io.stdout.write(fixScript(findings, scriptFacts(settings)));
    else if (values.json) for (const finding of findings) writeLine(io.stdout, jsonOf(finding));
    else report(io, findings);
    return findings.some(({ ok }) => ok === false) ? EXIT_FAILURE : EXIT_OK;
  },
};

/** Files of the toolkit that cannot be read are told of, and the rest is tried without them. */
function environment(io: Io): { env: Io['env']; problem: string | null } {
  try {
    return { env: withEnvFiles('env', io.env), problem: null };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { env: io.env, problem: `The files in env/ cannot be read: ${why}` };
  }
}

const jsonOf = (finding: Finding): string => {
  const { check, ok, detail, fix } = finding;
  return JSON.stringify({ check, ok, detail, breaks: breaksOf(check), fix });
};

function report(io: Io, findings: readonly Finding[]): void {
  const width = Math.max(...findings.map(({ check }) => check.length));
  for (const finding of findings) {
    writeLine(io.stdout, `${signOf(finding)} ${finding.check.padEnd(width)}  ${finding.detail}`);
    if (finding.ok === false) writeLine(io.stdout, `    Without it: ${breaksOf(finding.check)}`);
    if (finding.ok !== null && finding.fix !== '') writeLine(io.stdout, `    Fix: ${finding.fix}`);
  }
  writeLine(io.stdout, `\n${summaryOf(findings)}`);
}

function signOf(finding: Finding): string {
  if (finding.ok === null) return '?';
  if (!finding.ok) return '✗';
  return isWarning(finding) ? '!' : '✓';
}

function summaryOf(findings: readonly Finding[]): string {
  const wrong = findings.filter(({ ok }) => ok === false).length;
  const untried = findings.filter(({ ok }) => ok === null).length;
  const rest = untried === 0 ? '' : ` ${count(untried, 'check')} could not be tried.`;
  if (wrong === 0) return `Nothing is wrong that could be tried.${rest}`;
  return `${count(wrong, 'check')} ${wrong === 1 ? 'fails' : 'fail'}.${rest} license-watch doctor --fix prints the commands.`;
}
