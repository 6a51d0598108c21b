import { expect, it } from 'vitest';
import type { LicenseChange } from '../../../../src/domain/license/change.ts';
import { watchedIn, watchListOf } from '../../../../src/domain/suppression/watched-in.ts';
import { aWatchMark } from '../../../builders/incident/suppression.ts';
import { aChange } from '../../../builders/license/license-change.ts';
import { anAssignment } from '../../../builders/license/user-state.ts';

const marks = [
  aWatchMark({ subject: { kind: 'user', id: 'u1' } }),
  aWatchMark({ subject: { kind: 'group', id: 'board' } }),
];
const list = watchListOf(marks, new Set(['member']));
const fromGroup = [anAssignment({ path: 'board' })];

it.each<{ name: string; change: Partial<LicenseChange>; watched: boolean }>([
  { name: 'a marked user', change: { userId: 'u1' }, watched: true },
  { name: 'a member of a marked group', change: { userId: 'member' }, watched: true },
  {
    name: 'somebody who had it from a marked group',
    change: { userId: 'u9', before: fromGroup },
    watched: true,
  },
  {
    name: 'somebody who cannot get it from a marked group',
    change: { userId: 'u9', kind: 'never-granted', before: [], after: fromGroup },
    watched: true,
  },
  {
    name: 'the account of a marked user',
    change: { userId: 'u1', kind: 'account-removed', skuId: null },
    watched: true,
  },
  { name: 'somebody else', change: { userId: 'u9' }, watched: false },
  { name: 'a marked user who gains', change: { userId: 'u1', kind: 'gained' }, watched: false },
  {
    name: 'a user whose id is that of a marked group',
    change: { userId: 'board' },
    watched: false,
  },
  { name: 'a subscription', change: { userId: null, kind: 'subscription-changed' }, watched: false },
])('keeps an eye on the loss of $name: $watched', ({ change, watched }) => {
  expect(watchedIn([aChange({ id: 'c', ...change })], list).has('c')).toBe(watched);
});
