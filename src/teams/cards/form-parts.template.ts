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

/** A button that opens a form. Ids of inputs are unique in a whole card, also between forms of which one is open. */
export const form = (title: string, body: object[], actions: object[], look: object = {}) => ({
  type: 'Action.ShowCard',
  title,
  ...look,
  card: { type: 'AdaptiveCard', version: '1.5', body, actions },
});

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
