import type { Answer } from '../../answers/answer.ts';
import type { CommandText } from '../cards/welcome.ts';
import type { Command } from './command.ts';
import { help } from './help.ts';
import { history } from './history.ts';
import { lostLicenses } from './lost-licenses.ts';
import { openIncidents } from './open-incidents.ts';
import { postAlertsHere } from './post-alerts-here.ts';
import { scanNow } from './scan-now.ts';
import { showAnswer } from './show-answer.ts';
import { status } from './status.ts';
import { userLicenses } from './user-licenses.ts';
import { whoChanged } from './who-changed.ts';

/** Every command, in the order in which help and the app manifest show them. Teams takes at most ten. */
export const COMMAND_LIST: readonly Command[] = [
  whoChanged,
  history,
  userLicenses,
  lostLicenses,
  openIncidents,
  status,
  scanNow,
  postAlertsHere,
  help,
];

/** What people see of the commands: the source of the manifest's command list. */
export const COMMANDS: readonly CommandText[] = COMMAND_LIST.map(({ title, description, example }) => ({
  title,
  description,
  example,
}));

/** A question that no command lists is answered all the same: the language knows more than the menu. */
const ANYTHING_ELSE: Pick<Command, 'role' | 'run'> = { role: 'reader', run: showAnswer };

/** The command that carries out an answer: by what it requests, else by its intent. */
export function commandFor(answer: Answer): Pick<Command, 'role' | 'run'> {
  const wanted = answer.request?.kind;
  if (wanted === 'show-incident') return ANYTHING_ELSE;
  const found = COMMAND_LIST.find((command) =>
    wanted ? command.request === wanted : command.request === null && command.intents.includes(answer.intent),
  );
  return found ?? ANYTHING_ELSE;
}
