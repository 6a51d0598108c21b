import { describe, expect, test } from 'vitest';
import type { RuleMatch } from '../../../../src/domain/detection/evaluate.ts';
import { earlierNeeded, firingsOf } from '../../../../src/domain/detection/firings.ts';
import { HOUR_MS, MINUTE_MS } from '../../../../src/domain/durations.ts';
import { rulesOf } from '../../../builders/detection/rules.ts';
import { aRuleMatch } from '../../../builders/security/security-incident.ts';

const FAILED = `title: Sign-in failed
id: failed
name: sign_in_failed
logsource: { product: m365, service: audit }
counted: true
detection: { s: { Operation: UserLoginFailed }, condition: s }
`;
const SIGNED_IN = `title: Signed in
id: signed-in
logsource: { product: m365, service: audit }
counted: true
detection: { s: { Operation: UserLoggedIn }, condition: s }
`;
const correlation = (id: string, lines: string, head = ''): string =>
  `title: ${id}\nid: ${id}\n${head}correlation: { ${lines} }\n`;

const MANY = correlation(
  'many',
  'type: event_count, rules: [sign_in_failed], group-by: [actor], timespan: 10m, condition: { gte: 3 }',
);
const SPRAY = correlation(
  'spray',
  'type: value_count, rules: [failed], group-by: [address], timespan: 20m, condition: { gte: 3, field: actor }',
);
const BOTH = correlation(
  'both',
  'type: temporal, rules: [failed, signed-in], group-by: [actor], timespan: 10m',
);
const THEN_IN = correlation(
  'then-in',
  'type: temporal_ordered, rules: [many, signed-in], group-by: [actor], timespan: 10m',
);
const files = (...parts: string[]): string => parts.join('---\n');

const rules = (...parts: string[]) => {
  const set = rulesOf(files(FAILED, SIGNED_IN, ...parts));
  expect(set.problems).toEqual([]);
  return set;
};

/** A match at a minute. */
const at = (minute: number, over: Partial<RuleMatch> = {}): RuleMatch =>
  aRuleMatch({
    ruleId: 'failed',
    kind: 'activity userloginfailed',
    recordId: `${over.ruleId ?? 'failed'}-${minute}-${over.values?.actor ?? 'lee'}`,
    at: minute * MINUTE_MS,
    labels: {},
    values: { actor: 'lee' },
    ...over,
  });
const signedIn = (minute: number, over: Partial<RuleMatch> = {}): RuleMatch =>
  at(minute, { ruleId: 'signed-in', kind: 'activity userloggedin', ...over });
const minutes = (...list: number[]): RuleMatch[] => list.map((minute) => at(minute));

/** Each firing as its rule with the minutes of its records. */
const told = (set: ReturnType<typeof rules>, fresh: RuleMatch[], earlier: RuleMatch[] = []): string[] =>
  firingsOf(set, fresh, earlier).map(
    ({ rule, records, more }) =>
      `${rule}${more ? '+' : ''} ${records.map((record) => record.split('-').at(-2)).join(' ')}`,
  );

describe('event_count', () => {
  test.each<[name: string, list: number[], expected: string[]]>([
    ['too few', [0, 1], []],
    ['enough within the time', [0, 5, 10], ['many 0 5 10']],
    ['enough, but over a longer time', [0, 5, 11], []],
    ['further ones belong to the burst', [0, 1, 2, 3, 9], ['many 0 1 2 3 9']],
    ['what goes on for long is one burst', [0, 4, 8, 12, 16, 20], ['many 0 4 8 12 16 20']],
    ['it begins again after quiet', [0, 1, 2, 60, 61, 62], ['many 0 1 2', 'many 60 61 62']],
    ['stragglers after it do not fire', [0, 1, 2, 30, 60], ['many 0 1 2']],
    ['the order in which they come does not matter', [10, 0, 5], ['many 0 5 10']],
  ])('%s', (_, list, expected) => {
    expect(told(rules(MANY), minutes(...list))).toEqual(expected);
  });

  test('groups are counted apart, whatever the capitals of their names', () => {
    const of = (minute: number, actor: string) => at(minute, { values: { actor } });
    expect(told(rules(MANY), [of(0, 'lee'), of(1, 'rick'), of(2, 'lee'), of(3, 'rick')])).toEqual([]);
    expect(told(rules(MANY), [of(0, 'lee'), of(1, 'Lee'), of(2, 'LEE')])).toEqual(['many 0 1 2']);
  });

  test('what does not say who is in no group', () => {
    const nobody = (minute: number) => at(minute, { values: {} });
    expect(told(rules(MANY), [nobody(0), nobody(1), nobody(2)])).toEqual([]);
  });

  test('copies of a record do not count, in either log or delivered again', () => {
    const copy = (minute: number, kind: string) =>
      at(minute, { kind, together: 'act-1', recordId: `${kind}-${minute}-x` });
    const acts = [copy(0, 'activity x'), copy(0, 'graph x'), at(1), at(1)];
    expect(told(rules(MANY), acts)).toEqual([]);
    expect(told(rules(MANY), [...acts, at(2)])).toEqual(['many 0 0 1 2']);
  });

  test('ten records of one kind in one act are ten', () => {
    const one = (name: string) => at(0, { together: 'act-1', recordId: `${name}-0-x` });
    expect(told(rules(MANY), [one('a'), one('b'), one('c')])).toEqual(['many 0 0 0']);
  });

  test.each([
    ['{ gt: 2 }', true],
    ['{ gt: 3 }', false],
    ['{ gte: 3 }', true],
    ['{ eq: 3 }', true],
    ['{ eq: 4 }', false],
  ])('%s is enough: %s', (condition, enough) => {
    const counting = correlation(
      'many',
      `type: event_count, rules: [failed], group-by: [actor], timespan: 10m, condition: ${condition}`,
    );
    expect(told(rules(counting), minutes(0, 1, 2))).toHaveLength(enough ? 1 : 0);
  });
});

