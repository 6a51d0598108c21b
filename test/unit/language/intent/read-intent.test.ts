import { describe, expect, it } from 'vitest';
import { writes } from '../../../../src/language/facts.ts';
import { read } from '../the-directory.ts';

describe('what is left to rules', () => {
  it.each([
    ['help', 'help'],
    ['Hilfe', 'help'],
    ['status', 'status'],
    ['scan', 'scan'],
    ['incidents', 'incidents'],
  ])('the command “%s” is %s', (text, intent) => {
    const query = read(text);
    expect(query.intent).toBe(intent);
    expect(query.ask).toBeUndefined();
  });

  it.each(['export licenses unused for 30 days', 'exportiere alles', 'exporter les licences de Rick'])(
    'the verb at the beginning wants a file: “%s”',
    (text) => {
      const query = read(text);
      expect(query.intent).toBe('export');
      expect(query.ask).toBeUndefined();
    },
  );

  it.each([
    ['Rick', 'user-licenses'],
    ['Visio', 'seats'],
    ['Finance Team', 'groups'],
    ['last week', 'unknown'],
    ['and in July?', 'unknown'],
  ])('names and times alone: “%s” is %s', (text, intent) => expect(read(text).intent).toBe(intent));
});

describe('a question', () => {
  it.each([
    'did you assign E3 to Lee',
    'has anybody removed Visio from Lee',
    'who should I take Visio from',
    'did someone snooze Rick',
    'why should we give Lee Visio',
    'was Lee moved from E3 to E5',
    'is Rick to be watched',
    'hast du Lee Visio gegeben?',
    'heb je Lee Visio gegeven',
    'as-tu donné Visio à Lee',
  ])('never is a request that writes: “%s”', (text) => expect(writes(read(text).intent)).toBe(false));
});

describe('an unsure sentence', () => {
  it('keeps two or three readings, the best first', () => {
    const query = read('did you assign E3 to Lee');
    expect(query.ask?.[0]).toBe(query.intent);
    expect(query.ask?.length).toBeGreaterThanOrEqual(2);
    expect(query.ask?.length).toBeLessThanOrEqual(3);
  });

  it('is read for its parts alone once a reading was chosen', () => {
    const query = read('did you assign E3 to Lee', { intent: 'history' });
    expect(query).toMatchObject({ intent: 'history', people: read('Lee').people });
    expect(query.ask).toBeUndefined();
  });
});
