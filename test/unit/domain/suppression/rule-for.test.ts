import { describe, expect, it } from 'vitest';
import type { Incident } from '../../../../src/domain/incident/incident.ts';
import { exceededRule, ruleFor } from '../../../../src/domain/suppression/rule-for.ts';
import { maxUsersOf, ruleMatchOf } from '../../../../src/domain/suppression/rule-match.ts';
import type { SuppressionRule } from '../../../../src/domain/suppression/suppression.ts';
import { anIncident } from '../../../builders/incident/incident.ts';
import { aLeaversRule } from '../../../builders/incident/suppression.ts';

const NOW = Date.parse('2026-11-23T09:00:00Z');
type Match = SuppressionRule['match'];
const RUNBOOK = { kind: 'app', id: 'runbook', name: 'Leaver runbook' } as const;

/** What the leaver runbook did, unless told otherwise. */
const labels = (over: Partial<Incident> = {}): Incident =>
  anIncident({ cause: 'group-membership', level: 'proved', actor: RUNBOOK, groupId: 'leavers', ...over });

describe('a rule', () => {
  it.each<{
    name: string;
    over?: Partial<Incident>;
    rule?: Partial<SuppressionRule>;
    match?: Partial<Match>;
    users?: number;
  }>([
    { name: 'what it was made from' },
    { name: 'a likely cause as well as a proved one', over: { level: 'likely' } },
    { name: 'any product, where it names none', over: { skuIds: ['a', 'b'] } },
    {
      name: 'some of its products',
      over: { skuIds: ['a'] },
      match: { skuIds: ['a', 'b'] },
    },
    { name: 'an actor who has another name by now', over: { actor: { ...RUNBOOK, name: 'Leavers 2' } } },
    { name: 'as many users as it is for', users: 10 },
    {
      name: 'a system, where it was made from what a system did',
      over: { actor: { kind: 'system', id: 'sync', name: 'Directory sync' } },
      match: { actorId: null, actorName: null },
    },
  ])('expects $name', ({ over, rule, match, users = 1 }) => {
    expect(ruleFor(labels(over), users, [aLeaversRule(rule, match)], NOW)?.id).toBe('rule-1');
  });

  it.each<{
    name: string;
    over?: Partial<Incident>;
    rule?: Partial<SuppressionRule>;
    match?: Partial<Match>;
    users?: number;
  }>([
    { name: 'of another kind', over: { kind: 'account-removed' } },
    { name: 'with another cause', over: { cause: 'admin-action' } },
    { name: 'by somebody else', over: { actor: { kind: 'user', id: 'anna', name: 'Anna' } } },
    { name: 'by nobody known', over: { actor: null } },
    {
      name: 'by a person, where a system is expected',
      match: { actorId: null, actorName: null },
    },
    { name: 'through another group', over: { groupId: 'managers' } },
    { name: 'through no group', over: { groupId: null } },
    {
      name: 'of a product that it does not name',
      over: { skuIds: ['a', 'c'] },
      match: { skuIds: ['a', 'b'] },
    },
    { name: 'that no record explains yet', over: { level: 'unexplained' } },
    { name: 'that no record will explain', over: { level: 'unrecorded' } },
    { name: 'of more users than it is for', users: 11 },
    { name: 'after its end', rule: { until: NOW } },
    { name: 'after somebody ended it', rule: { endedAt: NOW - 1 } },
  ])('does not expect a change $name', ({ over, rule, match, users = 1 }) => {
    expect(ruleFor(labels(over), users, [aLeaversRule(rule, match)], NOW)).toBeNull();
  });

  it('expects what is like the incident that it was made from, up to twice as many users', () => {
    const incident = labels({ userIds: ['a', 'b', 'c', 'd', 'e', 'f'] });
    const match = ruleMatchOf(incident);
    const rule = aLeaversRule({ maxUsers: maxUsersOf(incident) }, match ?? {});
    expect(ruleFor(incident, 12, [rule], NOW)?.id).toBe('rule-1');
    expect(ruleFor(incident, 13, [rule], NOW)).toBeNull();
  });
});

describe('a rule that is exceeded', () => {
  it.each([
    { name: 'too many users', users: 11, rules: [aLeaversRule()], exceeded: 'rule-1' },
    { name: 'a number that it covers', users: 10, rules: [aLeaversRule()], exceeded: undefined },
    {
      name: 'a number that another rule covers',
      users: 11,
      rules: [aLeaversRule(), aLeaversRule({ id: 'rule-2', maxUsers: 50 })],
      exceeded: undefined,
    },
    { name: 'a rule that is over', users: 11, rules: [aLeaversRule({ until: NOW })], exceeded: undefined },
  ])('is named for $name: $exceeded', ({ users, rules, exceeded }) => {
    expect(exceededRule(labels(), users, rules, NOW)?.id).toBe(exceeded);
  });
});
