import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { loadDataConfig } from '../config/config.ts';
import { storeOptions } from '../config/data.ts';
import { withEnvFiles } from '../config/env-files.ts';
import { openStore } from '../storage/open-store.ts';
import { type Command, EXIT_BAD_INPUT, type Io, reportProblems, writeLine } from './command.ts';
import { withDemoDatabase } from './demo/demo-database.ts';
import { eraseStored } from './person/erase.ts';
import { exportStored } from './person/export.ts';
import { endHold, listHolds, putOnHold } from './person/hold.ts';
import { showLog } from './person/log.ts';
import type { PersonRun } from './person/run.ts';

const OPTIONS = {
  format: { type: 'string' },
  yes: { type: 'boolean' },
  'although-present': { type: 'boolean' },
  reason: { type: 'string' },
  end: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;
type Options = ReturnType<typeof parse>['values'];
const parse = (args: string[]) => parseArgs({ args, allowPositionals: true, options: OPTIONS });

/** What each act takes besides the person; `who` says whether it is about one. */
const ACTS: Record<string, { who: boolean; takes: readonly (keyof Options)[]; work: Work }> = {
  export: {
    who: true,
    takes: ['format'],
    work: (run, who, { format }) => exportStored(run, who, format ?? 'ndjson'),
  },
  erase: {
    who: true,
    takes: ['yes', 'although-present'],
    work: (run, who, options) =>
      eraseStored(run, who, {
        isSure: options.yes === true,
        althoughPresent: options['although-present'] === true,
      }),
  },
  hold: {
    who: true,
    takes: ['reason', 'end'],
    work: (run, who, { reason, end }) => (end ? endHold(run, who) : putOnHold(run, who, reason)),
  },
  holds: { who: false, takes: ['json'], work: (run, _, { json }) => listHolds(run, json === true) },
  log: { who: false, takes: ['json'], work: (run, _, { json }) => showLog(run, json === true) },
};
type Work = (run: PersonRun, who: string, options: Options) => Promise<number>;

export const person: Command = {
  name: 'person',
  summary: 'give out, erase or keep what is stored about one person',
  usage: `Usage: license-watch person export <id or UPN> [--format ndjson|json]
       license-watch person erase <id or UPN> [--yes] [--although-present]
       license-watch person hold <id or UPN> --reason "<why>"
       license-watch person hold <id or UPN> --end
       license-watch person holds [--json]
       license-watch person log [--json]

export   writes every stored row about the person, each with its table and what it is: their account and former names,
         license changes and causes, incidents, audit records in which they acted, were the target, own the mailbox
         or are mentioned, last sign-ins, decisions, conversations, messages, rules, holds
erase    says what it would remove; with --yes it does. The account, sign-ins, chats and every audit record that names
         the person go; license changes, decisions and the like stay with a pseudonym. Nothing brings them back.
         Stopped in the middle, the same command goes on. While the account is in the tenant, the next read stores it
         again: then it also takes --although-present
hold     keeps the audit records that name a person, whatever the retention says, and refuses to erase them
log      shows what was done about which person, by which user of the machine, and when

What a SIEM, Microsoft and posted cards hold stays there. Stop the bot while you erase, or erase once more later.
Exit code 1: nothing is stored about the person, or it is refused. 2: a setting or an argument is wrong.`,
  async run(args, io) {
    const { values, positionals } = parse(args);
    const [name = '', ...rest] = positionals;
    const act = Object.hasOwn(ACTS, name) ? ACTS[name] : undefined;
    const problem = problemWith(name, act, rest, values);
    if (act === undefined || problem !== null) {
      writeLine(io.stderr, problem ?? person.usage);
      return EXIT_BAD_INPUT;
    }
    const loaded = loadDataConfig(withDemoDatabase(withEnvFiles('env', io.env), io));
    if (!loaded.ok) return reportProblems(io, loaded.problems);
    const store = await openStore(storeOptions(loaded.config.data));
    try {
      return await act.work({ store, io, by: userOf(io) }, rest[0] ?? '', values);
    } finally {
      await store.close();
    }
  },
};

function problemWith(
  name: string,
  act: (typeof ACTS)[string] | undefined,
  rest: readonly string[],
  values: Options,
): string | null {
  if (act === undefined) return `Say what to do: license-watch person ${Object.keys(ACTS).join('|')}`;
  if (act.who && rest.length !== 1)
    return `Say who it is, by object id or user principal name: license-watch person ${name} <id or UPN>`;
  if (!act.who && rest.length > 0) return `license-watch person ${name} takes no name.`;
  const other = Object.keys(values).find((option) => !act.takes.some((known) => known === option));
  if (other !== undefined) return `license-watch person ${name} has no --${other}.`;
  if (values.format !== undefined && values.format !== 'ndjson' && values.format !== 'json')
    return 'Give --format as ndjson or json.';
  if (name === 'hold' && !values.end && !values.reason?.trim())
    return 'Say why with --reason "…", or end the hold with --end.';
  return null;
}

/** The user of the machine, as it is in the log. A container may run as one that has no name. */
function userOf({ env }: Io): string {
  try {
    return userInfo().username;
  } catch {
    return env.USER ?? `user ${process.getuid?.() ?? 'unknown'}`;
  }
}
