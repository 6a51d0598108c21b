// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of the card templating library.
import { APPROVE, REOPEN, SNOOZE, TAKE_ON, WAKE } from './decision-forms.template.ts';
import { formButton, openedForm, posted } from './form-parts.template.ts';
import {
  CHOOSE,
  CONFIRM,
  DECLINE,
  DIRECT,
  REASSIGN,
  reassignAll,
  UNDO,
  WITHDRAW,
} from './restore-forms.template.ts';

const POSITIVE = { style: 'positive' };

/** On somebody's own card, while no form is open in it. */
const own = (button: object, needs: string) => ({
  ...button,
  $when: `\${allowed.${needs} && open == '' && !posted}`,
});

/** On every card alike: what it does needs no form. */
const anywhere = (button: object, needs: string) => ({
  ...button,
  $when: `\${allowed.${needs} && open == ''}`,
});

/** The buttons of the card that stands in the channel. */
const POSTED: object[] = [
  posted('Confirm…', 'confirm', 'confirm', POSITIVE),
  posted('Decline…', 'decline', 'decline'),
  posted('${reassign.postedTitle}', 'reassign', 'reassign', POSITIVE),
  posted('Undo…', 'undo', 'undo'),
  posted('Approve…', 'approve', 'approve'),
  posted('Snooze…', 'snooze', 'snooze'),
  posted('I’m on it…', 'takeOn', 'takeOn'),
  posted('Reopen…', 'reopen', 'reopen'),
];

/** The buttons of somebody's own card. */
const OWN: object[] = [
  own(CONFIRM, 'confirm'),
  formButton(DECLINE),
  own(WITHDRAW, 'withdraw'),
  own(reassignAll('reassign', 'as-it-was'), 'atOnce'),
  formButton(CHOOSE, { $when: "${allowed.choose && reassign.canChoose && open == '' && !posted}" }),
  formButton(REASSIGN, {
    $when: "${allowed.reassign && !allowed.atOnce && open == '' && !posted}",
    ...POSITIVE,
  }),
  formButton(DIRECT),
  formButton(UNDO),
  formButton(APPROVE),
  formButton(SNOOZE),
  formButton(TAKE_ON),
  formButton(REOPEN),
];

/** The buttons of the incident card, most important first: never more than the six that Teams shows at once. */
export const INCIDENT_ACTIONS: object[] = [...POSTED, ...OWN, anywhere(WAKE, 'wake')];

/** The form that a press on the card in the channel has opened. */
export const OPENED_FORMS: object[] = [
  openedForm(REASSIGN, 'reassign'),
  openedForm(UNDO, 'undo'),
  openedForm(DECLINE, 'decline'),
  openedForm(APPROVE, 'approve'),
  openedForm(SNOOZE, 'snooze'),
  openedForm(TAKE_ON, 'takeOn'),
  openedForm(REOPEN, 'reopen'),
];
