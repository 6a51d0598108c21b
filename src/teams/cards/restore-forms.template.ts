// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of the card templating library.
import { execute, form, SMALL, sentence, sentenceIfAny, words } from './form-parts.template.ts';
import { planTable } from './plan-table.template.ts';

/**
 * @param path where in the card's data the `RestoreForm` is
 * @param input id of the list to choose from
 */
const restore = (path: string, when: string, way: string, input: string, look: object = {}) => {
  const pressed = (who: string) => ({ who, way, plan: `\${$root.${path}.digest}` });
  const several = `\${count(${path}.choices) > 1}`;
  return form(
    `\${${path}.title}`,
    [
      sentenceIfAny(`${path}.intro`),
      planTable(`${path}.plan`, `${input}-plan`),
      {
        type: 'Input.ChoiceSet',
        id: input,
        label: 'Only these users',
        style: `\${${path}.choicesStyle}`,
        isMultiSelect: true,
        wrap: true,
        $when: several,
        choices: [{ $data: `\${${path}.choices}`, title: '${title}', value: '${value}' }],
      },
      sentenceIfAny(`${path}.unlistedChoices`, SMALL),
    ],
    [
      {
        ...execute(`\${${path}.allTitle}`, 'reassign', pressed('all'), { style: 'positive' }),
        $when: `\${${path}.canPressAll}`,
      },
      { ...execute(`\${${path}.chosenTitle}`, 'reassign', pressed('chosen')), $when: several },
    ],
    { $when: `\${allowed.${when}}`, ...look },
  );
};

/** The buttons that write to the tenant. Each says first what it will do. */
export const RESTORE_FORMS: object[] = [
  {
    ...execute(
      'Confirm',
      'confirm',
      { requestId: '${$root.requestId}', plan: '${$root.requestDigest}' },
      { style: 'positive' },
    ),
    $when: '${allowed.confirm}',
  },
  form(
    'Decline',
    [
      sentence('Nothing is written, and the request is closed.'),
      words('declineReason', 'Why (if you like)', 'Ask the team leader first, …'),
    ],
    [execute('Decline the request', 'decline', { requestId: '${$root.requestId}' })],
    { $when: '${allowed.decline}' },
  ),
  {
    ...execute('Withdraw my request', 'decline', { requestId: '${$root.requestId}' }),
    $when: '${allowed.withdraw}',
  },
  restore('reassign', 'reassign', 'as-it-was', 'users', { style: 'positive' }),
  restore('direct', 'direct', 'direct', 'directUsers'),
  form(
    'Undo',
    [sentence('${undo.sentence}'), sentenceIfAny('undo.until', SMALL)],
    [
      execute(
        'Undo the reassign',
        'undo',
        { decisionId: '${$root.undo.decisionId}' },
        { style: 'destructive' },
      ),
    ],
    { $when: '${allowed.undo}' },
  ),
];
