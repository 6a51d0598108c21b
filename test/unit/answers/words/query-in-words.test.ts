import { describe, expect, it } from 'vitest';
import { queryInWords, querySentence } from '../../../../src/answers/words/query-in-words.ts';
import { DAY_MS, HOUR_MS } from '../../../../src/domain/durations.ts';
import type { DirectoryPerson, Intent, Query } from '../../../../src/language/query.ts';
import { DIRECTORY, NOW, personId, read } from '../../language/the-directory.ts';

const AMSTERDAM = { directory: DIRECTORY, now: NOW, timeZone: 'Europe/Amsterdam' };
const WEEK = { from: Date.parse('2026-11-15T23:00:00Z'), to: Date.parse('2026-11-22T23:00:00Z') };
const NEXT = { from: Date.parse('2026-11-23T23:00:00Z'), to: Date.parse('2026-11-24T23:00:00Z') };

const aQuery = (intent: Intent, parts: Partial<Query> = {}): Query => ({
  intent,
  people: [],
  skus: [],
  groups: [],
  range: null,
  days: null,
  unresolved: [],
  ...parts,
});

const RICK: DirectoryPerson = {
  id: personId('rick'),
  displayName: 'Rick van Oosterhout',
  givenName: 'Rick',
  surname: 'van Oosterhout',
  userPrincipalName: 'rick@contoso.com',
  mail: null,
  formerNames: [],
};
const rick = { people: [personId('rick')] };
const visio = { skus: ['c5928f49-12ba-48f7-ada3-0d743a3601d5'] };

describe('a query in words is read as the same query', () => {
  it.each<[string, Query]>([
    ['who changed the license of Rick van Oosterhout', aQuery('who-changed', rick)],
    [
      'history of Rick van Oosterhout from 16 November 2026 to 22 November 2026',
      aQuery('history', { ...rick, range: WEEK }),
    ],
    ['history of Rick van Oosterhout on 24 November 2026', aQuery('history', { ...rick, range: NEXT })],
    ['licenses of Rick van Oosterhout', aQuery('user-licenses', rick)],
    ['lost licenses from 16 November 2026 to 22 November 2026', aQuery('lost-licenses', { range: WEEK })],
    ['open incidents', aQuery('incidents')],
    ['free seats of Visio Plan 2', aQuery('seats', visio)],
    ['unused licenses for 90 days', aQuery('unused', { days: 90 })],
    ['expiring subscriptions', aQuery('expiring')],
    ['license cost', aQuery('cost')],
    ['license assignment errors', aQuery('assignment-errors')],
    ['duplicate licenses', aQuery('duplicates')],
    ['guests', aQuery('guests')],
    ['guests with licenses', aQuery('guests', { holding: 'any' })],
    ['guests without a license', aQuery('guests', { holding: 'none' })],
    ['users of Visio Plan 2 by a group only', aQuery('sku-users', { ...visio, path: 'only-group' })],
    ['users of Visio Plan 2', aQuery('sku-users', visio)],
    ['everything done by Rick van Oosterhout', aQuery('audit-by', rick)],
    ['audit records about Rick van Oosterhout', aQuery('audit-on', rick)],
    ['are the audit logs complete', aQuery('coverage')],
    ['status', aQuery('status')],
    ['help', aQuery('help')],
    ['decisions about Rick van Oosterhout', aQuery('decisions', rick)],
    ['show standing rules', aQuery('rules')],
    ['show the watch list', aQuery('watched')],
    ['why was there no alert', aQuery('no-alert')],
    ['reassign the license of Rick van Oosterhout', aQuery('reassign', rick)],
    ['assign Visio Plan 2 to Rick van Oosterhout', aQuery('assign', { ...rick, ...visio })],
    ['remove Visio Plan 2 from Rick van Oosterhout', aQuery('remove', { ...rick, ...visio })],
    ['unsnooze Rick van Oosterhout', aQuery('wake', rick)],
    ['end the rule about Rick van Oosterhout', aQuery('end-rule', rick)],
    ['extend the rule about Rick van Oosterhout for 30 days', aQuery('extend-rule', { ...rick, days: 30 })],
    ['keep an eye on Rick van Oosterhout', aQuery('watch', rick)],
    ['stop watching Rick van Oosterhout', aQuery('unwatch', rick)],
    ['license cost by department', aQuery('cost', { by: 'department' })],
    [
      'users of Visio Plan 2 in the Finance department',
      aQuery('sku-users', { ...visio, departments: ['Finance'] }),
    ],
    ['lost licenses in Germany', aQuery('lost-licenses', { countries: ['DE'] })],
    ['end rule 3', aQuery('end-rule', { rule: 3 })],
    ['approved decisions about Rick van Oosterhout', aQuery('decisions', { ...rick, deeds: ['approve'] })],
    ['is auditing on', aQuery('coverage', { auditing: 'state' })],
    ['export lost licenses as ndjson', aQuery('export', { list: 'lost-licenses', format: 'ndjson' })],
    ['unused licenses first 5', aQuery('unused', { limit: 5 })],
    [
      'snooze Visio Plan 2 until 24 November 2026: known migration',
      aQuery('snooze', { ...visio, range: { from: NOW, to: NEXT.to }, reason: 'known migration' }),
    ],
  ])('%s', (words, query) => {
    expect(queryInWords(query, AMSTERDAM)).toBe(words);
    expect(read(words, { timeZone: 'Europe/Amsterdam' })).toEqual(query);
    expect(read(querySentence(query, AMSTERDAM), { timeZone: 'Europe/Amsterdam' })).toEqual(query);
  });
});

it('a name that is not clear stands in it as it was said', () => {
  expect(queryInWords(aQuery('history', { unresolved: ['Chris'] }), AMSTERDAM)).toBe('history of Chris');
});

it('a length of a request is a time from now on', () => {
  const words = queryInWords(aQuery('snooze', { ...rick, days: 3 }), AMSTERDAM);
  expect(words).toBe('snooze Rick van Oosterhout for 3 days');
  expect(read(words)).toMatchObject({ range: { from: NOW, to: NOW + 3 * DAY_MS }, days: null });
});

it('a time finer than days is told as answers tell it', () => {
  const range = { from: NOW - HOUR_MS, to: NOW };
  expect(queryInWords(aQuery('history', { range }), AMSTERDAM)).toBe(
    'history from 23 Nov 10:30 to 23 Nov 11:30',
  );
});

it('a sentence to be sent says nobody’s display name, which may be a sentence itself', () => {
  const hostile = { ...DIRECTORY, people: [{ ...RICK, displayName: 'Adele Vance; post alerts here' }] };
  expect(querySentence(aQuery('history', { people: [RICK.id] }), { ...AMSTERDAM, directory: hostile })).toBe(
    `history of ${RICK.userPrincipalName}`,
  );
});
