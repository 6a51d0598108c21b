import { describe, expect, it } from 'vitest';
import { understand } from '../../../../src/language/conversation/understand.ts';
import { countryCode } from '../../../../src/language/details/countries.ts';
import { groupingIn } from '../../../../src/language/details/grouping.ts';
import { limitIn } from '../../../../src/language/details/limit.ts';
import { indexDirectory } from '../../../../src/language/names/directory-index.ts';
import type { Details, Query } from '../../../../src/language/query.ts';
import { DIRECTORY, NOW, told } from '../the-directory.ts';

const DEPARTMENTS = ['Finance', 'Sales', 'Marketing', 'IT', 'R&D', 'HR', 'Customer Service', 'Design'];
const directory = { ...DIRECTORY, departments: DEPARTMENTS };
const index = indexDirectory(directory);

const read = (text: string, previous: Query | null = null): Query =>
  understand(text, { directory, now: NOW, timeZone: 'UTC', asker: null, previous }, index);

const named = (ids: readonly string[]): string[] => told({ ...read(''), people: [...ids] }).people.concat();

const skusNamed = (ids: readonly string[]): string[] => told({ ...read(''), skus: [...ids] }).skus;

describe('departments and countries', () => {
  it.each<[string, string[], string[]]>([
    ['who in Finance has E3', ['Finance'], []],
    ['who in finance has E3', ['Finance'], []],
    ['who lost a license in the Sales department', ['Sales'], []],
    ['Marketing users without E3', ['Marketing'], []],
    ['who in IT has Visio', ['IT'], []],
    ['who has it', [], []],
    ['who in customer service has E3', ['Customer Service'], []],
    ['who has E3 in R&D', ['R&D'], []],
    ['wer hat E3 in der Abteilung Vertrieb', ['Sales'], []],
    ['Benutzer ohne Lizenz im Vertrieb', ['Sales'], []],
    ['usuarios sin licencia en ventas', ['Sales'], []],
    ['gebruikers zonder licentie in verkoop', ['Sales'], []],
    ['wer hat E3 im Einkauf', ['Einkauf'], []],
    ['who has E3 in All Sales', [], []],
    ['who has E3 in All Logistics', ['All Logistics'], []],
    ['who in the Berlin office lost a license', ['Berlin'], []],
    ['who has E3 in Logistics', ['Logistics'], []],
    ['who in Germany has E3', [], ['DE']],
    ['wer hat in Deutschland E3 verloren', [], ['DE']],
    ['wie in Nederland heeft E3', [], ['NL']],
    ['qui a E3 en Belgique', [], ['BE']],
    ['quien tiene E3 en España', [], ['ES']],
    ['users in the UK with E5', [], ['GB']],
    ['unused licenses of HR people in the United States', ['HR'], ['US']],
    ['who has E3', [], []],
    ['who lost E3 in November', [], []],
    ['what changed in the last week', [], []],
    ['licenses in error', [], []],
    ['cost by department', [], []],
    ['the whole department', [], []],
  ])('%s', (text, departments, countries) => {
    const query = read(text);
    expect([query.departments ?? [], query.countries ?? []]).toEqual([departments, countries]);
    expect(query.unresolved).toEqual([]);
    expect(query.people).toEqual([]);
  });

  it('are no name that nobody knows', () => {
    expect(read('who changed licenses in Finance')).toMatchObject({
      departments: ['Finance'],
      unresolved: [],
    });
    expect(read('licenses of Frobnia')).toMatchObject({ unresolved: ['Frobnia'] });
  });

  it.each([
    ['germany', 'DE'],
    ['deutschland', 'DE'],
    ['pays bas', 'NL'],
    ['vereinigte staaten', 'US'],
    ['holland', 'NL'],
    ['east germany', undefined],
    ['europe', undefined],
    ['e3', undefined],
  ])('country code of %s', (name, code) => {
    expect(countryCode(name)).toBe(code);
  });
});

describe('service plans', () => {
  it.each<[string, string[]]>([
    ['does Rick have Exchange', ['Exchange Online']],
    ['turn off Sway for Rick', ['Sway']],
    ['who has yammer', ['Viva Engage']],
    ['is Teams on for Adele', ['Teams']],
    ['has Adele got intune', ['Intune']],
    ['hat Rick Planner', ['Planner']],
    ['disable To Do and bookings for Rick', ['To Do', 'Bookings']],
    ['what am I to do', []],
    ['which of our teams cost most', []],
    ['post alerts in Teams', []],
    ['who has Visio', []],
  ])('%s', (text, plans) => {
    const query = read(text);
    expect(query.plans ?? []).toEqual(plans);
    expect(query.unresolved).toEqual([]);
  });

  it('are none where the tenant has a product of that name, or a longer one is said', () => {
    const [visio] = DIRECTORY.skus;
    if (!visio) throw new Error('no products');
    const skus = [
      ...DIRECTORY.skus,
      { ...visio, skuId: 'planner', partNumber: 'PLANNER', displayName: 'Planner' },
    ];
    const context = { directory: { ...directory, skus }, now: NOW, timeZone: 'UTC', asker: null };
    const query = understand('who has Planner', context);
    expect([query.skus, query.plans]).toEqual([['planner'], undefined]);
    expect(read('who has Teams Premium')).toMatchObject({ unresolved: ['Teams Premium'] });
  });
});

