import { createRequire } from 'node:module';
import type * as Renderer from 'adaptivecards';
import { z } from 'zod';
import { type AdaptiveCard, cardBytes, MAX_CARD_BYTES } from '../../../../src/teams/cards/render.ts';

// The package's ES modules do not resolve in Node; its bundle does.
const {
  AdaptiveCard: RealCard,
  HostConfig,
  SerializationContext,
  Versions,
  ValidationEvent,
} = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js') as typeof Renderer;

const CHART = /Chart\.HorizontalBar\.Stacked/;
const isChart = ({ type }: { type?: unknown }): boolean => CHART.test(String(type));
const isText = ({ type, text }: { type?: unknown; text?: unknown }): boolean =>
  type === 'TextBlock' && text !== '';

/**
 * Everything that Microsoft's own renderer, the size limit and our rules have against a card.
 * @returns sentences; an empty list is a good card
 */
export function problemsOf(card: AdaptiveCard): string[] {
  const context = new SerializationContext(Versions.v1_5);
  const real = new RealCard();
  // As many buttons as Teams shows beside each other.
  real.hostConfig = new HostConfig({ actions: { maxActions: 6 } });
  real.parse(structuredClone(card), context);
  const problems: string[] = [];
  for (let index = 0; index < context.eventCount; index++) {
    const { event, message } = context.getEventAt(index);
    // Teams draws charts; the open renderer does not know them, and takes their fallback.
    if (event === ValidationEvent.UnknownElementType && CHART.test(message)) continue;
    problems.push(`${ValidationEvent[event]}: ${message}`);
  }
  for (const { event, message } of real.validateProperties().validationEvents) {
    problems.push(`${ValidationEvent[event]}: ${message}`);
  }
  const json = JSON.stringify(card);
  if (json.includes('${')) problems.push('an expression is left');
  if (cardBytes(card) > MAX_CARD_BYTES) problems.push(`${cardBytes(card)} bytes`);
  if ('refresh' in card) problems.push(...refreshProblems(card.refresh));
  const ids = elementsOf(card).flatMap(({ id }) => (typeof id === 'string' ? [id] : []));
  for (const id of ids)
    if (ids.indexOf(id) !== ids.lastIndexOf(id)) problems.push(`two elements with id ${id}`);
  const { refresh: _, msteams: __, ...shown } = card;
  for (const element of elementsOf(shown)) {
    if (element.type === 'TextBlock' && element.wrap !== true) problems.push(`cut text: ${element.text}`);
    if (element.type === 'Action.Execute' && !element.fallback) problems.push('a button without fallback');
    if (CHART.test(String(element.type)) && !element.fallback) problems.push('a chart without fallback');
    if (/^(Image|Media)$/.test(String(element.type)) && !element.altText)
      problems.push('a picture without words');
    if (Array.isArray(element.items) && element.items.some(isChart) && !element.items.some(isText))
      problems.push('a chart without words');
    if (element.type === 'Table' && Array.isArray(element.columns) && element.columns.length > 3)
      problems.push('a table of more than three columns');
    if ('targetWidth' in element) problems.push(...widthProblems(element));
    if ('refresh' in element) problems.push('a refresh that is not at the root');
  }
  return problems;
}

/** As Teams takes it; a value that it does not know hides nothing. */
const TargetWidth = z.string().regex(/^(?:(?:atLeast|atMost):)?(?:veryNarrow|narrow|standard|wide)$/);

/**
 * Clients that know no widths show everything, and the others leave something out: only what is also said in words,
 * as a chart is, may go by the width.
 */
const widthProblems = ({ type, targetWidth }: Record<string, unknown>): string[] => [
  ...(TargetWidth.safeParse(targetWidth).success ? [] : [`no width of Teams: ${targetWidth}`]),
  ...(isChart({ type }) ? [] : [`${type} goes by the width, with what it says`]),
];

const Refresh = z.strictObject({
  action: z.strictObject({
    type: z.literal('Action.Execute'),
    title: z.string(),
    verb: z.literal('view'),
    data: z.strictObject({ incidentId: z.string(), cardKey: z.string() }),
  }),
  userIds: z.array(z.string().min(1)).min(1).max(60),
});

const refreshProblems = (refresh: unknown): string[] =>
  Refresh.safeParse(refresh).error?.issues.map(
    ({ path, message }) => `refresh.${path.join('.')}: ${message}`,
  ) ?? [];

/** Every object inside a card, at any depth. */
export function elementsOf(card: unknown): Record<string, unknown>[] {
  const elements: Record<string, unknown>[] = [];
  JSON.stringify(card, (_key, value) => {
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) elements.push(value);
    return value;
  });
  return elements;
}
