// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of the card templating library.
import type { Intent } from '../../language/query.ts';
import { plainText } from './escape-text.ts';
import { type AdaptiveCard, type CardTemplate, renderCard } from './render.ts';

const TEXT =
  'This names people, and not everybody here may see everybody. Only you see what the button shows.';

const FOR_YOU_TEMPLATE: CardTemplate = {
  type: 'AdaptiveCard',
  version: '1.5',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  fallbackText: TEXT,
  body: [{ type: 'TextBlock', text: TEXT, wrap: true }],
  actions: [
    {
      type: 'Action.Execute',
      title: 'Show me',
      verb: 'page',
      data: '${data}',
      // The answer to an `Action.Submit` would be a message that everybody can read.
      fallback: 'drop',
    },
  ],
};

/**
 * The card that stands in a channel for an answer that names people. It has the question, not the answer: that is
 * made for the person who presses, of the users that they may see, and Teams shows it to them alone.
 * @param read what the sentence is to be read as, where that was chosen, and by what it is kept
 */
export const forYouCard = (
  sentence: string,
  { intent, kept }: { intent?: Intent | undefined; kept?: string | undefined } = {},
): AdaptiveCard =>
  renderCard(FOR_YOU_TEMPLATE, {
    data: {
      ask: plainText(sentence, 500),
      page: 1,
      ...(intent ? { intent } : {}),
      ...(kept ? { kept } : {}),
    },
  });
