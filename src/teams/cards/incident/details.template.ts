// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of the card templating library.
import { execute } from './form-parts.template.ts';
import { pieces, subtle, userLines } from './parts.template.ts';

const heading = (text: string) => ({
  type: 'TextBlock',
  text,
  weight: 'Bolder',
  wrap: true,
  spacing: 'Medium',
});

/** One sentence with its time before it. */
const dated = (list: string) => ({
  type: 'RichTextBlock',
  $data: `\${${list}}`,
  spacing: 'Small',
  inlines: [
    { type: 'TextRun', text: '${at} ', weight: 'Bolder', size: 'Small' },
    { type: 'TextRun', text: '${what}', size: 'Small' },
  ],
});

const facts = (list: string) => ({
  type: 'FactSet',
  spacing: 'Small',
  facts: [{ $data: `\${${list}}`, title: '${title}', value: '${value}' }],
});

const more = (text: string) => ({ ...subtle(`\${${text}}`), $when: `\${${text} != ''}`, spacing: 'Small' });

/** A heading and what belongs to it, where the list has anything in it. */
const section = (title: string, list: string, ...items: object[]) => ({
  type: 'Container',
  spacing: 'Small',
  $when: `\${count(${list}) > 0}`,
  items: [heading(title), ...items],
});

/** What one looks up, and nobody needs to decide: it opens below the buttons. */
export const DETAILS: object = {
  type: 'Action.ShowCard',
  title: 'Details',
  card: {
    type: 'AdaptiveCard',
    version: '1.5',
    body: [
      pieces('causeBehind'),
      ...userLines('behind'),
      { type: 'Container', spacing: 'Small', items: [heading('Checks'), facts('checked')] },
      section('Evidence', 'story', dated('story'), more('moreStory')),
      section('If it isn’t restored', 'deadlines', facts('deadlines')),
      {
        type: 'Container',
        $when: "${forUsers != ''}",
        spacing: 'Small',
        items: [
          heading('Text for the users, to copy'),
          { type: 'TextBlock', text: '${forUsers}', wrap: true, size: 'Small', spacing: 'Small' },
        ],
      },
      section('Activity', 'log', more('earlierLog'), dated('log')),
      section('Ids, and times in UTC', 'ids', facts('ids')),
      pieces('links'),
    ],
    actions: [execute('Support case', 'support-case')],
  },
};