describe('value_count', () => {
  const from = (minute: number, actor: string, address = '192.0.2.1') =>
    at(minute, { values: { actor, address } });
  test.each<[name: string, matches: RuleMatch[], expected: string[]]>([
    ['different people', [from(0, 'a'), from(1, 'b'), from(2, 'c')], ['spray 0 1 2']],
    ['one person often', [from(0, 'a'), from(1, 'a'), from(2, 'a'), from(3, 'b')], []],
    [
      'different people from different addresses',
      [from(0, 'a'), from(1, 'b'), from(2, 'c', '192.0.2.2')],
      [],
    ],
    ['different people, slowly', [from(0, 'a'), from(15, 'b'), from(30, 'c')], []],
    ['capitals make nobody different', [from(0, 'a'), from(1, 'A'), from(2, 'b')], []],
  ])('%s', (_, matches, expected) => {
    expect(told(rules(SPRAY), matches)).toEqual(expected);
  });

  test('a firing carries what it is grouped by, and not what its records differ in', () => {
    const labelled = correlation(
      'spray',
      'type: value_count, rules: [failed], group-by: [address], timespan: 20m, condition: { gte: 3, field: actor }',
      'labels: [actor, site]\n',
    );
    const matches = ['a', 'b', 'c'].map((actor, minute) =>
      at(minute, { labels: { actor, site: 'Sales' }, values: { actor, address: '192.0.2.1' } }),
    );
    expect(firingsOf(rules(labelled), matches)).toMatchObject([
      { rule: 'spray', labels: { address: '192.0.2.1', site: 'Sales' } },
    ]);
    expect(firingsOf(rules(labelled), matches)[0]?.labels).not.toHaveProperty('actor');
  });
});

describe('temporal', () => {
  test.each<[name: string, matches: RuleMatch[], expected: string[]]>([
    ['both, in any order', [signedIn(0), at(5)], ['both 0 5']],
    ['one alone', [at(0), at(5)], []],
    ['both, too far apart', [at(0), signedIn(11)], []],
    ['of different people', [at(0), signedIn(5, { values: { actor: 'rick' } })], []],
  ])('%s', (_, matches, expected) => {
    expect(told(rules(BOTH), matches)).toEqual(expected);
  });

  test('an alias says what a group is called in each rule', () => {
    const aliased = correlation(
      'both',
      'type: temporal, rules: [failed, signed-in], group-by: [who], timespan: 10m, aliases: { who: { failed: actor, signed-in: UserId } }',
    );
    const matches = [at(0), signedIn(1, { values: { UserId: 'LEE' } })];
    expect(firingsOf(rules(aliased), matches)).toMatchObject([{ rule: 'both', labels: { who: 'lee' } }]);
  });
});

describe('temporal_ordered, over another correlation', () => {
  test.each<[name: string, matches: RuleMatch[], expected: string[]]>([
    ['many failures, then in', [...minutes(0, 1, 2), signedIn(4)], ['then-in 0 1 2 4']],
    ['in, then many failures', [signedIn(0), ...minutes(1, 2, 3)], []],
    ['few failures, then in', [...minutes(0, 1), signedIn(4)], []],
    ['many failures, and in much later', [...minutes(0, 1, 2), signedIn(20)], []],
    [
      'the failures go on for long, then in',
      [...minutes(0, 4, 8, 12, 16), signedIn(20)],
      ['then-in 0 4 8 12 16 20'],
    ],
    ['in twice is told once', [...minutes(0, 1, 2), signedIn(4), signedIn(5)], ['then-in 0 1 2 4 5']],
  ])('%s', (_, matches, expected) => {
    expect(told(rules(MANY, THEN_IN), matches)).toEqual(expected);
  });

  test('what is only counted fires when its correlation says so', () => {
    const also = THEN_IN.replace('timespan: 10m', 'timespan: 10m, generate: true');
    expect(told(rules(MANY, also), [...minutes(0, 1, 2), signedIn(4)])).toEqual([
      'many 0 1 2',
      'then-in 0 1 2 4',
    ]);
  });
});

