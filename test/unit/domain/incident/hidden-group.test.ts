import { describe, expect, it } from 'vitest';
import { buildIncidentView } from '../../../../src/domain/incident-view/build-view.ts';
import { aVerdict } from '../../../builders/audit/verdict.ts';
import { incidentFacts } from '../../../builders/incident/incident-facts.ts';
import { aChange } from '../../../builders/license/license-change.ts';
import { aUserState } from '../../../builders/license/user-state.ts';

const NORA = aUserState();
const near = { at: 0, what: 'Anna removed Nora from LIC-E3.', evidence: [], near: 'membership' as const };
const told = { at: 0, what: 'Near it, and not known to be its cause: no membership.', evidence: [] };
const GROUP = 'lic-e3';

describe('a loss that reads as directly assigned', () => {
  it.each([
    ['with a membership near it', { path: 'direct' }, { cause: 'unknown' as const, chain: [near] }, true],
    ['that followed a membership', { path: 'direct' }, { cause: 'group-membership' as const }, true],
    [
      'with a story that only sounds so',
      { path: 'direct' },
      { cause: 'unknown' as const, chain: [told] },
      false,
    ],
    ['by an admin', { path: 'direct' }, { cause: 'admin-action' as const }, false],
    ['of a group that is named', { path: GROUP }, { cause: 'group-membership' as const }, false],
  ])('%s', (_, over, verdict, expected) => {
    const change = aChange({ ...over, userId: NORA.id });
    const path = over.path;
    const before = change.before.map((assignment) => ({ ...assignment, path }));
    const facts = incidentFacts([NORA]);
    const view = buildIncidentView({
      ...facts,
      changes: [{ change: { ...change, before }, verdict: aVerdict(verdict), incidentId: null }],
    });
    expect(view.mayComeFromGroup).toBe(expected);
  });
});
