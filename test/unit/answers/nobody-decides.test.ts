import { expect, it } from 'vitest';
import { createAskWithQuery } from '../../../src/answers/ask.ts';
import { nobodyDecides } from '../../../src/config/roles.ts';
import { anEmptyStore } from '../../builders/storage/store-in-memory.ts';
import { NOW } from './a-watched-tenant.ts';

const NO_ROLES = {
  readerGroupId: 'group-1',
  operatorGroupId: null,
  ownerGroupId: null,
  readerRoleIds: [],
  operatorRoleIds: [],
  ownerRoleIds: [],
  scopedOperators: [],
  auditorGroupId: null,
  auditorRoleIds: [],
  secondApproverAbove: null,
};

it.each([
  ['no group and no directory role decides', NO_ROLES, true],
  ['a group operates', { ...NO_ROLES, operatorGroupId: 'group-2' }, false],
  ['a directory role owns', { ...NO_ROLES, ownerRoleIds: ['role-1'] }, false],
  [
    'a group operates in a unit',
    { ...NO_ROLES, scopedOperators: [{ groupId: 'group-3', unitId: 'unit-1' }] },
    false,
  ],
])('status says so where nobody decides: %s', async (_name, roles, expected) => {
  const store = await anEmptyStore();
  const ask = createAskWithQuery({
    store,
    now: () => NOW,
    timeZone: 'UTC',
    incidentView: async () => null,
    nobodyDecides: nobodyDecides(roles),
  });
  const asker = { userId: null, timeZone: null, sees: null, acts: null };
  const { answer } = await ask('status', asker);
  expect(JSON.stringify(answer).includes('no setting gives anybody a role that decides')).toBe(expected);
  await store.close();
});
