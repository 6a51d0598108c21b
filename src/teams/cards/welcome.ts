import { isAtLeast, type Role } from '../../domain/access/access.ts';
import { markdownText } from './escape-text.ts';
import { type AdaptiveCard, renderCard } from './render.ts';
import { WELCOME_TEMPLATE } from './welcome.template.ts';

/** A command as people see it, and the role that it takes. */
export type CommandText = {
  title: string;
  description: string;
  example: string;
  role: Exclude<Role, 'none'>;
};

/** The data of `welcome.template.ts`. Texts are escaped; an empty text leaves its place out. */
export type WelcomeCardData = {
  title: string;
  intro: string;
  alerts: string;
  /** The three things to do first; none in help. */
  buttons: { title: string; verb: string; data: object; submitted: object }[];
  commands: CommandLine[];
  /** What “More” shows; no button when it is empty. */
  more: CommandLine[];
  hasMore: boolean;
};

type CommandLine = { example: string; description: string };

/** How many commands stand on the card before “More”. */
const SHOWN = 5;

/** Where alerts go now: the name of the channel, null while there is none. */
export type AlertPlace = { alertsIn: string | null; alertsHere: boolean };

/** What the greeting knows of the settings: where alerts go, and whether somebody is an owner. */
export type Greeted = AlertPlace & { isOwned: boolean };

const first = (title: string, verb: string, data: object = {}): WelcomeCardData['buttons'][number] => ({
  title,
  verb,
  data,
  submitted: { verb, ...data },
});

/** What to do first, in this order. The whole check is for owners: while there is none, the status is asked for. */
const firstThings = (isOwned: boolean): WelcomeCardData['buttons'] => [
  first('Choose the channel', 'choose-channel'),
  first('Choose who may decide', 'choose-deciders'),
  first('Run a check', 'ask', isOwned ? { ask: 'doctor', intent: 'doctor' } : { ask: 'status' }),
];

/** The greeting in a conversation in which the bot was just installed. */
export const welcomeCard = (commands: readonly CommandText[], { isOwned, ...place }: Greeted): AdaptiveCard =>
  card(commands, {
    title: 'Hi, I’m License Watch',
    intro:
      'I notice every change of a Microsoft 365 license, find out who made it and why, alert the admin channel once, and restore what was lost with one press.',
    alerts: alertsText(place),
    buttons: firstThings(isOwned),
  });

/** What somebody with this role can ask, by example: what they may not do is no help to them. */
export const helpCard = (commands: readonly CommandText[], role: Role): AdaptiveCard =>
  card(
    commands.filter((command) => isAtLeast(role, command.role)),
    {
      title: 'What you can ask me',
      intro:
        'Ask in plain words, here or in a channel with @License Watch. Use your own names, products and dates.',
      alerts: '',
      buttons: [],
    },
  );

function card(
  commands: readonly CommandText[],
  texts: Omit<WelcomeCardData, 'commands' | 'more' | 'hasMore'>,
): AdaptiveCard {
  const lines = commands.map(({ example, description }) => ({
    example: markdownText(example),
    description: markdownText(description),
  }));
  const more = lines.slice(SHOWN);
  const data: WelcomeCardData = { ...texts, commands: lines.slice(0, SHOWN), more, hasMore: more.length > 0 };
  return renderCard(WELCOME_TEMPLATE, data);
}

function alertsText({ alertsIn, alertsHere }: AlertPlace): string {
  if (alertsHere) return 'License alerts are posted in this channel.';
  if (alertsIn !== null) {
    return `License alerts are posted in ${markdownText(alertsIn, 200)}. To have them elsewhere, write there: @License Watch post alerts in this channel.`;
  }
  return 'License alerts have no channel yet. Add me to a team and write in the channel: @License Watch post alerts in this channel.';
}
