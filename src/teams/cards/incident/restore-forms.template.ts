// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of the card templating library.

import { planTable } from '../plan-table.template.ts';
import { execute, type FormTemplate, SMALL, sentence, sentenceIfAny, words } from './form-parts.template.ts';

const POSITIVE = { style: 'positive' };

/** What a press for everybody, or for those chosen, sends. */
const pressed = (path: string, who: string, way: string) => ({
  who,
  way,
  plan: `\${$root.${path}.digest}`,
});

/** A press gives back to everybody that the plan can help. */
export const reassignAll = (path: string, way: string) =>
  execute(`\${$root.${path}.allTitle}`, 'reassign', pressed(path, 'all', way), POSITIVE);

/** The users to choose from, and the button that gives back to those. */
const choosing = (path: string, input: string, way: string): object[] => [
  {
    type: 'Input.ChoiceSet',
    id: input,
    label: 'Users',
    style: `\${${path}.choicesStyle}`,
    isMultiSelect: true,
    wrap: true,
    choices: [{ $data: `\${${path}.choices}`, title: '${title}', value: '${value}' }],
  },
  sentenceIfAny(`${path}.unlistedChoices`, SMALL),
  {
    type: 'ActionSet',
    actions: [execute(`\${$root.${path}.chosenTitle}`, 'reassign', pressed(path, 'chosen', way))],
  },
];

/**
 * @param path where in the card's data the `RestoreForm` is
 * @param input id of the list to choose from
 */
const restore = (path: string, way: string, input: string): FormTemplate => ({
  title: `\${${path}.title}`,
  needs: path,
  body: [sentenceIfAny(`${path}.intro`), planTable(`${path}.plan`, `${input}-plan`)],
  actions: [
    { ...reassignAll(path, way), $when: `\${${path}.canPressAll}` },
    {
      type: 'Action.ToggleVisibility',
      title: 'Choose…',
      targetElements: [`${input}-choose`],
      $when: `\${${path}.canChoose}`,
    },
  ],
  after: [
    {
      type: 'Container',
      id: `${input}-choose`,
      // After "Nobody was chosen" the list stays open.
      isVisible: `\${${path}.choosing}`,
      $when: `\${${path}.canChoose}`,
      items: choosing(path, input, way),
    },
  ],
});

export const REASSIGN: FormTemplate = restore('reassign', 'as-it-was', 'users');

export const DIRECT: FormTemplate = restore('direct', 'direct', 'directUsers');

/** The list alone, beside a button that gives back to everybody at one press. */
export const CHOOSE: FormTemplate = {
  title: 'Choose…',
  needs: 'choose',
  body: [planTable('reassign.plan', 'users-plan'), ...choosing('reassign', 'users', 'as-it-was').slice(0, 2)],
  actions: [execute('${$root.reassign.chosenTitle}', 'reassign', pressed('reassign', 'chosen', 'as-it-was'))],
};

export const UNDO: FormTemplate = {
  title: 'Undo…',
  needs: 'undo',
  body: [sentence('${undo.sentence}'), sentenceIfAny('undo.until', SMALL)],
  actions: [
    execute(
      'Undo the reassign',
      'undo',
      { decisionId: '${$root.undo.decisionId}' },
      { style: 'destructive' },
    ),
  ],
};

export const DECLINE: FormTemplate = {
  title: 'Decline…',
  needs: 'decline',
  body: [
    sentence('Nothing is written, and the request is closed.'),
    words('declineReason', 'Why (optional)', 'Ask the team leader first, …'),
  ],
  actions: [execute('${$root.declineTitle}', 'decline', { requestId: '${$root.requestId}' })],
};

/** Agrees with what waits, which stands above it on the same card. */
export const CONFIRM = execute(
  '${$root.confirmTitle}',
  'confirm',
  { requestId: '${$root.requestId}', plan: '${$root.requestDigest}' },
  POSITIVE,
);

export const WITHDRAW = execute('Withdraw my request', 'decline', { requestId: '${$root.requestId}' });
