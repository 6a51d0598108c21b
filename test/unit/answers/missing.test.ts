import { describe, expect, it } from 'vitest';
import { askForMissing } from '../../../src/answers/missing.ts';
import { factsOf, INTENT_NAMES, type Intent } from '../../../src/language/facts.ts';
import type { Query } from '../../../src/language/query.ts';
import { EMPTY_QUERY } from '../../../src/language/sentence/read-sentence.ts';

const query = (intent: Intent, said: Partial<Query> = {}): Query => ({ ...EMPTY_QUERY, intent, ...said });
const RICK = { people: ['rick'] };
const VISIO = { skus: ['visio'] };
const SALES = { groups: ['all-sales'] };

describe('what a sentence does not say and its answer cannot do without', () => {
  it.each<[Intent, Partial<Query>, string]>([
    ['user-licenses', {}, 'Whose licenses? Name a person, for example “licenses of Adele Vance”.'],
    ['sku-users', {}, 'Which product? For example “who has Visio”.'],
    ['assign', RICK, 'Which product? For example: “assign Visio to Lee Gu”.'],
    ['assign', VISIO, 'Who? For example: “assign Visio to Lee Gu”.'],
    ['remove', {}, 'Who, and which product? For example: “remove Visio from Lee Gu”.'],
    [
      'swap',
      RICK,
      'From which product to which? For example: “move Lee Gu from Microsoft 365 E3 to Microsoft 365 E5”.',
    ],
    ['watch', {}, 'Who? Name a person or a group, for example “keep an eye on Adele Vance”.'],
  ])('is asked for: %s %j', (intent, said, question) => {
    expect(askForMissing(query(intent, said))).toMatchObject({ intent, lead: question, request: null });
  });

  it.each<[Intent, Partial<Query>]>([
    ['user-licenses', RICK],
    ['sku-users', VISIO],
    ['assign', { ...RICK, ...VISIO }],
    ['assign', { ...RICK, ...SALES }],
    ['remove', { ...SALES, ...VISIO }],
    ['swap', { ...RICK, ...VISIO }],
    ['unwatch', SALES],
  ])('is not asked for where it is said: %s %j', (intent, said) => {
    expect(askForMissing(query(intent, said))).toBeNull();
  });

  it('is what the table of intents says, and nothing else', () => {
    const asking = INTENT_NAMES.filter((intent) => askForMissing(query(intent)) !== null);
    expect(asking).toEqual(INTENT_NAMES.filter((intent) => factsOf(intent).needs.length > 0));
  });
});
