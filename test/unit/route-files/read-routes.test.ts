import { describe, expect, it } from 'vitest';
import { readRoutes } from '../../../src/route-files/read-routes.ts';

const DEFAULTS = { quiet: [], timeZone: 'UTC', digestAt: 480 };

const said = (yaml: string): string[] =>
  readRoutes(yaml, DEFAULTS).problems.map(({ line, severity, message }) => `${line} ${severity} ${message}`);

describe('a file of routes that is broken', () => {
  it.each<[string, yaml: string, line: number, says: string]>([
    ['no YAML', 'route:\n  channel: [', 2, 'This is no YAML'],
    ['a key twice', 'route:\n  channel: A\n  channel: B', 3, 'This is no YAML'],
    ['empty', '', 1, 'The file needs “route”'],
    ['a list', '- channel: A', 1, 'The file needs “route”'],
    ['no route', 'channels: { a: A }', 1, 'The file needs “route”'],
    ['an unknown key', 'route:\n  chanel: A', 2, 'I do not know “chanel” here: did you mean “channel”?'],
    [
      'an unknown key deep inside',
      'route:\n  routes:\n    - match: { class: roles }\n      colour: red',
      4,
      'I do not know “colour” here.',
    ],
    [
      'an unknown label',
      'route:\n  routes:\n    - match:\n        levle: high',
      4,
      'No alert has a label “levle”: did you mean “level”?',
    ],
    [
      'an unknown label in a condition',
      'route:\n  routes:\n    - match: shoe="7"',
      3,
      'No alert has a label “shoe”: if a rule of yours gives it, list it under “labels”.',
    ],
    [
      'a level that there is not',
      'route:\n  routes:\n    - match: { level: hihg }',
      3,
      'There is no level “hihg”: did you mean “high”?',
    ],
    [
      'a class that there is not',
      'route:\n  routes:\n    - match: { class: boats }',
      3,
      'There is no class “boats”',
    ],
    [
      'a condition that is none',
      'route:\n  routes:\n    - matchers: ["level high"]',
      3,
      '“level high” is no condition',
    ],
    [
      'a regular expression that is broken',
      'route:\n  routes:\n    - match: actor=~"(a"',
      3,
      'is no regular expression that I can use',
    ],
    [
      'look-ahead',
      'route:\n  routes:\n    - match_re: { actor: "(?=a)b" }',
      3,
      'is no regular expression that I can use',
    ],
    [
      'an unknown receiver',
      'receivers:\n  - name: security\nroute:\n  receiver: secruity',
      4,
      'There is no receiver “secruity”: did you mean “security”?',
    ],
    ['channel and receiver', 'receivers:\n  - name: a\nroute:\n  receiver: a\n  channel: b', 4, 'not both'],
    [
      'somebody unknown',
      'route:\n  mention: nigth\npeople:\n  night: { user: a@b.c, name: Night }',
      2,
      'There is nobody “nigth” under “people”: did you mean “night”?',
    ],
    ['somebody without an id', 'route:\n  mention: { name: Night }', 2, 'Night needs either “user”'],
    ['quiet hours', 'route:\n  quiet_hours: nights', 2, '“nights” are no quiet hours'],
    ['endless quiet', 'quiet_hours: 00:00-24:00\nroute: {}', 1, 'is quiet the whole week'],
    ['a time zone', 'time_zone: Amsterdam\nroute: {}', 1, '“Amsterdam” is no time zone'],
    ['a time of day', 'digest_time: 25:00\nroute: {}', 1, '“25:00” is no time of day'],
    [
      'a continue that is neither',
      'route:\n  routes:\n    - continue: perhaps',
      3,
      '“continue” is true or false.',
    ],
    ['conditions at the root', 'route:\n  match: { class: roles }', 1, 'The first route takes everything'],
    [
      'a cycle of aliases',
      'route: &root\n  channel: A\n  routes:\n    - match: { class: roles }\n      routes: [*root]',
      5,
      'would go round in a circle',
    ],
    [
      'a list that holds itself',
      'route:\n  routes: &all\n    - match: { class: roles }\n      routes: *all',
      4,
      'would go round in a circle',
    ],
    ['an anchor that is not there', 'route: *gone', 1, 'gone'],
  ])('%s', (_, yaml, line, says) => {
    const { routing, problems } = readRoutes(yaml, DEFAULTS);
    expect(routing).toBeNull();
    expect(problems).toContainEqual({ line, severity: 'refused', message: expect.stringContaining(says) });
  });

  it('is told whole, in the order of its lines', () => {
    const yaml =
      'time_zone: Mars\nroute:\n  routes:\n    - match: { levle: high }\n    - match: { class: boats }';
    expect(said(yaml).map((one) => one.slice(0, 9))).toEqual(['1 refused', '4 refused', '5 refused']);
  });

  it('is bounded when its aliases multiply', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 9; level++) {
      lines.push(
        `a${level}: &a${level} [${Array(10)
          .fill(`*a${level - 1}`)
          .join(', ')}]`,
      );
    }
    expect(said(lines.join('\n'))[0]).toContain('more in it than anybody can mean');
  });
});

describe('a file that works, with something to look at', () => {
  it.each<[string, yaml: string, says: string]>([
    [
      'a route that another one hides',
      'route:\n  routes:\n    - match: { class: [roles, groups] }\n      channel: A\n    - match: { class: roles, level: high }\n      channel: B',
      '5 warning Nothing ever comes to the route “class roles, level high”: “class roles or groups” in line 3 takes all of it first.',
    ],
    [
      'a route behind one that takes everything',
      'route:\n  routes:\n    - channel: A\n    - match: { class: roles }',
      '4 warning Nothing ever comes to the route “class roles”: “everything” in line 3 takes all of it first.',
    ],
    [
      'conditions that exclude each other',
      'route:\n  routes:\n    - match: { class: roles }\n      routes:\n        - match: { class: guests }',
      '5 warning Nothing ever comes to the route “class guests”: with those above it, it asks for a class that no alert has.',
    ],
  ])('%s', (_, yaml, says) => {
    expect(readRoutes(yaml, DEFAULTS).routing).not.toBeNull();
    expect(said(yaml)).toEqual([expect.stringContaining(says)]);
  });

  it.each([
    [
      'one that goes on',
      'route:\n  routes:\n    - { channel: A, continue: true }\n    - match: { class: roles }',
    ],
    [
      'a narrower one first',
      'route:\n  routes:\n    - match: { class: roles, level: high }\n    - match: { class: roles }',
    ],
    ['a label of one’s own', 'labels: [shoe]\nroute:\n  routes:\n    - match: { shoe: "7" }'],
    [
      'a shared anchor',
      'route:\n  routes:\n    - &a { match: { class: roles }, channel: A }\n    - <<: *a\n      match: { class: groups }',
    ],
    ['JSON', '{"route": {"channel": "A", "routes": [{"match": {"watched": true}}]}}'],
    [
      'Alertmanager’s words',
      'receivers:\n  - { name: security, channel: Security }\nroute:\n  receiver: security\n  routes:\n    - matchers: [\'class="roles"\', \'level=~"high|critical"\']\n      receiver: security\n      continue: true',
    ],
  ])('%s is nothing to look at', (_, yaml) => {
    expect(said(yaml)).toEqual([]);
  });
});
