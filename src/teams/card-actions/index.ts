import { confirmLicenses, declineLicenses, withdrawLicenses } from './answer-asked.ts';
import { approve } from './approve.ts';
import { ask } from './ask.ts';
import type { CardAction } from './card-action.ts';
import { changeLicenses } from './change-licenses.ts';
import { confirm } from './confirm.ts';
import { decline } from './decline.ts';
import { endRule } from './end-rule.ts';
import { exportFile } from './export.ts';
import { extendRule } from './extend-rule.ts';
import { moveAlerts } from './move-alerts.ts';
import { page } from './page.ts';
import { readAs } from './read-as.ts';
import { reassign } from './reassign.ts';
import { reopen } from './reopen.ts';
import {
  securityExpected,
  securityReopen,
  securitySnooze,
  securityTakeOn,
  securityView,
  securityWake,
} from './security.ts';
import { chooseChannel, chooseDeciders } from './settings/first-contact.ts';
import { setSettings } from './settings/set-settings.ts';
import { snooze } from './snooze.ts';
import { stand } from './stand.ts';
import { supportCase } from './support-case.ts';
import { takeOn } from './take-on.ts';
import { undo } from './undo.ts';
import { undoLicenses } from './undo-licenses.ts';
import { view } from './view.ts';
import { wake } from './wake.ts';

/** Every button that our cards have. One that is not listed here is answered as unknown. */
export const CARD_ACTIONS: readonly CardAction[] = [
  view,
  reassign,
  undo,
  confirm,
  decline,
  approve,
  reopen,
  snooze,
  takeOn,
  wake,
  endRule,
  extendRule,
  stand,
  changeLicenses,
  undoLicenses,
  confirmLicenses,
  declineLicenses,
  withdrawLicenses,
  securityView,
  securityExpected,
  securitySnooze,
  securityTakeOn,
  securityWake,
  securityReopen,
  moveAlerts,
  setSettings,
  chooseChannel,
  chooseDeciders,
  ask,
  readAs,
  exportFile,
  supportCase,
  page,
];
