// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of the card templating library.
const line = (text: string, look: object = {}) => ({
  type: 'TextBlock',
  text,
  wrap: true,
  size: 'Small',
  spacing: 'Small',
  ...look,
});

/**
 * What a press will do, before anything is written: in a sentence, and for each user on a click.
 * @param path where in the card's data the `PlanData` is
 * @param id of the folded table: unique in the card
 */
export const planTable = (path: string, id: string): object => ({
  type: 'Container',
  $data: `\${${path}}`,
  $when: "${sentence != ''}",
  spacing: 'Small',
  items: [
    { type: 'TextBlock', text: '${sentence}', wrap: true },
    {
      type: 'ActionSet',
      $when: '${count(rows) > 0}',
      spacing: 'Small',
      actions: [{ type: 'Action.ToggleVisibility', title: '${tableTitle}', targetElements: [id] }],
    },
    {
      type: 'Container',
      id,
      isVisible: false,
      $when: '${count(rows) > 0}',
      items: [
        {
          type: 'Container',
          $data: '${rows}',
          spacing: 'Small',
          items: [
            line('${name}', { weight: 'Bolder' }),
            line('${$data}', { $data: '${does}', spacing: 'None' }),
            line('Not possible: ${$data}', { $data: '${blocked}', color: 'Attention', spacing: 'None' }),
          ],
        },
        line('${hidden}', { $when: "${hidden != ''}", isSubtle: true }),
      ],
    },
  ],
});
