// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of the card templating library.
import { BUTTONS } from './buttons.template.ts';
import type { CardTemplate } from './render.ts';

const commandLines = (list: 'commands' | 'more') => ({
  type: 'Container',
  $data: `\${${list}}`,
  spacing: 'Small',
  items: [
    { type: 'TextBlock', text: '“${example}”', wrap: true, color: 'Accent' },
    { type: 'TextBlock', text: '${description}', isSubtle: true, size: 'Small', wrap: true, spacing: 'None' },
  ],
});

/** Help, and the greeting after an installation. Its data is `WelcomeCardData`. */
export const WELCOME_TEMPLATE: CardTemplate = {
  type: 'AdaptiveCard',
  version: '1.5',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  fallbackText: '${title}',
  body: [
    { type: 'TextBlock', text: '${title}', size: 'Large', weight: 'Bolder', wrap: true, style: 'heading' },
    { type: 'TextBlock', text: '${intro}', wrap: true, spacing: 'Small' },
    {
      type: 'Container',
      $when: "${alerts != ''}",
      style: 'emphasis',
      items: [{ type: 'TextBlock', text: '${alerts}', wrap: true }],
    },
    {
      type: 'TextBlock',
      text: 'What you can ask',
      weight: 'Bolder',
      wrap: true,
      spacing: 'Medium',
      separator: true,
    },
    commandLines('commands'),
    {
      type: 'ActionSet',
      $when: '${hasMore}',
      actions: [{ type: 'Action.ToggleVisibility', title: 'More', targetElements: ['more'] }],
    },
    {
      type: 'Container',
      id: 'more',
      $when: '${hasMore}',
      isVisible: false,
      items: [commandLines('more')],
    },
  ],
  actions: [BUTTONS],
};
