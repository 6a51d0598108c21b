import type { Scope } from '../../../domain/access/scope.ts';
import type { IncidentView } from '../../../domain/incident-view/view.ts';
import { numeral, plural } from '../../../domain/numerals.ts';
import { RULE_LENGTHS } from '../../rule-lengths.ts';
import { SNOOZE_LENGTHS } from '../../snooze-lengths.ts';
import { markdownText } from '../escape-text.ts';
import type { Fold } from '../fold.ts';
import type { Times } from '../times.ts';
import { type RestoreForm, restoreForm } from './plan.ts';

type Choice = { title: string; value: string };

/** The data of the forms behind the buttons. Texts are escaped. */
export type IncidentForms = {
  reassign: RestoreForm;
  direct: RestoreForm;
  undo: { sentence: string; until: string; decisionId: string };
  requestId: string;
  /** Of the buttons that answer a request: they name what they answer. */
  confirmTitle: string;
  declineTitle: string;
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
 * @param choosing whether the list of users to choose from is open
 */
export function incidentForms(
  view: IncidentView,
  acts: Scope,
  times: Times,
  fold: Fold,
  choosing: boolean,
): IncidentForms {
  const { undo } = view.can;
  return {
    reassign: restoreForm(
      {
        title: reassignTitle(view),
        postedTitle: postedTitle(view),
        intro: reassignIntro(view),
        ending: '',
        choosing,
      },
      view.plan,
      view.users,
      acts,
      fold,
    ),
    direct: restoreForm(
      {
        title: 'Assign directly instead…',
        intro:
          'The second best: what the group can’t give back is assigned to the user directly. It doesn’t follow the group: it stays when the user leaves the group, and doesn’t change with it.',
        ending: ' directly',
      },
      view.directPlan,
      view.users,
      acts,
      fold,
    ),
    undo: {
      sentence: markdownText(undo?.sentence ?? '', fold.text * 2),
      until: undo === null ? '' : `You can undo until ${times.dateTime(undo.until)}.`,
      decisionId: undo?.decisionId ?? '',
    },
    requestId: view.request?.id ?? '',
    confirmTitle: `Confirm the ${view.request?.kind ?? 'reassign'}`,
    declineTitle: `Decline the ${view.request?.kind ?? 'reassign'}`,
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
  if (!can.reassign) return WHY_NOT;
  if (failedCount === 0 && restoredCount === 0) return 'Reassign…';
  const left = plan?.ready ?? users.filter(({ status }) => status === 'lost' || status === 'failed').length;
  const verb = failedCount > 0 ? 'Retry' : 'Reassign';
  return left === 1 ? `${verb} the remaining user…` : `${verb} the remaining ${numeral(left)}…`;
}

const WHY_NOT = 'Why can’t I reassign?';

/** For everybody: how many it is for depends on who presses. */
function postedTitle({ can, failedCount, restoredCount }: IncidentView): string {
  if (!can.reassign) return WHY_NOT;
  if (failedCount > 0) return 'Retry…';
  return restoredCount > 0 ? 'Reassign the rest…' : 'Reassign…';
}

function reassignIntro({ plan, can, mayComeFromGroup }: IncidentView): string {
  const fromGroup = mayComeFromGroup
    ? ' The license may have come from a group that Microsoft Graph doesn’t name: I assign it directly, and it won’t follow that group.'
    : '';
  if (plan === null) {
    return 'I give back exactly what each user had, with the same services turned off, and check every user afterwards.';
  }
  return can.reassign
    ? `Nothing changes until you confirm. I check every user afterwards.${fromGroup}`
    : 'Nothing can be restored yet. What would help:';
}

/** Who may act on some users only cannot be quiet about what concerns others too. */
function snoozeAbout({ userCount, cause }: IncidentView, acts: Scope): Choice[] {
  const choices: (Choice | null)[] = [
    { title: 'This incident only', value: 'incident' },
    userCount === 0
      ? null
      : { title: `All changes of ${plural(userCount, 'this user', 'these users')}`, value: 'users' },
    acts === null ? { title: 'All changes of this product', value: 'skus' } : null,
    acts === null && GROUP_CAUSES.has(cause)
      ? { title: 'All changes through this group', value: 'group' }
      : null,
  ];
  return choices.filter((choice) => choice !== null);
}
