// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of the card templating library.
import { markdownText, plainText } from './escape-text.ts';
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
  ],
};

type NoticeCardData = { fallback: string; title: string; lines: string[] };

/** @param key by which the notifier finds the notice again in its channel */
export function noticeCard(notice: { key: string; title: string; text: string }): AdaptiveCard {
  return fitCard([2_000, 500, 100], (length) => {
    const data: NoticeCardData = {
      fallback: plainText(`${notice.title} (${notice.key})`, 500),
      title: markdownText(notice.title, length),
      lines: notice.text
        .split('\n', 20)
        .map((line) => markdownText(line, length))
        .filter((line) => line !== ''),
    };
    return renderCard(NOTICE_TEMPLATE, data);
  });
}
