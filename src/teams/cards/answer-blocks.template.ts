// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of the card templating library.
const small = (text: string) => ({
  type: 'TextBlock',
  text,
  isSubtle: true,
  size: 'Small',
  wrap: true,
  spacing: 'Small',
});

/** What a folded list shows beneath it: the rest on a click, and how much the card has no room for. */
const folded = (list: string, items: object[]) => [
  {
    type: 'ActionSet',
    $when: `\${count(${list}) > 0}`,
    spacing: 'Small',
    actions: [{ type: 'Action.ToggleVisibility', title: '${foldedTitle}', targetElements: ['${id}'] }],
  },
  { type: 'Container', id: '${id}', isVisible: false, $when: `\${count(${list}) > 0}`, items },
  { ...small('${hidden}'), $when: "${hidden != ''}" },
];

const row = (look: object) => ({
  type: 'TableRow',
  cells: [
    {
      type: 'TableCell',
      $data: '${cells}',
      items: [
        { type: 'TextBlock', text: '${text}', wrap: true, ...look },
        { ...small('${rest}'), spacing: 'None', $when: "${rest != ''}" },
      ],
    },
  ],
});

const table = (list: string, header: boolean) => ({
  type: 'Table',
  // The schema says `firstRowAsHeader`, the JavaScript renderer reads `firstRowAsHeaders`.
  firstRowAsHeader: header,
  firstRowAsHeaders: header,
  showGridLines: true,
  gridStyle: 'default',
  columns: [{ $data: '${columns}', width: '${width}' }],
  rows: [
    ...(header
      ? [
          {
            type: 'TableRow',
            style: 'emphasis',
            cells: [
              {
                type: 'TableCell',
                $data: '${columns}',
                items: [{ type: 'TextBlock', text: '${title}', weight: 'Bolder', wrap: true, size: 'Small' }],
              },
            ],
          },
        ]
      : []),
    { ...row({ size: 'Small' }), $data: `\${${list}}` },
  ],
});

const entry = (list: string) => ({
  type: 'Container',
  $data: `\${${list}}`,
  spacing: 'Medium',
  items: [
    { ...small('${at}'), spacing: 'None' },
    { type: 'TextBlock', text: '${what}', wrap: true, spacing: 'None' },
    { ...small('${detail}'), spacing: 'None', $when: "${detail != ''}" },
  ],
});

const choose = {
  type: 'ActionSet',
  actions: [
    {
      type: 'Action.Execute',
      title: 'Choose',
      tooltip: '${title}',
      verb: 'ask',
      data: '${data}',
      fallback: { type: 'Action.Submit', title: 'Choose', data: '${submitted}' },
    },
  ],
};

/** A line of its own for each button: side by side, their titles would be cut. */
const readAs = {
  type: 'ActionSet',
  $data: '${buttons}',
  spacing: 'Small',
  actions: [
    {
      type: 'Action.Execute',
      title: '${title}',
      verb: 'read-as',
      data: '${data}',
      fallback: { type: 'Action.Submit', title: '${title}', data: '${submitted}' },
    },
  ],
};

const when = (kind: string) => `\${kind == '${kind}'}`;

/** One container per kind of block; the block's data decides which of them is there. */
export const ANSWER_BLOCKS: object[] = [
  {
    type: 'Container',
    $when: when('text'),
    items: [{ type: 'TextBlock', $data: '${lines}', text: '${$data}', wrap: true }],
  },
  {
    type: 'Container',
    $when: when('facts'),
    items: [{ type: 'FactSet', facts: [{ $data: '${facts}', title: '${title}', value: '${value}' }] }],
  },
  {
    type: 'Container',
    $when: when('table'),
    items: [table('rows', true), ...folded('foldedRows', [table('foldedRows', false)])],
  },
  {
    type: 'Container',
    $when: when('timeline'),
    items: [entry('entries'), ...folded('foldedEntries', [entry('foldedEntries')])],
  },
  {
    type: 'Container',
    $when: when('chart'),
    // Charts have no alternative text: the line below is one, also for clients that drop what they cannot draw, and
    // beside a meeting, where bars have no room.
    items: [
      {
        type: 'Chart.HorizontalBar.Stacked',
        title: '${title}',
        data: '${bars}',
        targetWidth: 'atLeast:narrow',
        fallback: 'drop',
      },
      small('${words}'),
    ],
  },
  {
    type: 'Container',
    $when: when('utc'),
    items: [
      {
        type: 'ActionSet',
        actions: [{ type: 'Action.ToggleVisibility', title: 'Details (UTC)', targetElements: ['${id}'] }],
      },
      {
        type: 'Container',
        id: '${id}',
        isVisible: false,
        items: [{ type: 'FactSet', facts: [{ $data: '${facts}', title: '${title}', value: '${value}' }] }],
      },
    ],
  },
  {
    type: 'Container',
    $when: when('choices'),
    items: [
      {
        type: 'Container',
        $data: '${choices}',
        spacing: 'Medium',
        items: [
          {
            type: 'ColumnSet',
            columns: [
              {
                type: 'Column',
                width: 'stretch',
                verticalContentAlignment: 'Center',
                items: [{ type: 'TextBlock', text: '${label}', weight: 'Bolder', wrap: true }],
              },
              { type: 'Column', width: 'auto', verticalContentAlignment: 'Center', items: [choose] },
            ],
          },
          // Often an address, which needs the whole width.
          { ...small('${detail}'), spacing: 'None', $when: "${detail != ''}" },
        ],
      },
      { ...small('${hidden}'), $when: "${hidden != ''}" },
    ],
  },
  {
    type: 'Container',
    $when: when('readings'),
    items: [{ type: 'TextBlock', $data: '${lines}', text: '${$data}', wrap: true, spacing: 'Small' }, readAs],
  },
];
