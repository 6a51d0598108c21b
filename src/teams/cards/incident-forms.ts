import type { Scope } from '../../domain/access/scope.ts';
import type { IncidentView } from '../../domain/incident/view.ts';
import { RULE_LENGTHS } from '../rule-lengths.ts';
import { SNOOZE_LENGTHS } from '../snooze-lengths.ts';
import { markdownText } from './escape-text.ts';
import type { Fold } from './fold.ts';
import { type RestoreForm, restoreForm } from './incident-plan.ts';
import type { Times } from './times.ts';

type Choice = { title: string; value: string };

/** The data of the forms behind the buttons. Texts are escaped. */
export type IncidentForms = {
  reassign: RestoreForm;
  direct: RestoreForm;
  undo: { sentence: string; until: string; decisionId: string };
  requestId: string;
  /** Names the plan that a confirmation is about; empty for an undo. */
  requestDigest: string;
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

/**
 * What the forms say and offer.
 * @param acts whom the viewer may act on
 */
export function incidentForms(view: IncidentView, acts: Scope, times: Times, fold: Fold): IncidentForms {
  const { undo } = view.can;
  return {
    reassign: restoreForm(
      { title: reassignTitle(view), intro: reassignIntro(view), ending: '' },
      view.plan,
      view.users,
      acts,
      fold,
    ),
    direct: restoreForm(
      {
        title: 'Assign directly instead',
        intro:
          'The second best: what the group cannot give back is assigned to the user directly. It does not follow the group: it stays when the user leaves the group, and does not change with it.',
        ending: ' this way',
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
    requestDigest: view.request?.plan?.digest ?? '',
    // A rule hides alerts about everybody, so that only who may act on everybody makes one.
    ruleOffer: acts === null ? markdownText(view.ruleOffer ?? '', fold.text * 2) : '',
    ruleLengths: [
      { title: 'No, only this time', value: 'no' },
      ...Object.entries(RULE_LENGTHS).map(([value, { title }]) => ({ title: `Yes, for ${title}`, value })),
    ],
    snoozeLengths: Object.entries(SNOOZE_LENGTHS).map(([value, { title }]) => ({ title, value })),
    snoozeAbout: snoozeAbout(view, acts),
  };
}

/** After a first try the same button is for those who are not back yet. */
function reassignTitle({ plan, users, restoredCount, failedCount, can }: IncidentView): string {
  if (!can.reassign) return 'Why not Reassign?';
  if (failedCount === 0 && restoredCount === 0) return 'Reassign';
  const left = plan?.ready ?? users.filter(({ status }) => status === 'lost' || status === 'failed').length;
  const verb = failedCount > 0 ? 'Retry' : 'Reassign';
  return left === 1 ? `${verb} the remaining user` : `${verb} the remaining ${left.toLocaleString('en')}`;
}

function reassignIntro({ plan, can }: IncidentView): string {
  if (plan === null) {
    return 'I give back exactly what each user had, with the same services switched off, and read them again afterwards.';
  }
  return can.reassign
    ? 'Nothing is written before you press. Afterwards I read each user again.'
    : 'As things are, nothing can be given back. This is what would help.';
}

/** Who may act on some users only cannot be quiet about what concerns others too. */
function snoozeAbout({ userCount, cause }: IncidentView, acts: Scope): Choice[] {
  const choices: (Choice | null)[] = [
    { title: 'This incident only', value: 'incident' },
    userCount === 0
      ? null
      : { title: `Whatever happens to ${userCount === 1 ? 'this user' : 'these users'}`, value: 'users' },
    acts === null ? { title: 'Whatever happens to the product', value: 'skus' } : null,
    acts === null && GROUP_CAUSES.has(cause) ? { title: 'Whatever the group does', value: 'group' } : null,
  ];
  return choices.filter((choice) => choice !== null);
}
