// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of the card templating library.
import { choice, SMALL, sentence, words } from '../incident/form-parts.template.ts';
import { line, subtle } from '../incident/parts.template.ts';
import type { CardTemplate } from '../render.ts';

/** What goes back when a button is pressed: ids only. */
const data = (extra: object = {}) => ({
  incidentId: '${$root.incidentId}',
  cardKey: '${$root.key}',
  ...extra,
});

/** Clients that know no `Action.Execute` send the same as `Action.Submit`, with the verb in the data. */
const press = (title: string, verb: string, extra: object = {}, look: object = {}) => ({
  type: 'Action.Execute',
  title,
  verb,
  data: data(extra),
  ...look,
  fallback: { type: 'Action.Submit', title, data: { verb, ...data(extra) }, ...look },
});

/** A button that opens a part of the card for the person who presses. It is left out where that is open already. */
const opens = (title: string, name: string, when: string, look: object = {}) => ({
  ...press(title, 'security-view', { open: name }, look),
  $when: `\${${when} && open != '${name}'}`,
});

const CANCEL = press('Cancel', 'security-view', {}, { associatedInputs: 'none' });

const notice = (when: string) => ({
  type: 'TextBlock',
  $when: `\${${when}}`,
  text: '${$root.notice}',
  weight: 'Bolder',
  color: 'Attention',
  wrap: true,
});

/** A part that a press has opened, in the card of the person who pressed. */
const part = (name: string, items: object[], actions: object[]) => ({
  type: 'Container',
  $when: `\${open == '${name}'}`,
  style: 'emphasis',
  spacing: 'Medium',
  items: [
    ...items,
    notice(`open == '${name}' && notice != ''`),
    { type: 'ActionSet', actions: [...actions, CANCEL] },
  ],
});

const EXPECTED = part(
  'expected',
  [
    sentence('This was meant to happen. The alert is over, and nothing is written to the tenant.'),
    words('expectReason', 'Reason', 'A ticket, a name, …', {
      isRequired: true,
      errorMessage: 'Please give a reason.',
    }),
    {
      ...choice('expectFor', 'Expect this again?', 'ruleLengths', { value: 'no' }),
      $when: "${ruleOffer != ''}",
    },
    {
      ...sentence('This means: ${ruleOffer}. They stay in the history, without an alert.', SMALL),
      $when: "${ruleOffer != ''}",
    },
  ],
  [press('It was expected', 'security-expected')],
);

const SNOOZE = part(
  'snooze',
  [
    sentence('No alert about this until then. What comes meanwhile is counted.'),
    choice('length', 'For how long', 'snoozeLengths', {
      value: '1d',
      isRequired: true,
      errorMessage: 'Please choose how long.',
    }),
    words('snoozeReason', 'Reason', 'Looked into by …', {
      isRequired: true,
      errorMessage: 'Please give a reason.',
    }),
  ],
  [press('Snooze', 'security-snooze')],
);

const TAKE_ON = part(
  'takeOn',
  [
    sentence('The card says that you look after this, and nobody else is called for it.'),
    words('takeOnNote', 'Note', 'Asking them, a ticket, …'),
  ],
  [press('I’m on it', 'security-take-on')],
);

const REOPEN = part(
  'reopen',
  [
    sentence('The alert is open again. A rule that was made of it, or that hid it, ends.'),
    words('reopenReason', 'Reason', 'It was not them, …', {
      isRequired: true,
      errorMessage: 'Please give a reason.',
    }),
  ],
  [press('Reopen', 'security-reopen')],
);

/** A line each over the whole width: a column of values would cut long addresses. */
const facts = (list: string) => ({
  type: 'TextBlock',
  $data: `\${${list}}`,
  text: '**${title}:** ${value}',
  wrap: true,
  size: 'Small',
  spacing: 'Small',
});

const runs = (list: string) => ({
  type: 'RichTextBlock',
  $data: `\${${list}}`,
  spacing: 'Small',
  inlines: [
    { type: 'TextRun', text: '${at} ', weight: 'Bolder', size: 'Small' },
    { type: 'TextRun', text: '${what}', size: 'Small' },
  ],
});

const heading = (text: string) => ({
  type: 'TextBlock',
  text,
  weight: 'Bolder',
  wrap: true,
  spacing: 'Medium',
});

const DETAILS = part(
  'details',
  [
    facts('about'),
    {
      type: 'Container',
      $data: '${records}',
      spacing: 'Small',
      items: [
        { type: 'TextBlock', text: '${title}', weight: 'Bolder', wrap: true, size: 'Small' },
        facts('facts'),
        {
          type: 'RichTextBlock',
          spacing: 'Small',
          inlines: [{ type: 'TextRun', text: '${raw}', size: 'Small' }],
        },
      ],
    },
    { ...subtle('${moreRecords}'), $when: "${moreRecords != ''}" },
    {
      type: 'Container',
      spacing: 'Small',
      $when: '${count(log) > 0}',
      items: [heading('Activity'), runs('log')],
    },
  ],
  [],
);

const AROUND = part(
  'around',
  [heading('${aroundTitle}'), runs('around'), { ...subtle('${moreAround}'), $when: "${moreAround != ''}" }],
  [],
);

/** The card of an alert of detections. Its data is `SecurityCardData`. */
export const SECURITY_TEMPLATE: CardTemplate = {
  type: 'AdaptiveCard',
  version: '1.5',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  fallbackText: '${fallback}',
  body: [
    {
      type: 'Container',
      style: '${style}',
      bleed: true,
      items: [
        line('state', { weight: 'Bolder', size: 'Small' }),
        {
          type: 'TextBlock',
          text: '${title}',
          size: 'Medium',
          weight: 'Bolder',
          wrap: true,
          spacing: 'None',
          style: 'heading',
        },
        line('when', { size: 'Small', spacing: 'None' }),
      ],
    },
    line('more', { weight: 'Bolder' }),
    line('summary'),
    line('mention'),
    line('owner', { weight: 'Bolder' }),
    line('remark'),
    facts('facts'),
    line('others'),
    line('limit', { isSubtle: true, size: 'Small' }),
    notice("open == '' && notice != ''"),
    EXPECTED,
    SNOOZE,
    TAKE_ON,
    REOPEN,
    DETAILS,
    AROUND,
  ],
  actions: [
    opens('Expected…', 'expected', 'can.expect'),
    opens('Snooze…', 'snooze', 'can.snooze'),
    opens('I’m on it…', 'takeOn', 'can.takeOn'),
    { ...press('Wake', 'security-wake'), $when: '${can.wake}' },
    opens('Reopen…', 'reopen', 'can.reopen'),
    opens('Details', 'details', 'true'),
    opens('Search around', 'around', 'canSearch'),
  ],
};
