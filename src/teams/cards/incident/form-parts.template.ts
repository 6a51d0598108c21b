// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of the card templating library.
/**
 * What goes back when a button is pressed: ids only. The key is how a card
 * is found again in its channel; it is not called `key`, a name that the client's code uses itself.
 */
const data = (extra: object = {}) => ({
  incidentId: '${$root.incidentId}',
  cardKey: '${$root.key}',
  ...extra,
});

/** Clients that know no `Action.Execute` send the same as `Action.Submit`, with the verb in the data. */
export const execute = (title: string, verb: string, extra: object = {}, look: object = {}) => ({
  type: 'Action.Execute',
  title,
  verb,
  data: data(extra),
  ...look,
  fallback: { type: 'Action.Submit', title, data: { verb, ...data(extra) }, ...look },
});

/** What a button opens. Ids of inputs are unique in a whole card, also between forms of which one is open. */
export type FormTemplate = {
  /** The name of the button that opens it. */
  title: string;
  /** Which of `allowed` it needs. */
  needs: string;
  body: object[];
  actions: object[];
  /** Stands below the buttons. */
  after?: object[];
};

/** A button of somebody's own card that opens the form below it. */
export const formButton = ({ title, needs, body, actions, after = [] }: FormTemplate, look: object = {}) => ({
  type: 'Action.ShowCard',
  title,
  $when: `\${allowed.${needs} && open == '' && !posted}`,
  ...look,
  card: {
    type: 'AdaptiveCard',
    version: '1.5',
    body: [...body, { type: 'ActionSet', actions }, ...after],
  },
});

/** The form in the body of somebody's own card, as a press on the card in the channel has opened it. */
export const openedForm = ({ body, actions, after = [] }: FormTemplate, name: string) => ({
  type: 'Container',
  $when: `\${open == '${name}'}`,
  style: 'emphasis',
  spacing: 'Medium',
  items: [
    ...body,
    noticeLine(`open == '${name}' && notice != ''`),
    { type: 'ActionSet', actions: [...actions, CANCEL] },
    ...after,
  ],
});

/** A sentence to the person who pressed a button: it stands beside what they pressed. */
export const noticeLine = (when: string) => ({
  type: 'TextBlock',
  $when: `\${${when}}`,
  text: '${$root.notice}',
  weight: 'Bolder',
  color: 'Attention',
  wrap: true,
});

/**
 * A button of the card that stands in the channel. It decides nothing: it asks for the card of the person who presses, with
 * this form open, and for those who may not decide it is answered by who may.
 */
export const posted = (title: string, name: string, needs: string, look: object = {}) => ({
  ...execute(title, 'view', { open: name }, look),
  $when: `\${allowed.${needs} && posted}`,
});

/** Closes the form without a word about what is typed into it. */
const CANCEL = execute('Cancel', 'view', {}, { associatedInputs: 'none' });

export const sentence = (text: string, look: object = {}) => ({
  type: 'TextBlock',
  text,
  wrap: true,
  ...look,
});

/** A sentence that is left out where it is empty. */
export const sentenceIfAny = (path: string, look: object = {}) => ({
  ...sentence(`\${${path}}`, look),
  $when: `\${${path} != ''}`,
});

export const SMALL = { isSubtle: true, size: 'Small', spacing: 'Small' };

/** One of a few, from a list to open. */
export const choice = (id: string, label: string, list: string, look: object) => ({
  type: 'Input.ChoiceSet',
  id,
  label,
  style: 'compact',
  choices: [{ $data: `\${${list}}`, title: '${title}', value: '${value}' }],
  ...look,
});

/** A few words; kept with the decision. */
export const words = (id: string, label: string, placeholder: string, look: object = {}) => ({
  type: 'Input.Text',
  id,
  label,
  placeholder,
  maxLength: 500,
  ...look,
});
