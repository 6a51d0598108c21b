import fc from 'fast-check';
import { INTENT_NAMES } from '../../../src/language/facts.ts';
import { CARD_ACTIONS } from '../../../src/teams/card-actions/index.ts';
import { FIND_PERSON } from '../../../src/teams/message-extension/commands.ts';
import { hostileText } from '../hostile/hostile-texts.ts';
import type { LiveData } from './live-data.ts';
import { sentence } from './sentences.ts';

/** What an invoke carries; what works in it is known only when it is sent. */
export type Payload = (live: LiveData) => unknown;

const VERBS = CARD_ACTIONS.map(({ verb }) => verb);
const FORGED_VERBS = ['', '__proto__', 'constructor', 'REASSIGN', 'view ', 'x'.repeat(5_000)];

const verb: fc.Arbitrary<string> = fc.oneof(
  { weight: 30, arbitrary: fc.constantFrom(...VERBS) },
  { weight: 1, arbitrary: fc.constantFrom(...FORGED_VERBS) },
  { weight: 1, arbitrary: hostileText },
);

const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1e308, 8.64e15, '', [], {}, { $ne: null }, '../', ',,,'),
  hostileText,
  fc.uuid(),
  fc.jsonValue({ maxDepth: 3 }),
  fc.array(fc.uuid(), { maxLength: 60 }).map((ids) => ids.join(',')),
  fc.constant('user-1,'.repeat(1_200)),
  fc.constant('x'.repeat(100_000)),
  fc.constant({ toString: 'x', role: 'owner' }),
);

const FIELDS = [
  'incidentId',
  'open',
  'who',
  'users',
  'directUsers',
  'way',
  'plan',
  'products',
  'services',
  'group',
  'second',
  'decisionId',
  'requestId',
  'approveWhy',
  'approveReason',
  'ruleFor',
  'ruleId',
  'until',
  'about',
  'kind',
  'subjectKind',
  'subjectId',
  'silenceId',
  'length',
  'move',
  'snoozeReason',
  'ask',
  'page',
  'query',
  'intent',
  'people',
  'range',
  'format',
  'role',
  'aadObjectId',
] as const;

/** Fields with other values than a card would send; mostly none. */
const forged = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  { weight: 3, arbitrary: fc.dictionary(fc.constantFrom(...FIELDS), junk, { maxKeys: 3 }) },
  { weight: 1, arbitrary: fc.record({ ask: sentence }) },
  { weight: 1, arbitrary: fc.record({ ask: sentence, intent: fc.constantFrom(...INTENT_NAMES) }) },
  { weight: 1, arbitrary: fc.record({ ask: sentence, page: fc.integer({ min: 1, max: 30 }) }) },
);

/** A press: mostly what the button would send, with some of it forged; or something else altogether. */
export const press: fc.Arbitrary<{ verb: string; data: Payload }> = fc
  .tuple(verb, fc.constantFrom(...VERBS), fc.integer({ min: 0, max: 9 }), forged, junk, fc.nat(99))
  .map(([pressed, other, how, fields, anything, choice]) => ({
    verb: pressed,
    data: (live) => {
      if (how === 0) return anything;
      return { ...live.of(how === 1 ? other : pressed, choice), ...fields };
    },
  }));

const address = fc.oneof(
  fc.webUrl(),
  fc.constantFrom('', 'file:///etc/passwd', 'https://contoso/x'),
  hostileText,
);

const upload = fc.oneof(
  { weight: 1, arbitrary: junk },
  {
    weight: 3,
    arbitrary: fc.record({
      uploadUrl: address,
      contentUrl: address,
      name: fc.constantFrom('list.csv', '../../list.csv'),
      uniqueId: fc.uuid(),
      fileType: fc.constant('csv'),
    }),
  },
);

/** The answer to the offer of a file: to one that there is, of whomever, or to none. */
export const fileConsent: fc.Arbitrary<Payload> = fc
  .tuple(fc.constantFrom<unknown>('accept', 'accept', 'decline', 'delete', null), fc.nat(3), junk, upload)
  .map(([action, how, anything, uploadInfo]) => (live) => ({
    type: 'fileUpload',
    action,
    context: how === 0 ? anything : { fileId: live.lastOffer() },
    uploadInfo,
  }));

const { id, parameter } = FIND_PERSON;

/** A search from the compose box. */
export const search: fc.Arbitrary<Payload> = fc
  .tuple(
    fc.constantFrom<unknown>(id, id, id, id, 'another', null),
    fc.constantFrom<unknown>(parameter.name, parameter.name, parameter.name, 'initialRun', 7),
    fc.oneof({ weight: 4, arbitrary: sentence }, { weight: 1, arbitrary: junk }),
    fc.oneof({ weight: 8, arbitrary: fc.constant({ skip: 0, count: 25 }) }, { weight: 1, arbitrary: junk }),
  )
  .map(([commandId, name, value, queryOptions]) => () => ({
    commandId,
    parameters: [{ name, value }],
    queryOptions,
  }));
