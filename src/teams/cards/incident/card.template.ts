// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of the card templating library.

import { planTable } from '../plan-table.template.ts';
import type { CardTemplate } from '../render.ts';
import { INCIDENT_ACTIONS, OPENED_FORMS } from './actions.template.ts';
import { DETAILS } from './details.template.ts';
import { noticeLine } from './form-parts.template.ts';
import { line, pieces, subtle, userLines } from './parts.template.ts';

/** The card of one incident, most important first. Its data is `IncidentCardData`. */
export const INCIDENT_TEMPLATE: CardTemplate = {
  type: 'AdaptiveCard',
  version: '1.5',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  fallbackText: '${fallback}',
  body: [
    {
      type: 'Container',
      style: '${style}',
      bleed: true,
      items: [
        line('state', { weight: 'Bolder', size: 'Small' }),
        {
          type: 'TextBlock',
          text: '${title}',
          size: 'Medium',
          weight: 'Bolder',
          wrap: true,
          spacing: 'None',
          style: 'heading',
        },
        line('when', { size: 'Small', spacing: 'None' }),
      ],
    },
    line('summary'),
    line('mention'),
    line('owner', { weight: 'Bolder' }),
    {
      type: 'Container',
      $when: "${progress != ''}",
      style: '${progressStyle}',
      items: [{ type: 'TextBlock', text: '${progress}', weight: 'Bolder', wrap: true }],
    },
    {
      type: 'Container',
      $when: "${request.title != ''}",
      style: 'warning',
      items: [
        { type: 'TextBlock', text: '${request.title}', weight: 'Bolder', wrap: true },
        { type: 'TextBlock', text: '${request.asked}', wrap: true, spacing: 'Small' },
        subtle('${request.waits}'),
        planTable('request.plan', 'request-plan'),
      ],
    },
    pieces('cause'),
    ...userLines('face'),
    line('remarks', { spacing: 'Small' }),
    line('advice'),
    line('limit', { isSubtle: true, size: 'Small' }),
    noticeLine("open == '' && notice != ''"),
    ...OPENED_FORMS,
  ],
  actions: [...INCIDENT_ACTIONS, DETAILS],
};
