// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of the card templating library.
import type { SettingChange, SettingsAsked } from '../../domain/settings/setting-change.ts';
import { BUTTONS } from './buttons.template.ts';
import { markdownText, plainText } from './escape-text.ts';
import { type AdaptiveCard, type CardTemplate, renderCard } from './render.ts';

/** Asks before settings are changed, and says afterwards what became of it. Its data is `SettingsCardData`. */
const SETTINGS_TEMPLATE: CardTemplate = {
  type: 'AdaptiveCard',
  version: '1.5',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  fallbackText: '${fallback}',
  body: [
    { type: 'TextBlock', text: '${title}', weight: 'Bolder', size: 'Medium', wrap: true, style: 'heading' },
    { type: 'TextBlock', $data: '${lines}', text: '${text}', wrap: true, spacing: 'Small' },
    { type: 'TextBlock', $when: "${note != ''}", text: '${note}', wrap: true, isSubtle: true, size: 'Small' },
  ],
  actions: [BUTTONS],
};

/** Texts are escaped; an empty text leaves its place out. */
type SettingsCardData = {
  fallback: string;
  title: string;
  lines: { text: string }[];
  note: string;
  buttons: { title: string; verb: string; data: object; submitted: object }[];
};

const button = (title: string, asked: SettingsAsked): SettingsCardData['buttons'][number] => {
  const { kind, ...rest } = asked;
  // Flat, as old clients send the verb beside the data.
  const data = { deed: kind, ...rest };
  return { title, verb: 'set-settings', data, submitted: { verb: 'set-settings', ...data } };
};

/**
 * "Quiet hours: never → 22:00-07:00?", with the button that does it. Nothing is done before it is pressed.
 * @param sentence what would change
 * @param lead what to know about it
 */
export function settingsAskedCard(asked: SettingsAsked, sentence: string, lead: string): AdaptiveCard {
  const data: SettingsCardData = {
    fallback: plainText(sentence, 500),
    title: asked.kind === 'change' ? 'Change this?' : `${markdownText(firstWord(sentence), 40)}?`,
    lines: sentence.split('; ').map((text) => ({ text: markdownText(text, 600) })),
    note: `Nothing has been changed yet. ${markdownText(lead, 600)}`.trim(),
    buttons: [button(asked.kind === 'decline' ? 'Decline it' : 'Yes, do it', asked)],
  };
  return renderCard(SETTINGS_TEMPLATE, data);
}

const firstWord = (sentence: string): string => sentence.split(':', 1)[0] ?? sentence;

/** What became of it, and the way back. @param wayBack what takes it back; null where nothing does */
export function settingsChangedCard(
  sentence: string,
  wayBack: readonly SettingChange[] | null,
): AdaptiveCard {
  const [title = sentence, ...rest] = sentence.split(/(?<=^\w+\.) |(?<=yet): |; /);
  const data: SettingsCardData = {
    fallback: plainText(sentence, 500),
    title: markdownText(title, 600),
    lines: rest.map((text) => ({ text: markdownText(text, 600) })),
    note: '',
    buttons: wayBack === null ? [] : [button('Take it back', { kind: 'change', changes: [...wayBack] })],
  };
  return renderCard(SETTINGS_TEMPLATE, data);
}
