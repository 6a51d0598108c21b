// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of the card templating library.

import type { Deadline } from '../../domain/restore/deadlines.ts';
import { BUTTONS } from './buttons.template.ts';
import { markdownText } from './escape-text.ts';
import type { Fact } from './incident/facts.ts';
import type { PlanData } from './incident/plan.ts';
import { planTable } from './plan-table.template.ts';
import type { CardTemplate } from './render.ts';
import type { Times } from './times.ts';

/** Asks before licenses are given or taken, and says afterwards what came of it. Its data is `LicenseChangeData`. */
export const LICENSE_CHANGE_TEMPLATE: CardTemplate = {
  type: 'AdaptiveCard',
  version: '1.5',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  fallbackText: '${fallback}',
  body: [
    { type: 'TextBlock', text: '${title}', weight: 'Bolder', size: 'Medium', wrap: true, style: 'heading' },
    { type: 'TextBlock', $when: "${text != ''}", text: '${text}', wrap: true },
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
    {
      type: 'Input.Text',
      $when: '${asksWhy}',
      id: 'declineReason',
      label: 'Why you decline (optional)',
      placeholder: 'Ask the team leader first, …',
      maxLength: 500,
    },
  ],
  actions: [{ ...BUTTONS, style: '${style}' }],
};

export type Button = { title: string; verb: string; style: string; data: object; submitted: object };

/** Texts are escaped; an empty text leaves its place out. */
export type LicenseChangeData = {
  fallback: string;
  title: string;
  text: string;
  plan: PlanData;
  deadlinesTitle: string;
  deadlines: Fact[];
  note: string;
  /** Whether there is room for the reason of a refusal. */
  asksWhy: boolean;
  buttons: Button[];
};

export const facts = (deadlines: readonly Deadline[], times: Times): Fact[] =>
  deadlines.map(({ at, what }) => ({ title: times.day(at), value: markdownText(what, 200) }));

export const button = (title: string, verb: string, style: string, data: object): Button => ({
  title,
  verb,
  style,
  data,
  submitted: { verb, ...data },
});
