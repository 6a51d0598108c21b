import { checkOf, USED_PERMISSIONS } from './permissions.ts';

const BREAKS: Readonly<Record<string, string>> = {
  settings: 'The bot does not start: it lists the settings that are wrong, and ends.',
  credential: 'The app cannot sign in: the tenant is not read, and nothing is noticed.',
  'token.graph': 'The tenant is not read, and nothing is noticed.',
  'token.management': 'The unified audit log is not read: some causes stay unexplained.',
  'token.bot': 'The bot hears and cannot speak: no card and no answer arrives.',
  'sign-ins': 'Of unused licenses only those of blocked accounts are known.',
  auditing: 'Who took a license stays unexplained for what happens until auditing is on.',
  clock: 'Sign-ins are refused, and times on cards and in searches are wrong.',
  'database.reach': 'The bot does not start, or does not share what it knows.',
  'database.write': 'Nothing is recorded: no scan, no decision, no alert.',
  'database.migrations': 'The bot does not start on this database.',
  'database.disk': 'Soon nothing can be recorded: the bot stops noticing.',
  'service-url': 'No card and no answer reaches Teams.',
  channel: 'Alerts reach nobody.',
  'app-installed': 'There is no channel for alerts: nobody is alerted.',
  endpoints: 'Anybody on the network reads how the bot works and what fails.',
  'roles.reader': 'Nobody may ask the bot.',
  'roles.operator': 'Nobody can decide: buttons such as Reassign are refused.',
  'roles.owner': 'Nobody can change settings and standing rules.',
  'roles.auditor': 'Nobody but owners can search audit records.',
};

const OF_PERMISSIONS: ReadonlyMap<string, string> = new Map(
  USED_PERMISSIONS.map((permission) => [checkOf(permission), permission.breaks]),
);

/** What does not work while this check fails, in a sentence. */
export const breaksOf = (check: string): string =>
  BREAKS[check] ??
  OF_PERMISSIONS.get(check) ??
  (check.startsWith('feed.')
    ? 'Records of this kind do not arrive: causes that they tell stay unexplained.'
    : '');
