// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of the card templating library.
const cell = (items: object[]) => ({ type: 'TableCell', items });

const line = (text: string, look: object = {}) => ({
  type: 'TextBlock',
  text,
  wrap: true,
  size: 'Small',
  spacing: 'Small',
  ...look,
});

const heading = (text: string) => cell([line(text, { weight: 'Bolder' })]);

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
          type: 'Table',
          // The schema says `firstRowAsHeader`, the JavaScript renderer reads `firstRowAsHeaders`.
          firstRowAsHeader: true,
          firstRowAsHeaders: true,
          showGridLines: true,
          gridStyle: 'default',
          columns: [{ width: 1 }, { width: 2 }],
          rows: [
            { type: 'TableRow', style: 'emphasis', cells: [heading('User'), heading('Plan')] },
            {
              type: 'TableRow',
              $data: '${rows}',
              cells: [
                cell([line('${name}')]),
                cell([
                  line('${$data}', { $data: '${does}' }),
                  line('Not possible: ${$data}', { $data: '${blocked}', color: 'Attention' }),
                ]),
              ],
            },
          ],
        },
        line('${hidden}', { $when: "${hidden != ''}", isSubtle: true }),
      ],
    },
  ],
});
