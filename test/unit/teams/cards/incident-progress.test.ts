import { describe, expect, it } from 'vitest';
import { progressOf } from '../../../../src/teams/cards/incident-progress.ts';
import { timesIn } from '../../../../src/teams/cards/times.ts';
import { anIncidentView } from '../../../builders/incident-view.ts';

const AT = Date.parse('2026-11-24T02:37:00Z');
const UNTIL = Date.parse('2026-11-24T06:37:00Z');
const times = timesIn('Europe/Amsterdam', 'UTC');
const detailOf = (over: Parameters<typeof anIncidentView>[0]): string =>
  progressOf(anIncidentView(over), times, (text) => text).progressDetail;

describe('what became of an incident, on its card', () => {
  it('says until when with the time of day, as the reader of the card has it', () => {
    const log = [{ at: AT, what: 'Megan Bowen snoozed this', until: UNTIL, because: 'HR-4711' }];
    expect(detailOf({ snoozedUntil: UNTIL, log })).toBe(
      'Megan Bowen snoozed this until 24 November 2026, 07:37: “HR-4711” (24 November 2026, 03:37)',
    );
  });

  it('tells the approval together with the rule that was made of it', () => {
    const log = [
      { at: AT - 1, what: 'Lee Gu ended the snooze' },
      { at: AT, what: 'Megan Bowen approved the change: “Leaver”' },
      { at: AT, what: 'Megan Bowen made a rule of it: changes like this are expected', until: UNTIL },
    ];
    expect(detailOf({ status: 'approved', log })).toBe(
      'Megan Bowen approved the change: “Leaver”. Megan Bowen made a rule of it: changes like this are expected until 24 November 2026, 07:37 (24 November 2026, 03:37)',
    );
  });
});
