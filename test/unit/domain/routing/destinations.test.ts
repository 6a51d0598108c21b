import { describe, expect, it } from 'vitest';
import { type Destination, destinationsOf } from '../../../../src/domain/routing/destinations.ts';
import type { Labels } from '../../../../src/domain/routing/labels.ts';
import { readRoutes } from '../../../../src/route-files/read-routes.ts';

const DEFAULTS = { quiet: [], timeZone: 'Europe/Amsterdam', digestAt: 8 * 60 };
const NOON = Date.parse('2026-12-01T11:00:00Z');
const NIGHT = Date.parse('2026-12-01T23:00:00Z');

function routed(yaml: string, labels: Labels, now = NOON): Destination[] {
  const { routing, problems } = readRoutes(yaml, DEFAULTS);
  if (routing === null) throw new Error(problems.map(({ message }) => message).join(' '));
  return destinationsOf(routing, labels, now);
}

const channels = (all: readonly Destination[]): string[] =>
  all.map(({ where }) => (where.kind === 'channel' ? where.name : where.kind));

const TREE = `
people:
  night: { tag: MjQ, name: Security on call }
route:
  channel: License alerts
  routes:
    - name: admins
      match: { class: [roles, groups] }
      channel: Security
      mention: night
      routes:
        - match: { level: critical }
          channel: War room
        - matchers: 'actor=~"svc-.*", level!="high"'
          channel: Automation
    - match: class="sharing",domain!="fabrikam.example"
      channel: Sharing
      continue: true
    - match: { class: sharing, level: high }
      channel: Security
    - match_re: { department: "Sales|Marketing" }
      channel: Sales
    - match: { unit: Berlin }
      channel: Berlin
    - match: { actor: "" , class: forwarding }
      channel: Nobody did it
    - at_least: critical
      channel: War room
    - match: { rule: noise }
      channel: none
`;

describe('the tree of routes', () => {
  it.each<[string, Labels, string[]]>([
    [
      'what nothing else takes goes where the root says',
      { class: 'teams', level: 'medium' },
      ['License alerts'],
    ],
    ['the first that fits takes it', { class: 'roles', level: 'high' }, ['Security']],
    ['the deepest that fits takes it', { class: 'roles', level: 'critical' }, ['War room']],
    [
      'a regular expression is about the whole value',
      { class: 'groups', level: 'medium', actor: 'svc-sync' },
      ['Automation'],
    ],
    ['… and not about a part', { class: 'groups', level: 'medium', actor: 'not-svc-sync' }, ['Security']],
    ['all conditions have to be met', { class: 'groups', level: 'high', actor: 'svc-sync' }, ['Security']],
    ['capitals do not matter', { class: 'Roles', level: 'critical' }, ['War room']],
    [
      'one that goes on lets the next have it too',
      { class: 'sharing', level: 'high' },
      ['Sharing', 'Security'],
    ],
    ['… where the next fits', { class: 'sharing', level: 'medium' }, ['Sharing']],
    [
      'a condition that is not to be met',
      { class: 'sharing', level: 'medium', domain: 'fabrikam.example' },
      ['License alerts'],
    ],
    ['of several values one is enough', { class: 'licensing', department: ['Legal', 'Sales'] }, ['Sales']],
    ['an administrative unit', { class: 'licensing', unit: ['4711', 'Berlin'] }, ['Berlin']],
    ['the empty text is a missing label', { class: 'forwarding', level: 'medium' }, ['Nobody did it']],
    [
      '… and no other one',
      { class: 'forwarding', level: 'medium', actor: 'lee@contoso.com' },
      ['License alerts'],
    ],
    ['at least a level', { class: 'teams', level: 'critical' }, ['War room']],
    ['nowhere', { class: 'teams', rule: 'noise', level: 'medium' }, ['nowhere']],
    ['our own health is never sent nowhere', { class: 'health', rule: 'noise', level: 'high' }, ['chat']],
  ])('%s', (_, labels, expected) => {
    expect(channels(routed(TREE, labels))).toEqual(expected);
  });

  it('calls in the channel of the route who the route calls, and nobody in another one', () => {
    const [security] = routed(TREE, { class: 'roles', level: 'high' });
    expect(security?.mention).toEqual({ kind: 'tag', id: 'MjQ', name: 'Security on call' });
    const [warRoom] = routed(TREE, { class: 'roles', level: 'critical' });
    expect(warRoom?.mention).toBeNull();
  });

  it('says the way through the tree', () => {
    const [found] = routed(TREE, { class: 'roles', level: 'critical' });
    expect(found?.path.map(({ title, line }) => [title, line])).toEqual([
      ['everything', 4],
      ['admins', 7],
      ['level critical', 12],
    ]);
  });

  it('sends nothing twice to one channel', () => {
    const yaml =
      'route:\n  routes:\n    - { match: { class: roles }, channel: A, continue: true }\n    - { match: { level: high }, channel: a }';
    expect(channels(routed(yaml, { class: 'roles', level: 'high' }))).toEqual(['A']);
  });
});

