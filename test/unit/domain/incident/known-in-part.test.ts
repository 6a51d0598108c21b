import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../../../src/domain/attribution/verdict.ts';
import type { IncidentFacts } from '../../../../src/domain/incident-view/build-view.ts';
import { buildIncidentView } from '../../../../src/domain/incident-view/build-view.ts';
import { aVerdict } from '../../../builders/audit/verdict.ts';
import { anIncident } from '../../../builders/incident/incident.ts';
import { incidentFacts } from '../../../builders/incident/incident-facts.ts';
import { aUserState } from '../../../builders/license/user-state.ts';

const byAnna = aVerdict({
  level: 'proved',
  cause: 'admin-action',
  actor: { kind: 'user', id: 'anna', name: 'Anna Kowalska' },
  evidence: ['record-1'],
});
const byApp = aVerdict({
  level: 'proved',
  cause: 'automation',
  actor: { kind: 'app', id: 'cleaner', name: 'Leaver runbook' },
  evidence: ['record-2'],
});
const open = aVerdict();
const times = (count: number, verdict: Verdict): Verdict[] => Array.from({ length: count }, () => verdict);

/** The card of an incident with a user for each of these verdicts, in order: user-0, user-1 … */
function viewOf(verdicts: readonly Verdict[], over: Partial<IncidentFacts> = {}) {
  const users = verdicts.map((_, index) => aUserState({ id: `user-${index}` }));
  const facts = incidentFacts(users, over);
  const changes = facts.changes.map((one, index) => ({ ...one, verdict: verdicts[index] ?? null }));
  return buildIncidentView({ ...facts, changes });
}

describe('the cause of an incident that records explain in part', () => {
  it.each([
    {
      name: 'one cause',
      verdicts: [...times(11, byAnna), ...times(9, open)],
      want: 'Records so far explain 11 of 20 users: Anna Kowalska removed the license. Microsoft’s logs aren’t complete yet for the other 9 users. I’ll update this card.',
    },
    {
      name: 'two causes',
      verdicts: [...times(3, byApp), ...times(8, byAnna), open],
      want: 'Records so far explain 11 of 12 users. For 8: Anna Kowalska removed the license. For 3: The app Leaver runbook did it. Microsoft’s logs aren’t complete yet for the other user. I’ll update this card.',
    },
    {
      name: 'a likely cause',
      verdicts: [{ ...byAnna, level: 'likely' as const }, ...times(9, open)],
      want: 'Records so far show a likely cause for 1 of 10 users: Anna Kowalska removed the license. Microsoft’s logs aren’t complete yet for the other 9 users. I’ll update this card.',
    },
    {
      name: 'a cause that a read shows and no record',
      verdicts: [
        aVerdict({ level: 'proved', cause: 'seat-shortage' }),
        aVerdict({ level: 'proved', cause: 'seat-shortage' }),
        ...times(1_498, open),
      ],
      want: 'The cause is known so far for 2 of 1,500 users: There are not enough seats. Microsoft’s logs aren’t complete yet for the other 1,498 users. I’ll update this card.',
    },
  ])('says for how many, and which, and guesses nothing of the rest: $name', ({ verdicts, want }) => {
    expect(viewOf(verdicts)).toMatchObject({ causeSentence: want, certainty: 'Cause known in part' });
  });

  it.each([
    { name: 'none is explained', verdicts: times(3, open), over: {} },
    { name: 'all are', verdicts: times(3, byAnna), over: {} },
    {
      name: 'the logs are complete',
      verdicts: [byAnna, open],
      over: { incident: anIncident({ userIds: ['user-0', 'user-1'], level: 'unrecorded' }) },
    },
    {
      name: 'it was decided on',
      verdicts: [byAnna, open],
      over: { incident: anIncident({ userIds: ['user-0', 'user-1'], status: 'approved' }) },
    },
  ])('says nothing of the kind where $name', ({ verdicts, over }) => {
    expect(viewOf(verdicts, over).causeSentence).not.toMatch(/ of \d+ users/);
  });

  it('counts all users and says no cause of users alone whom the viewer may not see', () => {
    const verdicts = [...times(3, byApp), ...times(8, byAnna), open];
    expect(viewOf(verdicts, { sees: new Set(['user-4', 'user-11']) }).causeSentence).toBe(
      'Records so far explain 11 of 12 users. For 8: Anna Kowalska removed the license. Microsoft’s logs aren’t complete yet for the other user. I’ll update this card.',
    );
    expect(viewOf(verdicts, { sees: new Set(['user-11']) }).causeSentence).toBe(
      'Records so far explain 11 of 12 users. Microsoft’s logs aren’t complete yet for the other user. I’ll update this card.',
    );
  });
});
