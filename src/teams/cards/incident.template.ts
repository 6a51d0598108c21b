// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of the card templating library.
import { INCIDENT_ACTIONS } from './incident-actions.template.ts';
import { planTable } from './plan-table.template.ts';
import type { CardTemplate } from './render.ts';

const subtle = (text: string) => ({
  type: 'TextBlock',
  text,
  isSubtle: true,
  size: 'Small',
  wrap: true,
  spacing: 'None',
});
const heading = (text: string) => ({ type: 'TextBlock', text, weight: 'Bolder', wrap: true });

/** One sentence with its time before it. */
const dated = (list: string) => ({
  type: 'ColumnSet',
  $data: `\${${list}}`,
  spacing: 'Small',
  columns: [
    {
      type: 'Column',
      width: '90px',
      items: [{ type: 'TextBlock', text: '${at}', isSubtle: true, size: 'Small', wrap: true }],
    },
    {
      type: 'Column',
      width: 'stretch',
      items: [{ type: 'TextBlock', text: '${what}', size: 'Small', wrap: true }],
    },
  ],
});

const more = (text: string) => ({ ...subtle(`\${${text}}`), $when: `\${${text} != ''}`, spacing: 'Small' });

const user = (list: string) => ({
  type: 'ColumnSet',
  $data: `\${${list}}`,
  spacing: 'Small',
  columns: [
    {
      type: 'Column',
      width: 'stretch',
      items: [
        { type: 'TextBlock', text: '${name}', wrap: true },
        { ...subtle('${userPrincipalName}'), $when: "${userPrincipalName != ''}" },
        { ...subtle('${had}'), $when: "${had != ''}" },
        { ...subtle('${note}'), $when: "${note != ''}", color: 'Attention', isSubtle: false },
      ],
    },
    {
      type: 'Column',
      width: 'auto',
      $when: "${state != ''}",
      items: [
        {
          type: 'TextBlock',
          text: '${state}',
          color: '${color}',
          size: 'Small',
          wrap: true,
          horizontalAlignment: 'Right',
        },
      ],
    },
  ],
});

const facts = (list: string) => ({
  type: 'FactSet',
  spacing: 'Small',
  facts: [{ $data: `\${${list}}`, title: '${title}', value: '${value}' }],
});

/** A heading and what belongs to it, where the list has anything in it. */
const section = (title: string, list: string, ...items: object[]) => ({
  type: 'Container',
  spacing: 'Medium',
  separator: true,
  $when: `\${count(${list}) > 0}`,
  items: [heading(title), ...items],
});

/** The card of one incident. Its data is `IncidentCardData`. */
export const INCIDENT_TEMPLATE: CardTemplate = {
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
        {
          type: 'TextBlock',
          text: '${kicker}',
          size: 'Small',
          weight: 'Bolder',
          color: '${kickerColor}',
          wrap: true,
        },
        {
          type: 'TextBlock',
          text: '${title}',
          size: 'Large',
          weight: 'Bolder',
          wrap: true,
          spacing: 'Small',
          style: 'heading',
        },
        { type: 'TextBlock', text: '${when}', isSubtle: true, wrap: true, spacing: 'Small' },
      ],
    },
    { type: 'TextBlock', $when: "${mention != ''}", text: '${mention}', wrap: true },
    {
      type: 'TextBlock',
      $when: "${notice != ''}",
      text: '${notice}',
      weight: 'Bolder',
      color: 'Attention',
      wrap: true,
    },
    {
      type: 'Container',
      $when: "${progress != ''}",
      style: '${progressStyle}',
      items: [
        { type: 'TextBlock', text: '${progress}', weight: 'Bolder', wrap: true },
        { ...subtle('${progressDetail}'), $when: "${progressDetail != ''}" },
      ],
    },
    {
      type: 'Container',
      $when: "${request.title != ''}",
      style: 'warning',
      items: [
        { type: 'TextBlock', text: '${request.title}', weight: 'Bolder', wrap: true },
        { type: 'TextBlock', text: '${request.asked}', wrap: true, spacing: 'Small' },
        subtle('${request.waits}'),
        planTable('request.plan', 'request-plan'),
      ],
    },
    {
      type: 'Container',
      spacing: 'Medium',
      items: [
        { type: 'TextBlock', text: '${cause}', wrap: true },
        {
          type: 'TextBlock',
          $when: "${certainty != ''}",
          text: '${certainty}',
          size: 'Small',
          weight: 'Bolder',
          color: '${certaintyColor}',
          wrap: true,
          spacing: 'Small',
        },
        dated('story'),
        more('moreStory'),
      ],
    },
    {
      type: 'Container',
      spacing: 'Medium',
      separator: true,
      $when: '${hasUsers}',
      items: [
        heading('${usersTitle}'),
        { ...subtle('${sharedHad}'), $when: "${sharedHad != ''}" },
        user('users'),
        {
          type: 'ActionSet',
          $when: '${count(foldedUsers) > 0}',
          spacing: 'Small',
          actions: [
            { type: 'Action.ToggleVisibility', title: '${foldedTitle}', targetElements: ['folded-users'] },
          ],
        },
        {
          type: 'Container',
          id: 'folded-users',
          isVisible: false,
          $when: '${count(foldedUsers) > 0}',
          items: [user('foldedUsers')],
        },
        more('unlisted'),
        more('others'),
      ],
    },
    section('Now for the users', 'advice', {
      type: 'TextBlock',
      $data: '${advice}',
      text: '${$data}',
      wrap: true,
    }),
    section('While the license is gone', 'deadlines', facts('deadlines')),
    {
      type: 'Container',
      spacing: 'Medium',
      separator: true,
      items: [heading('What was checked'), facts('checked')],
    },
    section('Who did what', 'log', more('earlierLog'), dated('log')),
    {
      type: 'Container',
      id: 'details',
      isVisible: false,
      style: 'emphasis',
      spacing: 'Medium',
      items: [heading('Details'), facts('details')],
    },
    { ...subtle('${limit}'), $when: "${limit != ''}", spacing: 'Medium' },
  ],
  actions: INCIDENT_ACTIONS,
};
