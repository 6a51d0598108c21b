import type { Answer } from '../../answers/answer/answer.ts';
import { factsOf } from '../../language/facts.ts';
import type { CommandText } from '../cards/welcome.ts';
import type { NeededRole } from '../middleware/authorize.ts';
import { checkSetUp } from './check-set-up.ts';
import type { Command, Requested } from './command.ts';
import { exportList } from './export-list.ts';
import { help } from './help.ts';
import { licenseChange } from './license-change.ts';
import { PLAIN_COMMANDS } from './plain-commands.ts';
import { postAlertsHere } from './post-alerts-here.ts';
import { scanNow } from './scan-now.ts';
import { setSetting, settings } from './settings.ts';
import { showAnswer } from './show-answer.ts';

/** A command, and who may have it carried out: that is a fact of what it is about. */
type ListedCommand = Command & { role: NeededRole };

const COMMANDS_IN_ORDER: readonly Command[] = [
  PLAIN_COMMANDS.whoChanged,
  PLAIN_COMMANDS.history,
  PLAIN_COMMANDS.userLicenses,
  PLAIN_COMMANDS.lostLicenses,
  PLAIN_COMMANDS.openIncidents,
  exportList,
  PLAIN_COMMANDS.decisionLog,
  PLAIN_COMMANDS.standingRules,
  PLAIN_COMMANDS.changeRule,
  PLAIN_COMMANDS.beQuiet,
  PLAIN_COMMANDS.watch,
  licenseChange,
  PLAIN_COMMANDS.status,
  checkSetUp,
  scanNow,
  postAlertsHere,
  settings,
  setSetting,
  help,
];

/** Every command, in the order in which help and the app manifest show them. */
export const COMMAND_LIST: readonly ListedCommand[] = COMMANDS_IN_ORDER.map((command) => ({
  ...command,
  role: factsOf(command.intents[0]).role,
}));

/** What help and the welcome card say of the commands. */
export const COMMANDS: readonly CommandText[] = COMMAND_LIST.map(({ title, description, example, role }) => ({
  title,
  description,
  example,
  role,
}));

/** What the compose box's menu offers: the source of the manifest's command list. Teams takes at most ten. */
export const MENU: readonly Pick<CommandText, 'title' | 'description'>[] = COMMAND_LIST.filter(
  ({ inMenu }) => inMenu,
).map(({ title, description }) => ({ title, description }));

/** A question that no command lists is answered all the same: the language knows more than the menu. */
const ANYTHING_ELSE: Pick<ListedCommand, 'role' | 'run' | 'founders'> = { role: 'reader', run: showAnswer };

/** The command that carries out an answer: by what it requests, else by its intent. */
export function commandFor(answer: Answer): Pick<ListedCommand, 'role' | 'run' | 'founders'> {
  if (answer.request?.kind === 'show-incident' || asksWhichReading(answer)) return ANYTHING_ELSE;
  const wanted = requestedBy(answer.request);
  const found = COMMAND_LIST.find(({ requests, intents }) =>
    wanted === null ? requests.length === 0 && intents.includes(answer.intent) : requests.includes(wanted),
  );
  return found ?? ANYTHING_ELSE;
}

/** "Did you mean …?": nothing is carried out yet, whatever it may be. */
const asksWhichReading = ({ blocks }: Answer): boolean => blocks.some(({ kind }) => kind === 'readings');

function requestedBy(request: Exclude<Answer['request'], { kind: 'show-incident' }>): Requested | null {
  if (request === null) return null;
  return request.kind === 'stand' ? request.request.kind : request.kind;
}
