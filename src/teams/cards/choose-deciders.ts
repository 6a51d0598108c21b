// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of the card templating library.
import { markdownText, plainText } from './escape-text.ts';
import { type AdaptiveCard, type CardTemplate, renderCard } from './render.ts';

const input = (id: string, label: string) => ({
  type: 'Input.Text',
  id,
  label,
  value: `\${${id}}`,
  isRequired: true,
  errorMessage: 'Give a group, or names of directory roles.',
  maxLength: 300,
});

/** Asks who may decide. Its data is `DecidersCardData`. */
const DECIDERS_TEMPLATE: CardTemplate = {
  type: 'AdaptiveCard',
  version: '1.5',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  fallbackText: '${fallback}',
  body: [
    {
      type: 'TextBlock',
      text: 'Choose who may decide',
      weight: 'Bolder',
      size: 'Medium',
      wrap: true,
      style: 'heading',
    },
    {
      type: 'TextBlock',
      text: 'Give the name of an Entra group, or Microsoft’s directory roles with commas between them.',
      wrap: true,
      spacing: 'Small',
    },
    {
      type: 'TextBlock',
      $when: "${notice != ''}",
      text: '${notice}',
      wrap: true,
      color: 'Attention',
    },
    input('owners', 'Owners: settings and standing rules'),
    input('operators', 'Operators: restore, approve, change licenses'),
    input('readers', 'Readers: ask'),
    {
      type: 'TextBlock',
      text: 'I show what would change before it does.',
      wrap: true,
      isSubtle: true,
      size: 'Small',
    },
  ],
  actions: [
    {
      type: 'Action.Execute',
      title: 'Next',
      verb: 'choose-deciders',
      fallback: { type: 'Action.Submit', title: 'Next', data: { verb: 'choose-deciders' } },
    },
  ],
};

export type Deciders = { owners: string; operators: string; readers: string };

/** What most tenants choose: everybody who can do it in Microsoft's own admin center. */
export const USUAL_DECIDERS: Deciders = {
  owners: 'Global Administrator, Privileged Role Administrator',
  operators: 'License Administrator, User Administrator',
  readers: 'Global Reader',
};

type DecidersCardData = Deciders & { fallback: string; notice: string };

/** The form, filled with what was chosen before. @param notice why the last choice cannot be; null for none */
export function decidersCard(deciders: Deciders, notice: string | null): AdaptiveCard {
  const data: DecidersCardData = {
    fallback: 'Choose who may decide',
    notice: markdownText(notice ?? '', 600),
    owners: plainText(deciders.owners, 300),
    operators: plainText(deciders.operators, 300),
    readers: plainText(deciders.readers, 300),
  };
  return renderCard(DECIDERS_TEMPLATE, data);
}