const QUIET = `
quiet_hours: 22:00-07:00
route:
  routes:
    - { match: { class: roles }, channel: R, breaks_through: critical }
    - { match: { class: guests }, channel: G, breaks_through: medium }
    - { match: { class: teams }, channel: T, quiet_hours: none }
    - { match: { class: sharing }, channel: S, digest: medium }
    - { match: { class: resources }, channel: X, digest: false }
    - { match: { class: forwarding }, channel: F, breaks_through: [critical, mass] }
    - { match: { class: applications }, channel: A, time_zone: America/New_York }
    - { match: { class: sign-ins }, channel: I, quiet_hours: none, digest: critical }
`;
const MORNING = '2026-12-02T06:00:00.000Z';
const DIGEST = '2026-12-02T07:00:00.000Z';

describe('what is held back', () => {
  it.each<[string, Labels, number, Destination['hold'], string | null]>([
    ['by day nothing that gets a card', { level: 'medium' }, NOON, 'no', null],
    ['by day low ones wait for the digest', { level: 'low' }, NOON, 'digest', '2026-12-02T07:00:00.000Z'],
    ['at night medium waits for the end', { level: 'medium' }, NIGHT, 'quiet', MORNING],
    ['low waits for the digest', { level: 'low' }, NIGHT, 'digest', DIGEST],
    ['high breaks through', { level: 'high' }, NIGHT, 'no', null],
    ['critical breaks through', { level: 'critical' }, NIGHT, 'no', null],
    ['a mass loss breaks through', { level: 'medium', mass: 'true' }, NIGHT, 'no', null],
    ['what has no level breaks through', {}, NIGHT, 'no', null],
    ['a route may hold high back', { class: 'roles', level: 'high' }, NIGHT, 'quiet', MORNING],
    ['… and mass losses with it', { class: 'roles', level: 'high', mass: 'true' }, NIGHT, 'quiet', MORNING],
    ['… but never critical', { class: 'roles', level: 'critical' }, NIGHT, 'no', null],
    ['a route may let medium through', { class: 'guests', level: 'medium' }, NIGHT, 'no', null],
    ['a route may have no quiet hours', { class: 'teams', level: 'medium' }, NIGHT, 'no', null],
    [
      'a route may put medium into the digest',
      { class: 'sharing', level: 'medium' },
      NOON,
      'digest',
      '2026-12-02T07:00:00.000Z',
    ],
    ['a route may have no digest', { class: 'resources', level: 'low' }, NOON, 'no', null],
    ['… low then keeps the quiet', { class: 'resources', level: 'low' }, NIGHT, 'quiet', MORNING],
    ['a list without high holds high', { class: 'forwarding', level: 'high' }, NIGHT, 'quiet', MORNING],
    ['… and lets masses through', { class: 'forwarding', level: 'high', mass: 'true' }, NIGHT, 'no', null],
    ['a zone of its own', { class: 'applications', level: 'medium' }, NIGHT, 'no', null],
    [
      '… has a night of its own',
      { class: 'applications', level: 'medium' },
      Date.parse('2026-12-02T08:00:00Z'),
      'quiet',
      '2026-12-02T12:00:00.000Z',
    ],
    ['critical is in no digest', { class: 'sign-ins', level: 'critical' }, NIGHT, 'no', null],
    ['our own health breaks through', { class: 'health', level: 'low' }, NIGHT, 'no', null],
  ])('%s', (_, labels, now, hold, until) => {
    const [found] = routed(QUIET, labels, now);
    expect([found?.hold, found?.until == null ? null : new Date(found.until).toISOString()]).toEqual([
      hold,
      until,
    ]);
  });
});
