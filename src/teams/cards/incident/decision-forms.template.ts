// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of the card templating library.
import { choice, execute, type FormTemplate, SMALL, sentence, words } from './form-parts.template.ts';

const REASONS = [
  { title: 'Leaver', value: 'leaver' },
  { title: 'Moved to another plan', value: 'moved' },
  { title: 'Another reason', value: 'other' },
];

export const APPROVE: FormTemplate = {
  title: 'Approve…',
  needs: 'approve',
  body: [
    sentence('The change was intended. This closes the incident and writes nothing to the tenant.'),
    {
      type: 'Input.ChoiceSet',
      id: 'approveWhy',
      label: 'Reason',
      style: 'expanded',
      isRequired: true,
      errorMessage: 'Please choose a reason.',
      choices: REASONS,
    },
    words('approveReason', 'Comment (required for “Another reason”)', 'A ticket, a name, …'),
    {
      ...choice('ruleFor', 'Expect this again?', 'ruleLengths', { value: 'no' }),
      $when: "${ruleOffer != ''}",
    },
    {
      ...sentence('This means: ${ruleOffer}. They stay in the history, without an alert.', SMALL),
      $when: "${ruleOffer != ''}",
    },
  ],
  actions: [execute('Approve the change', 'approve')],
};

export const SNOOZE: FormTemplate = {
  title: 'Snooze…',
  needs: 'snooze',
  body: [
    sentence('No alerts until then, unless it gets worse.'),
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
  actions: [execute('Snooze', 'snooze')],
};

export const TAKE_ON: FormTemplate = {
  title: 'I’m on it…',
  needs: 'takeOn',
  body: [
    sentence('The card says that you look after this, and nobody else is called for it.'),
    words('takeOnNote', 'Note', 'Asking the help desk, a ticket, …'),
  ],
  actions: [execute('I’m on it', 'take-on')],
};

export const REOPEN: FormTemplate = {
  title: 'Reopen…',
  needs: 'reopen',
  body: [
    sentence('Takes the approval back: the incident is open again. A rule that this approval made ends.'),
    words('reopenReason', 'Reason', 'These users are no leavers, …', {
      isRequired: true,
      errorMessage: 'Please give a reason.',
    }),
  ],
  actions: [execute('Reopen', 'reopen')],
};

export const WAKE = execute('Wake', 'wake');
