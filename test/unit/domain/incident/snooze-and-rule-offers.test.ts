import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../../../src/domain/durations.ts';
import type { Incident } from '../../../../src/domain/incident/incident.ts';
import { incidentOf, NOW, viewOf } from './view-of-two-users.ts';

describe('the other buttons', () => {
  it('end a snooze only where there is one', () => {
    expect(viewOf().can.wake).toBe(false);
    const view = viewOf({ incident: incidentOf({ snoozedUntil: NOW + HOUR_MS }) });
    expect(view).toMatchObject({ snoozedUntil: NOW + HOUR_MS, can: { wake: true, snooze: true } });
  });

  it('show no snooze of an incident that is over', () => {
    const incident = incidentOf({ status: 'restored', snoozedUntil: NOW + HOUR_MS });
    expect(viewOf({ incident })).toMatchObject({ snoozedUntil: null, can: { wake: false, snooze: false } });
  });
});

describe('the rule that an approval can become', () => {
  const runbook = { kind: 'app', id: 'runbook', name: 'Leaver runbook' } as const;
  const cases: { name: string; over: Partial<Incident>; want: string | null }[] = [
    {
      name: 'names the actor and the group',
      over: { actor: runbook, groupId: 'group-1' },
      want: 'Removals by Leaver runbook from the group LIC-E3, up to 10 users at a time',
    },
    {
      name: 'names the product where no group is behind it',
      over: { actor: runbook },
      want: 'Removals by Leaver runbook of Microsoft 365 E3, up to 10 users at a time',
    },
    {
      name: 'names the group alone where nobody is on record',
      over: { groupId: 'group-1' },
      want: 'Removals from the group LIC-E3, up to 10 users at a time',
    },
    { name: 'is not offered without either', over: {}, want: null },
    {
      name: 'is not offered for an incident that is over',
      over: { actor: runbook, status: 'approved' },
      want: null,
    },
  ];
  it.each(cases)('$name', ({ over, want }) => {
    expect(viewOf({ incident: incidentOf(over) }).ruleOffer).toBe(want);
  });
});
