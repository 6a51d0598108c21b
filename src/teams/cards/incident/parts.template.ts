// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of the card templating library.

export const subtle = (text: string) => ({
  type: 'TextBlock',
  text,
  isSubtle: true,
  size: 'Small',
  wrap: true,
  spacing: 'None',
});

/** A text of the card's data, where it says anything. */
export const line = (path: string, look: object = {}) => ({
  type: 'TextBlock',
  $when: `\${${path} != ''}`,
  text: `\${${path}}`,
  wrap: true,
  ...look,
});

/** What opens a page of Microsoft's; left out where there is none. */
const opens = { type: 'Action.OpenUrl', $when: "${page != ''}", url: '${page}' };

/** A text of pieces, of which some open a page. It is no Markdown, so that its pieces are shown letter by letter. */
export const pieces = (list: string, look: object = {}) => ({
  type: 'RichTextBlock',
  $when: `\${count(${list}) > 0}`,
  inlines: [{ type: 'TextRun', $data: `\${${list}}`, text: '${text}', selectAction: opens }],
  ...look,
});

/** A user in one line each: name, what is special, where they stand. */
const users = (list: string) => ({
  type: 'RichTextBlock',
  $data: `\${${list}}`,
  spacing: 'None',
  inlines: [
    { type: 'TextRun', text: '${name}', selectAction: opens },
    { type: 'TextRun', $when: "${had != ''}", text: '${had}' },
    { type: 'TextRun', $when: "${state != ''}", text: '${state}', color: '${color}' },
  ],
});

/**
 * Users, and the others on a click.
 * @param path where in the card's data the `UserSection` is
 */
export const userLines = (path: string): object[] => [
  {
    type: 'Container',
    spacing: 'Small',
    $when: `\${count(${path}.users) > 0 || ${path}.others != '' || ${path}.unlisted != ''}`,
    items: [
      users(`${path}.users`),
      {
        type: 'ActionSet',
        $when: `\${count(${path}.foldedUsers) > 0}`,
        spacing: 'None',
        actions: [
          {
            type: 'Action.ToggleVisibility',
            title: `\${${path}.foldedTitle}`,
            targetElements: [`folded-${path}`],
          },
        ],
      },
      {
        type: 'Container',
        id: `folded-${path}`,
        isVisible: false,
        spacing: 'None',
        $when: `\${count(${path}.foldedUsers) > 0}`,
        items: [
          users(`${path}.foldedUsers`),
          { ...subtle(`\${${path}.unlisted}`), $when: `\${${path}.unlisted != ''}` },
        ],
      },
      // Where not one name has room there is nothing to unfold.
      {
        ...subtle(`\${${path}.unlisted}`),
        $when: `\${${path}.unlisted != '' && count(${path}.foldedUsers) == 0}`,
      },
      { ...subtle(`\${${path}.others}`), $when: `\${${path}.others != ''}` },
    ],
  },
];
