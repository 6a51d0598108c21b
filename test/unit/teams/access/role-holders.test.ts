import { expect, it } from 'vitest';
import { NO_ACCESS } from '../../../../src/domain/access/access.ts';
import { createRoleHolders } from '../../../../src/teams/access/role-holders.ts';
import { Directory } from '../a-directory.ts';

const ROLES = {
  readerGroupId: null,
  operatorGroupId: 'operators',
  ownerGroupId: null,
  readerRoleIds: [],
  operatorRoleIds: [],
  ownerRoleIds: [],
  scopedOperators: [{ groupId: 'berlin', unitId: 'unit-berlin' }],
};

const holdersIn = (directory: Directory) =>
  createRoleHolders({
    roles: ROLES,
    directory,
    accessOf: async () => NO_ACCESS,
    roleName: () => null,
    roleId: () => null,
    now: () => 0,
  });

it('says of each setting who is in its group, and over how many users', async () => {
  expect(await holdersIn(new Directory()).sources()).toMatchObject([
    { role: 'operator', setting: 'OPERATOR_GROUP_ID', over: null, holders: { ids: ['olga'], more: false } },
    {
      role: 'operator',
      setting: 'SCOPED_OPERATORS',
      over: 'the administrative unit unit-berlin (2 users)',
      holders: { ids: ['bea', 'rob'], more: false },
    },
  ]);
});

it('says of what the directory cannot answer that it is not known', async () => {
  const directory = new Directory();
  directory.silent = (source) => source === 'members of operators';
  const [operators, berlin] = await holdersIn(directory).sources();
  expect(operators?.holders).toBe(null);
  expect(berlin?.holders).not.toBe(null);
});
