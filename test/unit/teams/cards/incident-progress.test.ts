import { describe, expect, it } from 'vitest';
import { HOUR_MS, lasted, MINUTE_MS } from '../../../../src/domain/durations.ts';
import type { IncidentView } from '../../../../src/domain/incident-view/view.ts';
import { FOLDS } from '../../../../src/teams/cards/fold.ts';
import { headOf } from '../../../../src/teams/cards/incident/head.ts';
import { logText } from '../../../../src/teams/cards/incident/progress.ts';
import { timesIn } from '../../../../src/teams/cards/times.ts';
import { anIncidentView } from '../../../builders/incident/incident-view.ts';

const AT = Date.parse('2026-11-24T02:37:00Z');
const UNTIL = Date.parse('2026-11-24T06:37:00Z');
const times = timesIn('Europe/Amsterdam', 'UTC');
const seen = { observedBefore: AT - 300_000, observedAfter: AT };
const head = (fields: Partial<IncidentView>) =>
  headOf(anIncidentView({ ...seen, ...fields }), times, FOLDS[0]);

describe('what became of an incident, in the first lines of its card', () => {
  it('says how bad and how sure it is in words, not by a colour', () => {
    const proved = { severity: 'medium', level: 'proved', certainty: 'Confirmed by the audit log' } as const;
    expect(head(proved)).toMatchObject({
      style: 'warning',
      when: 'MEDIUM · 24 Nov 2026, 03:32–03:37, Amsterdam time · confirmed by the audit log',
      folded: false,
    });
    expect(head({ severity: 'critical' }).when).toBe('CRITICAL · 24 Nov 2026, 03:32–03:37, Amsterdam time');
  });

  it('looks snoozed: grey, until when, by whom and why', () => {
    const snooze = { by: 'Megan Bowen', reason: 'HR-4711' };
    expect(head({ snoozedUntil: UNTIL, snooze })).toMatchObject({
      style: 'emphasis',
      state: 'Snoozed until Tuesday 24 November 2026, 07:37, by Megan Bowen: HR-4711',
      title: '5 users lost Microsoft 365 Business Standard',
      folded: true,
    });
  });

  it('tells the approval together with the rule that was made of it', () => {
    const ending = { at: AT, by: 'Megan Bowen', reason: 'Leaver', ruleUntil: UNTIL };
    expect(head({ status: 'approved', ending })).toMatchObject({
      title: 'Approved by Megan Bowen: Leaver',
      summary:
        '5 users lost Microsoft 365 Business Standard, 24 Nov 2026, 03:32–03:37, Amsterdam time. Expected again until 24 November 2026.',
    });
  });

  it('says of what is restored by whom, and how long it lasted', () => {
    const ending = { at: AT + 11 * MINUTE_MS, by: 'Megan Bowen', reason: null, ruleUntil: null };
    expect(head({ status: 'restored', ending })).toMatchObject({
      style: 'good',
      title: '✓ Restored: 5 users have Microsoft 365 Business Standard again',
      summary: expect.stringContaining(
        'Restored 24 Nov, 03:48 by Megan Bowen, after 11 minutes. Verified: everything is back.',
      ),
    });
  });

  it.each([
    [1, '1 minute'],
    [59_000, '1 minute'],
    [119 * MINUTE_MS, '119 minutes'],
    [3 * HOUR_MS, '3 hours'],
    [50 * HOUR_MS, '2 days'],
  ])('counts %d ms as %s', (ms, text) => {
    expect(lasted(ms)).toBe(text);
  });

  it('says in the log until when with the time of day, as the reader of the card has it', () => {
    const entry = { at: AT, what: 'Megan Bowen snoozed this', until: UNTIL, because: 'HR-4711' };
    expect(logText(entry, times)).toBe('Megan Bowen snoozed this until 24 November 2026, 07:37: “HR-4711”');
  });
});
