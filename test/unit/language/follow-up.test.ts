import { describe, expect, it } from 'vitest';
import type { Query } from '../../../src/language/query.ts';
import { read, told } from './the-directory.ts';

/** The last sentence of a conversation as it is read, after the others. */
const inConversation = (sentences: readonly string[]): Query =>
  sentences.reduce<Query>(
    (previous, text, no) => read(text, { previous: no === 0 ? null : previous }),
    read(''),
  );

const LAST_WEEK = '2026-11-16T00:00:00Z 2026-11-23T00:00:00Z';
const YESTERDAY = '2026-11-22T00:00:00Z 2026-11-23T00:00:00Z';
const E3 = ['ENTERPRISEPACK', 'SPE_E3'];

type Expected = Partial<ReturnType<typeof told>>;
type Case = [said: string[], expected: Expected];

const isRead = ([said, expected]: Case): void => {
  const got = told(inConversation(said));
  const empty = { people: [], skus: [], groups: [], range: null, days: null, unresolved: [] };
  expect(got).toEqual({ ...empty, ...expected });
};

describe('a fragment takes the previous question and the parts that it does not replace', () => {
  it.each<Case>([
    [['who lost a license today', 'and last week?'], { intent: 'lost-licenses', range: LAST_WEEK }],
    [['who lost a license today', 'last week'], { intent: 'lost-licenses', range: LAST_WEEK }],
    [['who lost a license today', 'how about yesterday'], { intent: 'lost-licenses', range: YESTERDAY }],
    [['how many E3 seats are left', 'what about E5'], { intent: 'seats', skus: ['SPE_E5'] }],
    [['how many E3 seats are left', 'and E5?'], { intent: 'seats', skus: ['SPE_E5'] }],
    [['which licenses does Rick have', 'and Adele?'], { intent: 'user-licenses', people: ['adelev'] }],
    [['which licenses does Rick have', 'same for May'], { intent: 'user-licenses', people: ['may.summers'] }],
    [['who changed Rick’s E3', 'and Adele?'], { intent: 'who-changed', people: ['adelev'], skus: E3 }],
    [
      ['who changed Rick’s license last week', 'and E5'],
      { intent: 'who-changed', people: ['rick'], skus: ['SPE_E5'], range: LAST_WEEK },
    ],
    [['unused E5 for 90 days', 'and 30 days?'], { intent: 'unused', skus: ['SPE_E5'], days: 30 }],
    [['who has Visio', 'and Copilot'], { intent: 'sku-users', skus: ['Microsoft_365_Copilot'] }],
    [['who has Visio', 'and Adele?'], { intent: 'user-licenses', people: ['adelev'], skus: ['VISIOCLIENT'] }],
    [['history of Rick', 'and Chris?'], { intent: 'history', unresolved: ['chris'] }],
    [['history of Rick', 'and Bob?'], { intent: 'history', unresolved: ['bob'] }],
    [['assign Visio to Lee Gu', 'and Rick'], { intent: 'assign', people: ['rick'], skus: ['VISIOCLIENT'] }],
    [
      ['wer hat gestern eine Lizenz verloren', 'und letzte Woche?'],
      { intent: 'lost-licenses', range: LAST_WEEK },
    ],
    [['welche Lizenzen hat Rick', 'und Adele?'], { intent: 'user-licenses', people: ['adelev'] }],
    [['wie viele E3 sind noch frei', 'und was ist mit E5'], { intent: 'seats', skus: ['SPE_E5'] }],
    [
      ['wie heeft er vandaag een licentie verloren', 'en vorige week?'],
      { intent: 'lost-licenses', range: LAST_WEEK },
    ],
    [['welke licenties heeft Rick', 'en Adele?'], { intent: 'user-licenses', people: ['adelev'] }],
    [['hoeveel E3 hebben we nog over', 'hoe zit het met E5'], { intent: 'seats', skus: ['SPE_E5'] }],
    [
      ['qui a perdu une licence hier', 'et la semaine dernière ?'],
      { intent: 'lost-licenses', range: LAST_WEEK },
    ],
    [['qué licencias tiene Rick', 'y Adele?'], { intent: 'user-licenses', people: ['adelev'] }],
  ])('%s', (...asked) => isRead(asked));
});

