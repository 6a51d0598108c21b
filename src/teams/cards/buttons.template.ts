// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of the card templating library.
/**
 * A button for each of the card's `buttons`: title, verb and data. Clients that know no `Action.Execute` send
 * `submitted`, which holds the verb beside the data.
 */
export const BUTTONS = {
  type: 'Action.Execute',
  $data: '${buttons}',
  title: '${title}',
  verb: '${verb}',
  data: '${data}',
  fallback: { type: 'Action.Submit', title: '${title}', data: '${submitted}' },
};
