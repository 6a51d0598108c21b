// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of the card templating library.
import { choice, execute, form, SMALL, sentence, words } from './form-parts.template.ts';

const REASONS = [
  { title: 'Leaver', value: 'leaver' },
  { title: 'Moved to another plan', value: 'moved' },
  { title: 'Another reason', value: 'other' },
];

const approve = form(
  'Approve',
  [
    sentence('The change was intended. This closes the incident; nothing is written to the tenant.'),
    {
      type: 'Input.ChoiceSet',
      id: 'approveWhy',
      label: 'Reason',
      style: 'expanded',
      isRequired: true,
      errorMessage: 'Please choose a reason.',
      choices: REASONS,
    },
    words('approveReason', 'In your words (needed for another reason)', 'A ticket, a name, …'),
    {
      ...choice('ruleFor', 'Also expect such changes from now on?', 'ruleLengths', { value: 'no' }),
      $when: "${ruleOffer != ''}",
    },
    {
      ...sentence('Such changes are: ${ruleOffer}. I keep them in the history and alert nobody.', SMALL),
      $when: "${ruleOffer != ''}",
    },
  ],
  [execute('Approve the change', 'approve')],
  { $when: '${allowed.approve}' },
);

const snooze = form(
  'Snooze',
  [
    sentence('I stay quiet until then, unless this incident gets worse.'),
    choice('length', 'For how long', 'snoozeLengths', {
      value: '1d',
      isRequired: true,
      errorMessage: 'Please choose how long.',
    }),
    choice('about', 'About', 'snoozeAbout', { value: 'incident' }),
    words('snoozeReason', 'Reason', 'Waiting for the supplier, known change, …', {
      isRequired: true,
      errorMessage: 'Please give a reason.',
    }),
  ],
  [execute('Snooze', 'snooze')],
  { $when: '${allowed.snooze}' },
);

/** The buttons that write nothing to the tenant. */
export const DECISION_FORMS: object[] = [
  approve,
  snooze,
  { ...execute('End the snooze', 'wake'), $when: '${allowed.wake}' },
];
