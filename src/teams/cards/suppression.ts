// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of the card templating library.

import type { Subject } from '../../domain/access/person.ts';
import type { SuppressionRequest } from '../../domain/incident/decision.ts';
import { BUTTONS } from './buttons.template.ts';
import { markdownText, plainText } from './escape-text.ts';
import { type AdaptiveCard, type CardTemplate, renderCard } from './render.ts';

/** Asks before a rule, a snooze or a mark is changed, and says afterwards what became of it. Its data is `StandingCardData`. */
const STANDING_TEMPLATE: CardTemplate = {
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

type Button = { title: string; verb: string; data: object; submitted: object };

/** Texts are escaped; an empty text leaves its place out. */
type StandingCardData = { fallback: string; title: string; text: string; note: string; buttons: Button[] };

/**
 * "End rule 2: …", with the button that does it. Nothing is done before it is pressed.
 * @param sentence what would be done
 * @param lead what is so now
 * @param reading how the sentence was read, when a language model read it
 */
export function confirmCard(
  request: SuppressionRequest,
  sentence: string,
  lead: string,
  reading = '',
): AdaptiveCard {
  const data: StandingCardData = {
    fallback: plainText(sentence, 500),
    title: `${markdownText(sentence, 600)}?`,
    text: markdownText(lead, 600),
    note: `Nothing has been changed yet. ${markdownText(reading, 600)}`.trim(),
    buttons: [button('Yes, do it', request)],
  };
  return renderCard(STANDING_TEMPLATE, data);
}

/** What became of it, and the way back where one press is enough for it. */
export function standingCard(outcome: string, wayBack: SuppressionRequest | null): AdaptiveCard {
  const data: StandingCardData = {
    fallback: plainText(outcome, 500),
    title: markdownText(outcome, 600),
    text: '',
    note: '',
    buttons: wayBack === null ? [] : [button('Take it back', wayBack)],
  };
  return renderCard(STANDING_TEMPLATE, data);
}

function button(title: string, request: SuppressionRequest): Button {
  const { verb, data } = pressOf(request);
  return { title, verb, data, submitted: { verb, ...data } };
}

/** The verb of the card action that carries a request out, and its data. */
function pressOf(request: SuppressionRequest): { verb: string; data: object } {
  switch (request.kind) {
    case 'end-rule':
      return { verb: 'end-rule', data: { ruleId: request.ruleId } };
    case 'extend-rule':
      return { verb: 'extend-rule', data: { ruleId: request.ruleId, until: request.until } };
    case 'wake':
      return { verb: 'stand', data: request };
    case 'snooze': {
      const { kind, subject, until, reason } = request;
      return {
        verb: 'stand',
        data: { kind, ...subjectData(subject), until, reason: plainText(reason, 500) },
      };
    }
    case 'watch':
    case 'unwatch':
      return { verb: 'stand', data: { kind: request.kind, ...subjectData(request.subject) } };
  }
}

/** Flat, as clients take a field called `id` anywhere for an element's. */
const subjectData = ({ kind, id }: Subject): object => ({ subjectKind: kind, subjectId: id });
