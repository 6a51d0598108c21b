// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of the card templating library.
import type { Mention } from '../../domain/ports.ts';
import { markdownText, plainText } from './escape-text.ts';
import { mentionParts } from './mention.ts';
import { type AdaptiveCard, type CardTemplate, fitCard, renderCard } from './render.ts';

/** A plain announcement to the alerts channel. Its data is `NoticeCardData`. */
const NOTICE_TEMPLATE: CardTemplate = {
  type: 'AdaptiveCard',
  version: '1.5',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  fallbackText: '${fallback}',
  body: [
    {
      type: 'Container',
      style: 'warning',
      bleed: true,
      items: [
        {
          type: 'TextBlock',
          text: '${title}',
          weight: 'Bolder',
          size: 'Medium',
          wrap: true,
          style: 'heading',
        },
      ],
    },
    { type: 'TextBlock', $data: '${lines}', text: '${$data}', wrap: true },
    { type: 'TextBlock', $when: "${mention != ''}", text: '${mention}', wrap: true },
  ],
};

type NoticeCardData = { fallback: string; title: string; lines: string[]; mention: string };

/** @param key by which the notifier finds the notice again in its channel */
export function noticeCard(notice: {
  key: string;
  title: string;
  text: string;
  mention?: Mention | null;
}): AdaptiveCard {
  const { line, entities } = mentionParts(notice.mention ?? null, 'please have a look.');
  return fitCard([2_000, 500, 100], (length) => {
    const data: NoticeCardData = {
      fallback: plainText(`${notice.title} (${notice.key})`, 500),
      title: markdownText(notice.title, length),
      lines: notice.text
        .split('\n', 20)
        .map((line) => markdownText(line, length))
        .filter((line) => line !== ''),
      mention: line,
    };
    const card = renderCard(NOTICE_TEMPLATE, data);
    return entities.length === 0 ? card : { ...card, msteams: { entities } };
  });
}
