import { describe, expect, it } from 'vitest';
import type { Incident } from '../../../../src/domain/incident/incident.ts';
import {
  snoozeOverNotice,
  whatIsWorse,
  worseNotice,
} from '../../../../src/domain/suppression/snooze-notice.ts';
import { anIncident } from '../../../builders/incident/incident.ts';

const names = (skuId: string): string => skuId.toUpperCase();
const incident = (over: Partial<Incident> = {}): Incident =>
  anIncident({ userIds: ['a', 'b', 'c'], skuIds: ['e3'], ...over });

describe('what became worse', () => {
  it.each<{ name: string; before?: Partial<Incident>; after: Partial<Incident>; says: string[] }>([
    { name: 'nothing', after: {}, says: [] },
    { name: 'fewer without their license', after: { restoredUserIds: ['a'] }, says: [] },
    {
      name: 'one more user',
      after: { userIds: ['a', 'b', 'c', 'd'] },
      says: ['1 more user is affected now.'],
    },
    {
      name: 'somebody restored who lost it again',
      before: { restoredUserIds: ['a', 'b'] },
      after: {},
      says: ['2 more users are affected now.'],
    },
    { name: 'another product', after: { skuIds: ['e3', 'visio'] }, says: ['It now also concerns VISIO.'] },
    {
      name: 'a higher severity',
      after: { severity: 'critical' },
      says: ['Its severity has risen from high to critical.'],
    },
    { name: 'a lower severity', after: { severity: 'low' }, says: [] },
  ])('is told of $name', ({ before, after, says }) => {
    expect(whatIsWorse(incident(before), incident(after), names)).toEqual(says);
  });

  it('stands in the notice, with how it is now', () => {
    expect(worseNotice(incident(), ['2 more users are affected now.'], names).text).toBe(
      '2 more users are affected now. The snooze is over: 3 users are still without E3.',
    );
  });
});

describe('the end of a snooze', () => {
  it.each<{ name: string; over: Partial<Incident>; text: string }>([
    { name: 'who still lacks the license', over: {}, text: '3 users are still without E3.' },
    {
      name: 'only those who lack it still',
      over: { restoredUserIds: ['a', 'b'] },
      text: '1 user is still without E3.',
    },
    {
      name: 'many products in few words',
      over: { skuIds: ['e3', 'visio', 'p2', 'f1'] },
      text: '3 users are still without E3, VISIO and 2 more.',
    },
    { name: 'accounts', over: { kind: 'account-removed' }, text: '3 users are still deleted.' },
    {
      name: 'a subscription',
      over: { kind: 'subscription-changed', userIds: [] },
      text: 'The incident about E3 is still open.',
    },
  ])('tells of $name', ({ over, text }) => {
    expect(snoozeOverNotice(incident(over), null, names)).toEqual({ title: 'The snooze is over', text });
  });

  it('says why it was snoozed', () => {
    expect(snoozeOverNotice(incident(), 'holiday', names).text).toContain('because of “holiday”');
  });
});
