// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of the card templating library.
/**
 * What goes back when a button is pressed: ids only. The key is how a card
 * is found again in its channel; it is not called `key`, a name that the client's code uses itself.
 */
const data = (extra: object = {}) => ({
  incidentId: '${$root.incidentId}',
  cardKey: '${$root.key}',
  ...extra,
});

/** Clients that know no `Action.Execute` send the same as `Action.Submit`, with the verb in the data. */
const execute = (title: string, verb: string, extra: object = {}, look: object = {}) => ({
  type: 'Action.Execute',
  title,
  verb,
  data: data(extra),
  ...look,
  fallback: { type: 'Action.Submit', title, data: { verb, ...data(extra) }, ...look },
});

/** Ids are unique in a whole card, also between forms of which only one is open. */
const reason = (id: string, placeholder: string) => ({
  type: 'Input.Text',
  id,
  label: 'Reason',
  placeholder,
  isRequired: true,
  errorMessage: 'Please give a reason.',
  maxLength: 500,
});

const sentence = (text: string) => ({ type: 'TextBlock', text, wrap: true });

const form = (title: string, when: string, body: object[], actions: object[], look: object = {}) => ({
  type: 'Action.ShowCard',
  title,
  $when: `\${${when}}`,
  ...look,
  card: { type: 'AdaptiveCard', version: '1.5', body, actions },
});

/** The buttons of the incident card. What writes to the tenant says first what it will do. */
export const INCIDENT_ACTIONS: object[] = [
  form(
    'Reassign',
    'canReassign',
    [
      sentence('${reassignSentence}'),
      {
        type: 'Input.ChoiceSet',
        id: 'users',
        label: 'Only these users',
        style: '${choicesStyle}',
        isMultiSelect: true,
        wrap: true,
        $when: '${count(choices) > 1}',
        choices: [{ $data: '${choices}', title: '${title}', value: '${value}' }],
      },
      {
        type: 'TextBlock',
        $when: "${unlistedChoices != ''}",
        text: '${unlistedChoices}',
        isSubtle: true,
        size: 'Small',
        wrap: true,
      },
    ],
    [
      execute('${reassignAllTitle}', 'reassign', { who: 'all' }, { style: 'positive' }),
      {
        ...execute('Reassign the chosen ones', 'reassign', { who: 'chosen' }),
        $when: '${count(choices) > 1}',
      },
    ],
    { style: 'positive' },
  ),
  form(
    'Approve',
    'canApprove',
    [
      sentence('The change was intended. This closes the incident; nothing is written to the tenant.'),
      reason('approveReason', 'Leaver, moved to another plan, …'),
    ],
    [execute('Approve the change', 'approve')],
  ),
  form(
    'Snooze',
    'canSnooze',
    [
      sentence('I stay quiet about this until then, unless it gets worse.'),
      {
        type: 'Input.ChoiceSet',
        id: 'length',
        label: 'For how long',
        style: 'compact',
        value: '1d',
        isRequired: true,
        errorMessage: 'Please choose how long.',
        choices: [{ $data: '${snoozeLengths}', title: '${title}', value: '${value}' }],
      },
      reason('snoozeReason', 'Waiting for the supplier, known change, …'),
    ],
    [execute('Snooze', 'snooze')],
  ),
  { type: 'Action.ToggleVisibility', title: 'Details', targetElements: ['details'] },
];
