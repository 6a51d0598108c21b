import { describe, expect, it } from 'vitest';
import { createRoles } from '../../../src/teams/roles.ts';

const person = (aadObjectId: string) => ({ aadObjectId, tenantId: null, name: aadObjectId });
const groups = { readerGroupId: 'readers', operatorGroupId: 'operators', ownerGroupId: 'owners' };
const MEMBERS: Record<string, string[]> = { readers: ['rob', 'olga'], operators: ['olga'], owners: ['wen'] };

function rolesWith(members: (groupId: string) => Promise<ReadonlySet<string>>, clock = { now: 0 }) {
  const failures: string[] = [];
  const role = createRoles({
    groups,
    members,
    now: () => clock.now,
    onFailure: (groupId) => failures.push(groupId),
  });
  return { role, failures };
}

describe('what a person may do', () => {
  it.each([
    { who: 'rob', want: 'reader' },
    { who: 'olga', want: 'operator' },
    { who: 'wen', want: 'owner' },
    { who: 'a stranger', want: 'none' },
  ])('$who: $want', async ({ who, want }) => {
    const { role } = rolesWith(async (groupId) => new Set(MEMBERS[groupId]));
    expect(await role(person(who))).toBe(want);
  });

  it('is nothing at all while the directory cannot say, and is asked again the next time', async () => {
    let broken = true;
    const { role, failures } = rolesWith(async (groupId) => {
      if (broken) throw new Error('no answer');
      return new Set(MEMBERS[groupId]);
    });
    expect(await role(person('olga'))).toBe('none');
    expect(failures).toEqual(['owners']);
    broken = false;
    expect(await role(person('olga'))).toBe('operator');
  });

  it('is asked at most once a minute, and a removed operator is out after that', async () => {
    const clock = { now: 0 };
    let operators = ['olga'];
    let asked = 0;
    const { role } = rolesWith(async (groupId) => {
      asked++;
      return new Set(groupId === 'operators' ? operators : []);
    }, clock);
    await role(person('olga'));
    operators = [];
    expect(await role(person('olga'))).toBe('operator');
    expect(asked).toBe(2);
    clock.now = 60_001;
    expect(await role(person('olga'))).toBe('none');
  });

  it('without role groups is to ask, and never to decide', async () => {
    const none = { readerGroupId: null, operatorGroupId: null, ownerGroupId: null };
    const role = createRoles({
      groups: none,
      members: async () => new Set(),
      now: () => 0,
      onFailure: () => undefined,
    });
    expect(await role(person('anybody'))).toBe('reader');
  });
});
