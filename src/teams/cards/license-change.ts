// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of the card templating library.

import type { PlanView } from '../../domain/incident/view.ts';
import type { Deadline } from '../../domain/restore/deadlines.ts';
import type { LicenseRequest } from '../../domain/restore/on-request.ts';
import type { LicenseOutcome } from '../../domain/restore/request-outcome.ts';
import { BUTTONS } from './buttons.template.ts';
import { markdownText, plainText } from './escape-text.ts';
import { FOLDS } from './fold.ts';
import type { Fact } from './incident/facts.ts';
import { NO_PLAN, type PlanData, planData } from './incident/plan.ts';
import { planTable } from './plan-table.template.ts';
import { type AdaptiveCard, type CardTemplate, fitCard, renderCard } from './render.ts';
import type { Times } from './times.ts';

/** Asks before licenses are given or taken, and says afterwards what came of it. Its data is `LicenseChangeData`. */
const LICENSE_CHANGE_TEMPLATE: CardTemplate = {
  type: 'AdaptiveCard',
  version: '1.5',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  fallbackText: '${fallback}',
  body: [
    { type: 'TextBlock', text: '${title}', weight: 'Bolder', size: 'Medium', wrap: true, style: 'heading' },
    planTable('$root.plan', 'license-plan'),
    {
      type: 'Container',
      $when: '${count(deadlines) > 0}',
      items: [
        { type: 'TextBlock', text: '${deadlinesTitle}', weight: 'Bolder', wrap: true },
        {
          type: 'FactSet',
          facts: [{ $data: '${deadlines}', title: '${title}', value: '${value}' }],
        },
      ],
    },
    { type: 'TextBlock', $when: "${note != ''}", text: '${note}', wrap: true, isSubtle: true, size: 'Small' },
  ],
  actions: [{ ...BUTTONS, style: '${style}' }],
};

type Button = { title: string; verb: string; style: string; data: object; submitted: object };

/** Texts are escaped; an empty text leaves its place out. */
type LicenseChangeData = {
  fallback: string;
  title: string;
  plan: PlanData;
  deadlinesTitle: string;
  deadlines: Fact[];
  note: string;
  buttons: Button[];
};

const TITLES = { assign: 'Assign a license?', remove: 'Remove a license?' } as const;
const PRESS = { assign: 'Assign', remove: 'Remove' } as const;

/**
 * What would be written, with the button that does it.
 * @param deadlines what goes with the licenses, when
 * @param reading how the sentence was read, when a language model read it
 */
export function licenseChangeCard(
  request: LicenseRequest,
  { plan, deadlines, reading }: { plan: PlanView; deadlines: readonly Deadline[]; reading: string },
  times: Times,
): AdaptiveCard {
  const { kind, userIds, skuIds } = request;
  const data = { kind, users: userIds.join(','), products: skuIds.join(','), plan: plan.digest };
  const style = kind === 'assign' ? 'positive' : 'destructive';
  return fitCard(FOLDS, (fold) => {
    const card: LicenseChangeData = {
      fallback: plainText(plan.sentence, 500),
      title: TITLES[kind],
      plan: planData(plan, fold),
      deadlinesTitle: 'Unless another license replaces it',
      deadlines: facts(deadlines, times),
      note: `Nothing has been changed yet. ${markdownText(reading, 600)}`.trim(),
      buttons: [button(PRESS[kind], 'change-licenses', style, data)],
    };
    return renderCard(LICENSE_CHANGE_TEMPLATE, card);
  });
}

/** What came of the press in a sentence, and the way back while there is one. */
export function licenseChangedCard(outcome: LicenseOutcome, times: Times): AdaptiveCard {
  const { sentence, deadlines, undo } = outcome;
  const card: LicenseChangeData = {
    fallback: plainText(sentence, 500),
    title: markdownText(sentence, 600),
    plan: NO_PLAN,
    deadlinesTitle: 'If it isn’t restored',
    deadlines: facts(deadlines, times),
    note: undo ? `${markdownText(undo.sentence, 400)}: possible until ${times.dateTime(undo.until)}.` : '',
    buttons: undo ? [button('Undo', 'undo-licenses', 'default', { decisionId: undo.decisionId })] : [],
  };
  return renderCard(LICENSE_CHANGE_TEMPLATE, card);
}

/** Why nothing was done: nothing is left to press. */
export const licensesKeptCard = (sentence: string, times: Times): AdaptiveCard =>
  licenseChangedCard({ sentence, deadlines: [], undo: null }, times);

const facts = (deadlines: readonly Deadline[], times: Times): Fact[] =>
  deadlines.map(({ at, what }) => ({ title: times.day(at), value: markdownText(what, 200) }));

const button = (title: string, verb: string, style: string, data: object): Button => ({
  title,
  verb,
  style,
  data,
  submitted: { verb, ...data },
});
