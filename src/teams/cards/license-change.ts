// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of the card templating library.
import type { PlanView } from '../../domain/incident/view.ts';
import type { LicenseRequest } from '../../domain/restore/on-request.ts';
import { markdownText, plainText } from './escape-text.ts';
import { FOLDS } from './fold.ts';
import { NO_PLAN, type PlanData, planData } from './incident-plan.ts';
import { planTable } from './plan-table.template.ts';
import { type AdaptiveCard, type CardTemplate, fitCard, renderCard } from './render.ts';

/** Asks before licenses are given or taken, and says afterwards what came of it. Its data is `LicenseChangeData`. */
const LICENSE_CHANGE_TEMPLATE: CardTemplate = {
  type: 'AdaptiveCard',
  version: '1.5',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  fallbackText: '${fallback}',
  body: [
    { type: 'TextBlock', text: '${title}', weight: 'Bolder', size: 'Medium', wrap: true, style: 'heading' },
    planTable('$root.plan', 'license-plan'),
    { type: 'TextBlock', $when: "${note != ''}", text: '${note}', wrap: true, isSubtle: true, size: 'Small' },
  ],
  actions: [
    {
      type: 'Action.Execute',
      $data: '${buttons}',
      title: '${title}',
      verb: '${verb}',
      style: '${style}',
      data: '${data}',
      fallback: { type: 'Action.Submit', title: '${title}', data: '${submitted}' },
    },
  ],
};

/** Texts are escaped; an empty text leaves its place out. */
type LicenseChangeData = {
  fallback: string;
  title: string;
  plan: PlanData;
  note: string;
  buttons: { title: string; verb: string; style: string; data: object; submitted: object }[];
};

const TITLES = { assign: 'Assign a license?', remove: 'Remove a license?' } as const;
const BUTTONS = { assign: 'Assign', remove: 'Remove' } as const;

/** What would be written, with the button that does it. */
export function licenseChangeCard(request: LicenseRequest, plan: PlanView): AdaptiveCard {
  const { kind, userIds, skuIds } = request;
  const verb = 'change-licenses';
  const data = { kind, users: userIds.join(','), products: skuIds.join(','), plan: plan.digest };
  const style = kind === 'assign' ? 'positive' : 'destructive';
  return fitCard(FOLDS, (fold) => {
    const card: LicenseChangeData = {
      fallback: plainText(plan.sentence, 500),
      title: TITLES[kind],
      plan: planData(plan, fold),
      note: 'Nothing has been changed yet. Afterwards I read each user again.',
      buttons: [{ title: BUTTONS[kind], verb, style, data, submitted: { verb, ...data } }],
    };
    return renderCard(LICENSE_CHANGE_TEMPLATE, card);
  });
}

/** What came of the press, in a sentence: nothing is left to press. */
export function licenseChangedCard(sentence: string): AdaptiveCard {
  const card: LicenseChangeData = {
    fallback: plainText(sentence, 500),
    title: markdownText(sentence, 600),
    plan: NO_PLAN,
    note: '',
    buttons: [],
  };
  return renderCard(LICENSE_CHANGE_TEMPLATE, card);
}
