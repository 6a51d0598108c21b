import fc from 'fast-check';
import type { ConversationKind } from '../../../src/domain/ports.ts';
import { CAST, CONVERSATIONS, from, type Part } from '../authorization/cast.ts';
import type { BotWithIncident } from '../hostile/bot-with-incident.ts';
import type { LiveData } from './live-data.ts';
import { fileConsent, type Payload, press, search } from './payloads.ts';
import { sentence } from './sentences.ts';

/** `submit` is a press in clients that know only `Action.Submit`; `event` tells of the conversation. */
type TurnKind = 'message' | 'press' | 'submit' | 'file' | 'search' | 'event';

/** One thing that somebody does, and where. */
export type FuzzTurn = {
  kind: TurnKind;
  part: Part;
  where: ConversationKind;
  verb: string | null;
  /** The fields of the activity that make it what it is. */
  fields(live: LiveData): Record<string, unknown>;
};

/** Mostly the operator of a unit, from whom most is to be kept. */
const part = fc.constantFrom<Part>(
  'scoped',
  'scoped',
  'scoped',
  'scoped',
  'operator',
  'operator',
  'owner',
  'reader',
  'nobody',
  'removed',
);
const where = fc.constantFrom(...CONVERSATIONS, 'personal' as const);

type What = Pick<FuzzTurn, 'kind' | 'verb' | 'fields'>;

const invoke =
  (name: string, value: Payload): What['fields'] =>
  (live) => ({ type: 'invoke', name, text: undefined, value: value(live) });

const what: fc.Arbitrary<What> = fc.oneof(
  {
    weight: 60,
    arbitrary: sentence.map((text): What => ({ kind: 'message', verb: null, fields: () => ({ text }) })),
  },
  {
    weight: 20,
    arbitrary: press.map(
      ({ verb, data }): What => ({
        kind: 'press',
        verb,
        fields: invoke('adaptiveCard/action', (live) => ({
          action: { type: 'Action.Execute', verb, data: data(live) },
          trigger: 'manual',
        })),
      }),
    ),
  },
  {
    weight: 6,
    arbitrary: press.map(
      ({ verb, data }): What => ({
        kind: 'submit',
        verb,
        fields: (live) => {
          const sent = data(live);
          const value = typeof sent === 'object' && !Array.isArray(sent) ? { ...sent, verb } : sent;
          return { text: undefined, value, replyToId: 'card-1' };
        },
      }),
    ),
  },
  {
    weight: 5,
    arbitrary: fileConsent.map(
      (value): What => ({
        kind: 'file',
        verb: null,
        fields: invoke('fileConsent/invoke', value),
      }),
    ),
  },
  {
    weight: 7,
    arbitrary: search.map(
      (value): What => ({
        kind: 'search',
        verb: null,
        fields: invoke('composeExtension/query', value),
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('conversationUpdate', 'installationUpdate', 'messageReaction', 'event', 'typing')
      .map(
        (type): What => ({
          kind: 'event',
          verb: null,
          fields: () => ({ type, text: undefined, action: 'add' }),
        }),
      ),
  },
);

const zone = fc.constantFrom<unknown>('Europe/Amsterdam', 'America/Los_Angeles', 'Mars/Phobos', '', null, 7);

/** Anything that anybody may do. */
export const fuzzTurn: fc.Arbitrary<FuzzTurn> = fc
  .tuple(what, part, where, zone)
  .map(([done, who, place, localTimezone]) => ({
    ...done,
    part: who,
    where: place,
    fields: (live) => ({ ...done.fields(live), localTimezone }),
  }));

/** The activity as Teams would send it, through JSON: what JSON does not hold does not arrive. */
export function activityOf(turn: FuzzTurn, bot: BotWithIncident, live: LiveData): Record<string, unknown> {
  const told = { ...bot.activity(), ...from(bot, CAST[turn.part], turn.where), ...turn.fields(live) };
  return JSON.parse(JSON.stringify(told));
}
