import { describe, expect, it } from 'vitest';
import { type NotifiedObject, wantedRead } from '../../../../src/domain/notifications/wanted-read.ts';

const user = (id: string, at = 1): NotifiedObject => ({ resource: 'users', id, at });
const group = (id: string): NotifiedObject => ({ resource: 'groups', id, at: 1 });
const users = (count: number): NotifiedObject[] =>
  Array.from({ length: count }, (_, index) => user(`u${index}`));
const isLicensed = (id: string): boolean => id === 'LIC-E3';

describe('what was notified', () => {
  it.each([
    ['nothing asks for no read', [], null],
    [
      'users are read by their ids, each once',
      [user('a'), user('b'), user('a', 2)],
      { kind: 'targeted', userIds: ['a', 'b'] },
    ],
    [
      '200 users are still read by their ids',
      users(200),
      { kind: 'targeted', userIds: users(200).map(({ id }) => id) },
    ],
    ['many users are read as what changed', users(201), { kind: 'delta' }],
    ['a group that gives licenses is read as what changed', [user('a'), group('LIC-E3')], { kind: 'delta' }],
    ['any other group asks for nothing', [group('Lunch')], null],
    [
      'any other group takes nothing from users',
      [group('Lunch'), user('a')],
      { kind: 'targeted', userIds: ['a'] },
    ],
  ] as const)('%s', (_name, notified, read) => {
    expect(wantedRead(notified, isLicensed)).toEqual(read);
  });
});
