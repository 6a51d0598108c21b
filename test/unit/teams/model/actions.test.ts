import { describe, expect, it } from 'vitest';
import { INTENT_NAMES } from '../../../../src/language/facts.ts';
import { CHOOSABLE, describedActions, readAction } from '../../../../src/teams/model/actions.ts';

const NOTHING = { people: [], skus: [], groups: [], range: null, days: null };

describe('the actions that a model may choose', () => {
  it('are all questions and requests but those that are carried out as they are said', () => {
    const left = INTENT_NAMES.filter((intent) => !CHOOSABLE.some((name) => name === intent));
    expect(left.toSorted()).toEqual(['scan', 'set-channel', 'small-talk', 'unknown']);
  });

  it('are told with a line each, and only with parameters that they take', () => {
    const actions = describedActions();
    expect(actions.map(({ name }) => name)).toEqual(CHOOSABLE);
    for (const { description } of actions) expect(description).toMatch(/^[A-Z].{5,80}$/);
    const coverage = actions.find(({ name }) => name === 'coverage');
    expect(coverage?.parameters?.properties).toEqual({});
    const history = actions.find(({ name }) => name === 'history');
    expect(Object.keys(history?.parameters?.properties ?? {})).toEqual([
      'people',
      'skus',
      'groups',
      'range',
      'days',
    ]);
  });

  it('cost no sentence more than a page', () => {
    expect(JSON.stringify(describedActions()).length).toBeLessThan(22_000);
  });
});

describe('a chosen action', () => {
  it.each<[string, string, object]>([
    ['history', '{"people":["Rick "]}', { people: ['Rick'] }],
    ['status', '', {}],
    ['status', '{}', {}],
    ['unused', '{"days":90,"range":null}', { days: 90 }],
    ['cost', '{"by":"department"}', { by: 'department' }],
    ['export', '{"list":"lost-licenses","format":"csv"}', { list: 'lost-licenses', format: 'csv' }],
    ['end-rule', '{"rule":3}', { rule: 3 }],
    ['seats', '{"by":"department"}', {}],
    [
      'history',
      '{"range":{"from":"2026-11-01","to":"2026-11-02"}}',
      { range: { from: { year: 2026, month: 11, day: 1 }, to: { year: 2026, month: 11, day: 2 } } },
    ],
    // What it does not take, and what there is not, is dropped.
    ['seats', '{"skus":["E3"],"people":["Rick"],"sees":"everybody"}', { skus: ['E3'] }],
    ['coverage', '{"people":["Rick"]}', {}],
    ['history', '{"__proto__":{"people":["Rick"]}}', {}],
  ])('%s %s', (name, given, expected) => {
    expect(readAction(name, given)).toEqual({ intent: name, ...NOTHING, ...expected });
  });

  it.each([
    ['scan', '{}'],
    ['set-channel', '{}'],
    ['unknown', '{}'],
    ['', '{}'],
    ['toString', '{}'],
    ['__proto__', '{}'],
    ['history', 'null'],
    ['history', '[]'],
    ['history', '"Rick"'],
    ['history', '{"people":"Rick"}'],
    ['history', '{"people":[""]}'],
    ['history', '{"people":[1]}'],
    ['history', `{"people":["${'x'.repeat(201)}"]}`],
    ['history', '{"days":0}'],
    ['cost', '{"by":"weather"}'],
    ['export', '{"list":"scan"}'],
    ['history', '{"days":1.5}'],
    ['history', '{"days":1e9}'],
    ['history', '{"range":"yesterday"}'],
    ['history', '{"range":{"from":"2026-11-01"}}'],
    ['history', '{"people":["Rick"]'],
  ])('is none: %s %s', (name, given) => {
    expect(readAction(name, given)).toBeNull();
  });
});
