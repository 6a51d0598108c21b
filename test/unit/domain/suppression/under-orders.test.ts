import { describe, expect, it } from 'vitest';
import { asOfThen, isHidden, suppressionOf } from '../../../../src/domain/alert/suppressed.ts';
import { DAY_MS } from '../../../../src/domain/durations.ts';
import type { Incident } from '../../../../src/domain/incident/incident.ts';
import { anIncident } from '../../../builders/incident/incident.ts';
import { aLeaversRule, aSilence } from '../../../builders/incident/suppression.ts';

const NOW = Date.parse('2026-11-23T09:00:00Z');
const leavers = (over: Partial<Incident> = {}): Incident =>
  anIncident({
    cause: 'group-membership',
    level: 'proved',
    actor: { kind: 'app', id: 'runbook', name: 'Leaver runbook' },
    groupId: 'leavers',
    userIds: ['u1'],
    ...over,
  });
const many = Array.from({ length: 11 }, (_, index) => `u${index}`);
const silence = aSilence({ subject: { kind: 'user', id: 'u1' }, until: NOW + DAY_MS, reason: 'long leave' });

describe('standing orders', () => {
  it.each<{ name: string; incident: Incident; becomes: ReturnType<typeof suppressionOf>['kind'] }>([
    { name: 'what a rule expects', incident: leavers(), becomes: 'expected' },
    { name: 'more users than it is for', incident: leavers({ userIds: many }), becomes: 'told' },
    { name: 'somebody watched', incident: leavers({ watched: true, userIds: ['u2'] }), becomes: 'told' },
    {
      name: 'two automations that fight, one of them expected',
      incident: leavers({ fingerprint: 'flapping|e3', userIds: ['u2'] }),
      becomes: 'told',
    },
    { name: 'a silenced user', incident: leavers({ cause: 'admin-action' }), becomes: 'quiet' },
    { name: 'anybody else', incident: leavers({ cause: 'unknown', userIds: ['u2'] }), becomes: 'told' },
  ])('of $name: $becomes', ({ incident, becomes }) => {
    expect(suppressionOf(incident, { rules: [aLeaversRule()], silences: [silence] }, NOW).kind).toBe(becomes);
  });

  it('write in the revision that is being written', () => {
    const { incident } = suppressionOf(
      leavers({ revision: 4 }),
      { rules: [aLeaversRule()], silences: [] },
      NOW,
    );
    expect(incident).toMatchObject({ status: 'approved', hiddenByRuleId: 'rule-1', revision: 4 });
  });

  it('name the rule that would have covered fewer users, and forget one that no longer fits', () => {
    const suppressions = { rules: [aLeaversRule()], silences: [] };
    expect(suppressionOf(leavers({ userIds: many }), suppressions, NOW).incident.exceededRuleId).toBe(
      'rule-1',
    );
    const other = leavers({ cause: 'admin-action', exceededRuleId: 'rule-1' });
    expect(suppressionOf(other, suppressions, NOW).incident.exceededRuleId).toBeNull();
  });

  it.each([
    { name: 'a longer snooze', snoozedUntil: NOW + 3 * DAY_MS, until: NOW + 3 * DAY_MS, reason: 'holiday' },
    { name: 'a shorter snooze', snoozedUntil: NOW + 1, until: NOW + DAY_MS, reason: 'long leave' },
  ])('leave $name of the incident to the longer of the two', ({ snoozedUntil, until, reason }) => {
    const snoozed = leavers({ cause: 'admin-action', snoozedUntil, snoozeReason: 'holiday' });
    expect(suppressionOf(snoozed, { rules: [], silences: [silence] }, NOW).incident).toMatchObject({
      snoozedUntil: until,
      snoozeReason: reason,
    });
  });
});

describe('a hidden incident', () => {
  const hidden = leavers({ id: 'i2', status: 'approved', hiddenByRuleId: 'rule-1' });
  it.each([
    { name: 'that a rule approved', incident: hidden, is: true },
    { name: 'that somebody approved', incident: { ...hidden, hiddenByRuleId: null }, is: false },
    {
      name: 'that is told although a rule exists',
      incident: { ...hidden, status: 'open' as const },
      is: false,
    },
  ])('is one $name: $is', ({ incident, is }) => {
    expect(isHidden(incident)).toBe(is);
  });

  it('stays expected when its rule has ended since, and no other does', () => {
    const ended = [aLeaversRule({ endedAt: NOW - 1 }), aLeaversRule({ id: 'rule-2', endedAt: NOW - 1 })];
    expect(asOfThen(ended, hidden).map(({ endedAt }) => endedAt)).toEqual([null, NOW - 1]);
  });
});