describe('in pieces', () => {
  test('a burst is told when there is enough; what follows is more of it', () => {
    const set = rules(MANY);
    const [a, b, c, d] = minutes(0, 1, 2, 3) as [RuleMatch, RuleMatch, RuleMatch, RuleMatch];
    expect(told(set, [a, b])).toEqual([]);
    expect(told(set, [c], [a, b])).toEqual(['many 0 1 2']);
    expect(told(set, [d], [a, b, c])).toEqual(['many+ 0 1 2 3']);
    expect(told(set, [d], [a, b, c, d])).toEqual([]);
  });

  test('a late record completes a burst', () => {
    expect(told(rules(MANY), minutes(1), minutes(0, 2))).toEqual(['many 0 1 2']);
    expect(told(rules(MANY), minutes(30), minutes(0, 1, 2, 60))).toEqual([]);
  });

  test.each([MANY, SPRAY, BOTH])('in whatever pieces matches come, each is told once', (rule) => {
    const set = rules(rule);
    let seed = 7;
    const below = (limit: number): number => {
      seed = (seed * 16807) % 2147483647;
      return seed % limit;
    };
    const all = Array.from({ length: 60 }, (_, index) => {
      const minute = below(90);
      const actor = ['lee', 'rick', 'mei', 'noor'][below(4)] ?? '';
      const values = { actor, address: '192.0.2.1' };
      return index % 5 === 0 ? signedIn(minute, { values }) : at(minute, { values });
    });
    const whole = firingsOf(set, all).map(({ rule, records }) => `${rule} ${records.toSorted()}`);
    const first = new Map<string, Set<string>>();
    const stored: RuleMatch[] = [];
    for (let from = 0; from < all.length; from += 7) {
      const fresh = all.slice(from, from + 7);
      const needed = earlierNeeded(set, fresh);
      const earlier = stored.filter(
        ({ ruleId, at }) => needed?.ruleIds.includes(ruleId) && at >= needed.from && at <= needed.to,
      );
      for (const { rule, records, more } of firingsOf(set, fresh, earlier)) {
        const known = [...first.entries()].filter(([, members]) => records.some((one) => members.has(one)));
        expect(known.length > 0).toBe(more === true);
        const members = new Set([...known.flatMap(([, of]) => [...of]), ...records]);
        for (const [key] of known) first.delete(key);
        first.set(`${rule} ${records[0]}`, members);
      }
      stored.push(...fresh);
    }
    const inPieces = [...first].map(([key, members]) => `${key.split(' ')[0]} ${[...members].sort()}`);
    expect(whole.length).toBeGreaterThan(0);
    expect(inPieces.sort()).toEqual(whole.sort());
  });
});

describe('one act', () => {
  const ROLE = `title: Role given
id: role
logsource: { product: m365, service: audit }
detection: { s: { Operation: Add member to role }, condition: s }
`;
  const role = rulesOf(ROLE);
  const given = (minute: number, over: Partial<RuleMatch> = {}) =>
    at(minute, {
      ruleId: 'role',
      labels: { actor: 'greta', target: 'pavel' },
      recordId: `r${minute}-${minute}-x`,
      ...over,
    });
  test.each<[name: string, matches: RuleMatch[], times: number]>([
    ['in both logs', [given(0, { together: 'a' }), given(5, { together: 'a', kind: 'graph x' })], 1],
    ['delivered again', [given(0), given(0)], 1],
    ['with the same labels within a minute', [given(0), given(1)], 1],
    ['with the same labels, later', [given(0), given(3)], 2],
    [
      'with an id that comes again after hours',
      [given(0, { together: 'a' }), given(120, { together: 'a' })],
      2,
    ],
    [
      'on different people',
      [
        given(0, { together: 'a' }),
        given(0, { together: 'a', recordId: 'b-0-x', labels: { actor: 'greta', target: 'wei' } }),
      ],
      2,
    ],
    [
      'where one record says less',
      [given(0, { together: 'a' }), given(2, { together: 'a', labels: { actor: 'greta' } })],
      1,
    ],
  ])('%s is told %#', (_, matches, times) => {
    expect(firingsOf(role, matches)).toHaveLength(times);
  });

  test('the copy from the other log, hours later, is more of the same', () => {
    const copy = given(1, { together: 'a', kind: 'graph x' });
    expect(told(role, [copy], [given(0, { together: 'a' })])).toEqual(['role+ 0 1']);
  });
});

test('earlier matches are asked for as far as the longest chain reaches, and no further', () => {
  const needed = earlierNeeded(rules(MANY, THEN_IN), [signedIn(100)]);
  expect(new Set(needed?.ruleIds)).toEqual(new Set(['signed-in', 'failed', 'many', 'then-in']));
  expect(needed?.from).toBe(100 * MINUTE_MS - 40 * MINUTE_MS);
  expect(needed?.to).toBeLessThan(100 * MINUTE_MS + HOUR_MS);
  expect(earlierNeeded(rules(MANY), [])).toBeNull();
});
