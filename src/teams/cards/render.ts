// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of the card templating library.
import { Template } from 'adaptivecards-templating';
import { breathe } from '../../event-loop/breath.ts';

/** A card as Teams takes it. Its inside is made by templates only. */
export type AdaptiveCard = { type: 'AdaptiveCard'; version: '1.5'; [field: string]: unknown };

/** A card with expressions such as `${title}` in it; each file beside this one holds one. */
export type CardTemplate = AdaptiveCard;

/** A card that cannot be shown: a mistake of ours, never of the data. */
export class CardError extends Error {
  readonly code = 'unbound-field';
  constructor(message: string) {
    super(message);
    this.name = 'CardError';
  }
}

const compiled = new WeakMap<CardTemplate, Template>();

const templateOf = (template: CardTemplate): Template => {
  const ready = compiled.get(template) ?? new Template(template);
  compiled.set(template, ready);
  return ready;
};

/**
 * Reads the expressions of templates ahead of their first card: it takes some tenths of a second each, which nobody
 * should wait for. Others work in between.
 */
export async function prepareCards(templates: readonly CardTemplate[]): Promise<void> {
  for (const template of templates) {
    await breathe();
    templateOf(template);
  }
}

/**
 * Fills a template. Texts in the data are escaped already (`escape-text.ts`).
 * @throws CardError when an expression found no value: the templating library would show it as it is
 */
export function renderCard(template: CardTemplate, data: object): AdaptiveCard {
  const card: AdaptiveCard = {
    ...templateOf(template).expand({ $root: data }),
    type: 'AdaptiveCard',
    version: '1.5',
  };
  if (JSON.stringify(card).includes('${')) throw new CardError('A field of the card template has no value.');
  return card;
}

/** Teams refuses messages over 28 KB; the rest is room for what the message adds around the card. */
export const MAX_CARD_BYTES = 25_000;

export const cardBytes = (card: AdaptiveCard): number => Buffer.byteLength(JSON.stringify(card));

/**
 * Renders at the first level whose card fits: each level folds more than the one before.
 * @returns the card of the last level when none fits, which the levels must make impossible
 */
export function fitCard<Level>(
  levels: readonly [Level, ...Level[]],
  render: (level: Level) => AdaptiveCard,
): AdaptiveCard {
  let card = render(levels[0]);
  for (const level of levels.slice(1)) {
    if (cardBytes(card) <= MAX_CARD_BYTES) break;
    card = render(level);
  }
  return card;
}