describe('a question about the answer is about the same people and products', () => {
  it.each<Case>([
    [['history of Adele', 'why'], { intent: 'who-changed', people: ['adelev'] }],
    [['when did Rick lose E3', 'who did that'], { intent: 'who-changed', people: ['rick'], skus: E3 }],
    [['when did Rick lose E3', 'who was it?'], { intent: 'who-changed', people: ['rick'], skus: E3 }],
    [['who removed Rick’s E3', 'when was that'], { intent: 'history', people: ['rick'], skus: E3 }],
    [['why did Rick lose E3', 'give it back'], { intent: 'reassign', people: ['rick'], skus: E3 }],
    [['why did Rick lose E3 yesterday', 'undo that'], { intent: 'reassign', people: ['rick'], skus: E3 }],
    [['history of Adele', 'export that as csv'], { intent: 'export', people: ['adelev'] }],
    [['warum hat Rick E3 verloren', 'gib sie zurück'], { intent: 'reassign', people: ['rick'], skus: E3 }],
    [['waarom is Rick zijn E3 kwijt', 'geef hem terug'], { intent: 'reassign', people: ['rick'], skus: E3 }],
    [['history of Adele', 'warum?'], { intent: 'who-changed', people: ['adelev'] }],
    [['history of Adele', 'waarom'], { intent: 'who-changed', people: ['adelev'] }],
  ])('%s', (...asked) => isRead(asked));
});

describe('a pronoun means those who were named before', () => {
  it.each<Case>([
    [['history of Rick', 'which licenses does he have'], { intent: 'user-licenses', people: ['rick'] }],
    [
      ['history of Adele', 'who changed her license yesterday'],
      { intent: 'who-changed', people: ['adelev'], range: YESTERDAY },
    ],
    [
      ['licenses of Rick and Adele', 'who removed their E5'],
      { intent: 'who-changed', people: ['adelev', 'rick'], skus: ['SPE_E5'] },
    ],
    [
      ['licenses of Adele', 'give her Visio'],
      { intent: 'assign', people: ['adelev'], skus: ['VISIOCLIENT'] },
    ],
    [
      ['how many Visio seats are left', 'assign it to Lee Gu'],
      { intent: 'assign', people: ['leeg'], skus: ['VISIOCLIENT'] },
    ],
    [['how many Visio seats are left', 'who has it'], { intent: 'sku-users', skus: ['VISIOCLIENT'] }],
    [
      ['history of Rick', 'mute him until Friday'],
      { intent: 'snooze', people: ['rick'], range: '2026-11-23T10:30:00Z 2026-11-28T00:00:00Z' },
    ],
    [['Verlauf von Adele', 'welche Lizenzen hat sie'], { intent: 'user-licenses', people: ['adelev'] }],
    [['geschiedenis van Rick', 'welke licenties heeft hij'], { intent: 'user-licenses', people: ['rick'] }],
  ])('%s', (...asked) => isRead(asked));
});

describe('"Which Chris?" is answered by a name or a place in the list, and the question goes on', () => {
  it.each<Case>([
    [
      ['who changed Chris’s license yesterday', 'Green'],
      { intent: 'who-changed', people: ['chrisg'], range: YESTERDAY },
    ],
    [['who changed Chris’s license', 'chris naidoo'], { intent: 'who-changed', people: ['chrisn'] }],
    [['who changed Chris’s license', '2'], { intent: 'who-changed', people: ['chrisn'] }],
    [['who changed Chris’s license', 'the second one'], { intent: 'who-changed', people: ['chrisn'] }],
    [['who changed Chris’s license', 'the last one'], { intent: 'who-changed', people: ['chrisn'] }],
    [['wer hat die Lizenz von Chris geändert', 'der zweite'], { intent: 'who-changed', people: ['chrisn'] }],
    [['give Chris an E5', 'Green'], { intent: 'assign', people: ['chrisg'], skus: ['SPE_E5'] }],
    [['who changed Chris’s license', '7'], { intent: 'unknown' }],
    [['who changed Bob’s license', 'Rick'], { intent: 'who-changed', people: ['rick'] }],
    [['how many Project seats are left', 'Visio'], { intent: 'seats', skus: ['VISIOCLIENT'] }],
  ])('%s', (...asked) => isRead(asked));
});

describe('a sentence that stands by itself owes nothing to the one before', () => {
  it.each<Case>([
    [['who changed Rick’s license last week', 'Adele'], { intent: 'user-licenses', people: ['adelev'] }],
    [['who changed Rick’s license last week', 'E5'], { intent: 'seats', skus: ['SPE_E5'] }],
    [
      ['who changed Rick’s license last week', 'who has Visio'],
      { intent: 'sku-users', skus: ['VISIOCLIENT'] },
    ],
    [['who changed Rick’s license last week', 'open incidents'], { intent: 'incidents' }],
    [['who changed Rick’s license last week', 'list users that lost licenses'], { intent: 'lost-licenses' }],
    [
      ['who changed Rick’s license', 'who changed Adele’s license'],
      { intent: 'who-changed', people: ['adelev'] },
    ],
    [['history of Rick', 'who are you'], { intent: 'help' }],
    [['history of Rick', 'thanks'], { intent: 'small-talk' }],
    [['history of Rick', 'is it working?'], { intent: 'status' }],
    [['help', 'and last week?'], { intent: 'unknown' }],
    [['history of Rick', 'what is the capital of France'], { intent: 'unknown' }],
  ])('%s', (...asked) => isRead(asked));
});
