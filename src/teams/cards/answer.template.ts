// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of the card templating library.

import { ANSWER_BLOCKS } from './answer-blocks.template.ts';
import { BUTTONS } from './buttons.template.ts';
import type { CardTemplate } from './render.ts';

/** The card of an answer. Its data is `AnswerCardData`. */
export const ANSWER_TEMPLATE: CardTemplate = {
  type: 'AdaptiveCard',
  version: '1.5',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  fallbackText: '${fallback}',
  body: [
    { type: 'TextBlock', text: '${lead}', weight: 'Bolder', size: 'Medium', wrap: true, style: 'heading' },
    {
      type: 'TextBlock',
      $when: "${reading != ''}",
      text: '${reading}',
      isSubtle: true,
      size: 'Small',
      wrap: true,
      spacing: 'Small',
    },
    { type: 'Container', $data: '${blocks}', spacing: 'Medium', items: ANSWER_BLOCKS },
    {
      type: 'TextBlock',
      $when: "${place != ''}",
      text: '${place}',
      isSubtle: true,
      size: 'Small',
      wrap: true,
      spacing: 'Small',
    },
    {
      type: 'TextBlock',
      $when: "${completeUntil != ''}",
      text: '${completeUntil}',
      isSubtle: true,
      size: 'Small',
      wrap: true,
      spacing: 'Medium',
      separator: true,
    },
  ],
  actions: [BUTTONS, { type: 'Action.OpenUrl', $data: '${links}', title: '${title}', url: '${url}' }],
};
