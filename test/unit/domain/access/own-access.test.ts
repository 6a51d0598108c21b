import { expect, it } from 'vitest';
import { accessNews, type KnownPermission } from '../../../../src/domain/access/own-access.ts';

const A = 'AuditLog.Read.All';
const U = 'User.Read.All';
const known = (permission: string, held: boolean): KnownPermission => ({ permission, held, since: 1 });
const row = (permission: string, held: boolean) => ({ permission, held, since: 9 });

it.each<[string, KnownPermission[], string[], string[], ReturnType<typeof accessNews>]>([
  ['the first look', [], [A, U], [], { rows: [row(A, true), row(U, true)], lost: [], back: [] }],
  ['never granted', [], [U], [A], { rows: [row(U, true)], lost: [], back: [] }],
  ['as before', [known(A, true), known(U, true)], [U, A], [], { rows: [], lost: [], back: [] }],
  ['taken away', [known(A, true), known(U, true)], [U], [A], { rows: [row(A, false)], lost: [A], back: [] }],
  ['still gone', [known(A, false), known(U, true)], [U], [A], { rows: [], lost: [], back: [] }],
  ['back', [known(A, false)], [A], [], { rows: [row(A, true)], lost: [], back: [A] }],
  ['could not be found out', [known(A, true), known(U, true)], [U], [], { rows: [], lost: [], back: [] }],
  ['in both lists: it is held', [known(A, true)], [A], [A], { rows: [], lost: [], back: [] }],
])('a permission: %s', (_what, before, held, refused, news) => {
  expect(accessNews(before, { held, refused }, 9)).toEqual(news);
});