describe('what is left out', () => {
  it.each<[string, Partial<Record<'people' | 'skus' | 'departments', string[]>>, string[], string[]]>([
    ['who has E3 but not E5', { skus: ['SPE_E5'] }, [], ['ENTERPRISEPACK', 'SPE_E3']],
    ['wer hat E3 aber nicht E5', { skus: ['SPE_E5'] }, [], ['ENTERPRISEPACK', 'SPE_E3']],
    ['who has E3 and not Visio', { skus: ['VISIOCLIENT'] }, [], ['ENTERPRISEPACK', 'SPE_E3']],
    ["who has E3 but doesn't have Visio", { skus: ['VISIOCLIENT'] }, [], ['ENTERPRISEPACK', 'SPE_E3']],
    ['who lost a license this month except Rick', { people: ['rick'] }, [], []],
    ['remove Visio from Adele but not Rick', { people: ['rick'] }, ['adelev'], ['VISIOCLIENT']],
    ['assign Visio to Adele, except Rick', { people: ['rick'] }, ['adelev'], ['VISIOCLIENT']],
    ['who has E3, excluding Sales', { departments: ['Sales'] }, [], ['ENTERPRISEPACK', 'SPE_E3']],
    ['qui a Visio sauf Rick', { people: ['rick'] }, [], ['VISIOCLIENT']],
    ['wie heeft Visio behalve Rick', { people: ['rick'] }, [], ['VISIOCLIENT']],
    ['quien tiene Visio excepto Rick', { people: ['rick'] }, [], ['VISIOCLIENT']],
    ['who has Visio but is not in Sales', { departments: ['Sales'] }, [], ['VISIOCLIENT']],
  ])('%s', (text, left, people, skus) => {
    const query = read(text);
    const { except } = query;
    expect({
      people: named(except?.people ?? []),
      skus: skusNamed(except?.skus ?? []),
      departments: except?.departments,
    }).toEqual({ people: [], skus: [], departments: [], ...left });
    expect([named(query.people), skusNamed(query.skus)]).toEqual([people, skus]);
  });

  it.each([
    'who does not have E3',
    'why does Rick have no Visio',
    'users without Visio',
    'who did not sign in',
  ])('is nothing in “%s”', (text) => {
    expect(read(text).except).toBeUndefined();
  });
});

describe('the rest of what is said', () => {
  it.each<[string, Partial<Details>]>([
    ['license cost by department', { by: 'department' }],
    ['Lizenzkosten pro Abteilung', { by: 'department' }],
    ['kosten per afdeling', { by: 'department' }],
    ['coste por departamento', { by: 'department' }],
    ['cost per product', { by: 'product' }],
    ['export lost licenses last month', { list: 'lost-licenses' }],
    ['export who has Visio as ndjson', { list: 'sku-users', format: 'ndjson' }],
    ['export free seats as csv', { list: 'seats', format: 'csv' }],
    ['exportiere verlorene Lizenzen', { list: 'lost-licenses' }],
    ['end rule 3', { rule: 3 }],
    ['extend rule 2 until 1 March', { rule: 2 }],
    ['who approved it this week', { deeds: ['approve'] }],
    ['is auditing on', { auditing: 'state' }],
    ['how can I turn on the unified audit log', { auditing: 'how-to' }],
    ['how long does Microsoft keep the audit log', { auditing: 'retention' }],
    ['snooze Visio until Friday: known migration', { reason: 'known migration' }],
    ['the last 5 changes', { limit: 5 }],
  ])('%s', (text, details) => {
    expect(read(text)).toMatchObject(details);
  });

  it('is absent where it is not said', () => {
    expect(Object.keys(read('who has Visio')).sort()).toEqual([
      'days',
      'groups',
      'intent',
      'people',
      'range',
      'skus',
      'unresolved',
    ]);
  });

  it('holds both products that somebody must have', () => {
    const { together = [] } = read('users with both E3 and Visio');
    expect(together.map(skusNamed)).toEqual([['ENTERPRISEPACK', 'SPE_E3'], ['VISIOCLIENT']]);
    expect(read('users with E3 or Visio').together).toBeUndefined();
  });

  it('goes on in a follow-up', () => {
    const before = read('license cost by department in Finance');
    expect(read('and Visio?', before)).toMatchObject({
      intent: 'cost',
      by: 'department',
      departments: ['Finance'],
    });
    expect(read('and in Sales?', before)).toMatchObject({ by: 'department', departments: ['Sales'] });
  });

  it.each<[string, string | null]>([
    ['per user', 'person'],
    ['which departments cost the most', 'department'],
    ['by company', 'company'],
    ['split by country', 'country'],
    ['by Rick', null],
    ['which people', null],
  ])('grouping in “%s”', (text, by) => {
    expect(groupingIn(text)).toBe(by);
  });

  it.each<[string, number | null]>([
    ['top 10', 10],
    ['the first 3 users', 3],
    ['last 5 days', null],
    ['the last 24 hours', null],
    ['die letzten 7 Tage', null],
    ['die letzten 5 Änderungen', 5],
    ['les 3 derniers jours', null],
    ['since the last 2 weeks', null],
    ['first 1 November', null],
    ['last', null],
  ])('limit in “%s”', (text, limit) => {
    expect(limitIn(text)).toBe(limit);
  });
});
