// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of the card templating library.
import { DECISION_FORMS } from './decision-forms.template.ts';
import { execute } from './form-parts.template.ts';
import { RESTORE_FORMS } from './restore-forms.template.ts';

/** The buttons of the incident card, most important first: never more than the six that Teams shows at once. */
export const INCIDENT_ACTIONS: object[] = [
  { ...execute('What can I do?', 'view'), $when: '${allowed.look}' },
  ...RESTORE_FORMS,
  ...DECISION_FORMS,
  { type: 'Action.ToggleVisibility', title: 'Details', targetElements: ['details'] },
];
