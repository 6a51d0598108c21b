// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of the card templating library.
import { type CardTemplate, renderCard } from '../cards/render.ts';
import { type Reply, showCard } from '../turn.ts';

const SENTENCE = 'I can send files only in the personal chat: Teams takes them from bots nowhere else.';

const ELSEWHERE_TEMPLATE: CardTemplate = {
  type: 'AdaptiveCard',
  version: '1.5',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  fallbackText: '${sentence}',
  body: [{ type: 'TextBlock', text: '${sentence}', wrap: true }],
  actions: [{ type: 'Action.OpenUrl', $data: '${links}', title: 'Open the personal chat', url: '${url}' }],
};

/** A bot's id in Teams; anything else opens no chat. */
const BOT_ID = /^28:[0-9A-Za-z-]{1,100}$/;

/**
 * Where files can be had: says so in channels and group chats, with the deep link to the chat with the bot
 * ("Deep link to a chat" of the Teams documentation). `botId` is the bot's id in Teams.
 */
export function elsewhereCard(botId: string): Reply {
  const url = `https://teams.microsoft.com/l/chat/0/0?users=${encodeURIComponent(botId)}`;
  const links = BOT_ID.test(botId) ? [{ url }] : [];
  return showCard(renderCard(ELSEWHERE_TEMPLATE, { sentence: SENTENCE, links }), SENTENCE);
}
