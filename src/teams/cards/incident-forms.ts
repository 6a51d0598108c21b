import type { Scope } from '../../domain/access/scope.ts';
import type { IncidentView } from '../../domain/incident/view.ts';
import { RULE_LENGTHS } from '../rule-lengths.ts';
import { SNOOZE_LENGTHS } from '../snooze-lengths.ts';
import { markdownText } from './escape-text.ts';
import type { Fold } from './incident.ts';
import { type RestoreForm, restoreForm } from './incident-plan.ts';
import type { Times } from './times.ts';

type Choice = { title: string; value: string };

/** The data of the forms behind the buttons. Texts are escaped. */
export type IncidentForms = {
  reassign: RestoreForm;
  direct: RestoreForm;
  undo: { sentence: string; until: string; decisionId: string };
  requestId: string;
  ruleOffer: string;
  ruleLengths: Choice[];
  snoozeLengths: Choice[];
  snoozeAbout: Choice[];
};

/** Of these causes a group is at the root, so that one can be quiet about it. */
const GROUP_CAUSES: ReadonlySet<IncidentView['cause']> = new Set([
  'group-membership',
  'group-license',
  'dynamic-rule',
  'group-deleted',
]);

/** @param acts whom the viewer may act on */
export function incidentForms(view: IncidentView, acts: Scope, times: Times, fold: Fold): IncidentForms {
  const { undo } = view.can;
  return {
    reassign: restoreForm(
      { title: reassignTitle(view), intro: reassignIntro(view) },
      view.plan,
      view.users,
      acts,
      fold,
    ),
    direct: restoreForm(
      {
        title: 'Assign directly instead',
        intro:
          'The second best: what the group no longer gives is assigned to each user directly. It does not follow the group: it stays when the user leaves the group, and it is not changed with the group.',
      },
      view.directPlan,
      view.users,
      acts,
      fold,
    ),
    undo: {
      sentence: markdownText(undo?.sentence ?? '', fold.text * 2),
      until: undo === null ? '' : `This can be done until ${times.dateTime(undo.until)}.`,
      decisionId: undo?.decisionId ?? '',
    },
    requestId: view.request?.id ?? '',
    ruleOffer: markdownText(view.ruleOffer ?? '', fold.text * 2),
    ruleLengths: [
      { title: 'No, only this time', value: 'no' },
      ...Object.entries(RULE_LENGTHS).map(([value, { title }]) => ({ title: `Yes, for ${title}`, value })),
    ],
    snoozeLengths: Object.entries(SNOOZE_LENGTHS).map(([value, { title }]) => ({ title, value })),
    snoozeAbout: snoozeAbout(view),
  };
}

/** After a first try the same button is for those who are not back yet. */
function reassignTitle(view: IncidentView): string {
  const left = view.users.filter(({ status }) => status === 'lost' || status === 'failed').length;
  if (view.failedCount === 0 && view.restoredCount === 0) return 'Reassign';
  return left === 1 ? 'Retry the remaining user' : `Retry the remaining ${left.toLocaleString('en')}`;
}

const reassignIntro = (view: IncidentView): string =>
  view.plan === null
    ? 'I give back exactly what each user had, with the same services switched off, and read them again afterwards.'
    : 'Nothing has been written yet. Afterwards I read each user again.';

function snoozeAbout(view: IncidentView): Choice[] {
  const many = view.userCount !== 1;
  return [
    { title: 'This incident only', value: 'incident' },
    ...(view.userCount === 0
      ? []
      : [
          {
            title: many ? 'Whatever happens to these users' : 'Whatever happens to this user',
            value: 'users',
          },
        ]),
    { title: 'Whatever happens to the product', value: 'skus' },
    ...(GROUP_CAUSES.has(view.cause) ? [{ title: 'Whatever the group does', value: 'group' }] : []),
  ];
}
