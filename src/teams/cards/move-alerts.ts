// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of the card templating library.
import { nameElsewhere } from '../../domain/delivery/channel-name.ts';
import type { StoredConversation } from '../../domain/ports.ts';
import { BUTTONS } from './buttons.template.ts';
import { markdownText, plainText } from './escape-text.ts';
import { type AdaptiveCard, type CardTemplate, renderCard } from './render.ts';

/** Asks before alerts are moved to another channel, and says afterwards where they go. Its data is `MoveAlertsData`. */
const MOVE_ALERTS_TEMPLATE: CardTemplate = {
  type: 'AdaptiveCard',
  version: '1.5',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  fallbackText: '${fallback}',
  body: [
    { type: 'TextBlock', text: '${title}', weight: 'Bolder', size: 'Medium', wrap: true, style: 'heading' },
    { type: 'TextBlock', $when: "${text != ''}", text: '${text}', wrap: true },
    { type: 'TextBlock', $when: "${note != ''}", text: '${note}', wrap: true, isSubtle: true, size: 'Small' },
  ],
  actions: [BUTTONS],
};

/** Texts are escaped; an empty text leaves its place out. */
type MoveAlertsData = { fallback: string; title: string; text: string; note: string; buttons: Button[] };
type Button = { title: string; verb: string; data: object; submitted: object };

/** "Post alerts in this channel?", with a button for each answer. `now` is the channel that has them. */
export function moveAlertsCard(now: Pick<StoredConversation, 'name' | 'unreachable'> | null): AdaptiveCard {
  if (now === null) return firstChannelCard();
  const where = nameElsewhere(now.name);
  const away = now.unreachable === null ? '' : `, which I can’t reach: ${now.unreachable}`;
  const data: MoveAlertsData = {
    fallback: plainText(`Alerts go to ${where} now. Move them to this channel?`, 500),
    title: 'Post alerts in this channel?',
    text: markdownText(`Alerts go to ${where} now${away}`, 500).replace(/[^.]$/, '$&.'),
    note: 'Nothing has been changed yet. Cards that stand there stay there and are kept up to date; a line there says where alerts go.',
    buttons: [button('Move alerts here', 'here'), button('Leave them', 'leave')],
  };
  return renderCard(MOVE_ALERTS_TEMPLATE, data);
}

const firstChannelCard = (): AdaptiveCard =>
  renderCard(MOVE_ALERTS_TEMPLATE, {
    fallback: 'Post alerts in this channel?',
    title: 'Post alerts in this channel?',
    text: 'Alerts have no channel yet.',
    note: 'Nothing has been changed yet.',
    buttons: [button('Post alerts here', 'here'), button('Not here', 'leave')],
  } satisfies MoveAlertsData);

/** Where alerts go now: nothing is left to press. */
export const alertsGoCard = (sentence: string): AdaptiveCard =>
  renderCard(MOVE_ALERTS_TEMPLATE, {
    fallback: plainText(sentence, 500),
    title: markdownText(sentence, 500),
    text: '',
    note: '',
    buttons: [],
  } satisfies MoveAlertsData);

const button = (title: string, move: 'here' | 'leave'): Button => ({
  title,
  verb: 'move-alerts',
  data: { move },
  submitted: { verb: 'move-alerts', move },
});
