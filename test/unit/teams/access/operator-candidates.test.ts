import { describe, expect, it } from 'vitest';
import { createOperatorCandidates } from '../../../../src/teams/access/operator-candidates.ts';
import type { RoleSettings } from '../../../../src/teams/access/role-settings.ts';
import { Directory, GROUPS, NOBODY } from '../a-directory.ts';

describe('who may be an operator', () => {
  it.each<{ roles: RoleSettings; who: string; may: boolean }>([
    { roles: GROUPS, who: 'olga', may: true },
    { roles: GROUPS, who: 'wen', may: true },
    { roles: GROUPS, who: 'rob', may: false },
    { roles: { ...GROUPS, scopedOperators: [{ groupId: 'berlin', unitId: 'u' }] }, who: 'rob', may: true },
    { roles: { ...GROUPS, operatorRoleIds: ['license-admin'] }, who: 'rob', may: true },
    { roles: NOBODY, who: 'rob', may: false },
  ])('$who: $may', async ({ roles, who, may }) => {
    const directory = new Directory();
    const maybe = createOperatorCandidates(roles, directory, () => 0);
    expect(await maybe(who)).toBe(may);
    await maybe('somebody else');
    expect(directory.asked.length).toBeLessThanOrEqual(3);
    expect(directory.asked).not.toContain('members of readers');
  });

  it('is not told by a group that is too large, or cannot be read', async () => {
    const directory = new Directory();
    directory.groups.operators = Array.from({ length: 1_000 }, (_, index) => `u${index}`);
    expect(await createOperatorCandidates(GROUPS, directory, () => 0)('rob')).toBe(true);
    directory.groups.operators = [];
    directory.silent = () => true;
    expect(await createOperatorCandidates(GROUPS, directory, () => 0)('rob')).toBe(true);
  });
});
