import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../../src/domain/durations.ts';
import { guessAccount, isSpared } from '../../../../src/domain/spend/account-guess.ts';
import { isReadDue, lastUsedAt } from '../../../../src/domain/spend/sign-in.ts';
import { type UnusedRules, type UserUse, unusedLicenses } from '../../../../src/domain/spend/unused.ts';
import { aSignIn } from '../../../builders/audit/sign-in.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';

const NOW = Date.UTC(2026, 10, 23);
const ago = (days: number): number => NOW - days * DAY_MS;
const FREE = 'free-sku';

const rules: UnusedRules = {
  asOf: NOW,
  since: ago(90),
  counts: (skuId) => skuId !== FREE,
  isForResources: () => false,
};
const user = aUserState({ id: 'u1', assignments: [anAssignment({ skuId: 'e3' })] });
const signedIn = (days: number | null, createdDaysAgo = 400) =>
  aSignIn({ userId: 'u1', successfulAt: days === null ? null : ago(days), createdAt: ago(createdDaysAgo) });
const use = (over: Partial<UserUse> = {}): UserUse => ({
  signIn: signedIn(1),
  firstSeenAt: ago(400),
  activeAt: null,
  givenAt: () => null,
  ...over,
});
const reasons = (known: UserUse, who = user, which = rules) =>
  unusedLicenses(who, known, which).map(({ reason }) => reason);

describe('a license of somebody who', () => {
  it.each([
    ['signed in yesterday', signedIn(1), null, []],
    ['signed in 89 days ago', signedIn(89), null, []],
    ['signed in 91 days ago', signedIn(91), null, ['idle']],
    ['never signed in', signedIn(null), null, ['never']],
    ['never signed in and came 29 days ago', signedIn(null, 29), null, []],
    ['never signed in and came 31 days ago', signedIn(null, 31), null, ['never']],
    ['is away and got it 29 days ago', signedIn(91), 29, []],
    ['is away and got it 31 days ago', signedIn(91), 31, ['not-since-given']],
    ['left 40 days ago and got it afterwards', signedIn(40), 35, ['not-since-given']],
    ['signed in after it was given', signedIn(20), 35, []],
    ['was away before and after it was given', signedIn(91), 100, ['idle']],
    ['never signed in and got it 29 days ago', signedIn(null), 29, []],
    ['may do anything: no sign-in is known', null, null, []],
  ])('%s', (_, signIn, givenDaysAgo, expected) => {
    const givenAt = givenDaysAgo === null ? null : ago(givenDaysAgo);
    expect(reasons(use({ signIn, givenAt: () => givenAt }))).toEqual(expected);
  });

  it('is blocked counts, whether sign-ins are known or not, and however lately it was given', () => {
    const blocked = { ...user, accountEnabled: false };
    expect(reasons(use(), blocked)).toEqual(['blocked']);
    expect(reasons(use({ signIn: null, givenAt: () => ago(1) }), blocked)).toEqual(['blocked']);
  });

  it('is not known to be blocked does not count as blocked', () => {
    expect(reasons(use({ signIn: null }), { ...user, accountEnabled: null })).toEqual([]);
  });

  it('came when we first looked, if Microsoft does not say when', () => {
    const signIn = aSignIn({ userId: 'u1', successfulAt: null, createdAt: null });
    expect(reasons(use({ signIn, firstSeenAt: ago(10) }))).toEqual([]);
    expect(reasons(use({ signIn, firstSeenAt: ago(40) }))).toEqual(['never']);
  });

  it('is asked about for a week needs no more patience than that', () => {
    const week = { ...rules, since: ago(7) };
    expect(reasons(use({ signIn: signedIn(null, 8) }), user, week)).toEqual(['never']);
    expect(reasons(use({ signIn: signedIn(null, 6) }), user, week)).toEqual([]);
  });
});

describe('of the licenses of an account that is not used', () => {
  const away = use({ signIn: signedIn(200) });

  it('free ones, and those that do not work, are not counted', () => {
    const assignments = [
      anAssignment({ skuId: FREE }),
      anAssignment({ skuId: 'visio', state: 'Error', error: 'CountViolation' }),
    ];
    expect(reasons(away, { ...user, assignments })).toEqual([]);
  });

  it('one by two paths counts once, with both', () => {
    const assignments = [anAssignment({ skuId: 'e3' }), anAssignment({ skuId: 'e3', path: 'group-1' })];
    expect(unusedLicenses({ ...user, assignments }, away, rules)).toMatchObject([
      { userId: 'u1', skuId: 'e3', paths: ['direct', 'group-1'], lastUsedAt: ago(200), givenAt: null },
    ]);
  });
});

describe('what an account seems to be', () => {
  const guess = (over: Parameters<typeof aUserState>[0]) => guessAccount(aUserState(over), false).kind;
  it.each([
    ['Nora Lindqvist', 'nora.lindqvist@x.example', 'person'],
    ['Conf Room Stevens', 'room.stevens@x.example', 'shared'],
    ['Vergaderzaal Amstel', 'amstel@x.example', 'shared'],
    ['Room 12', 'r12@x.example', 'shared'],
    ['Svc Backup', 'svc-backup@x.example', 'service'],
    ['Scanner', 'scanner2@x.example', 'service'],
    ['On-Premises Directory Synchronization Service Account', 'Sync_DC1_ab@x.example', 'service'],
    ['Break-glass 1', 'bg1@x.example', 'emergency'],
    ['Cloud admin', 'breakglass01@x.example', 'emergency'],
    ['Roomer Janssen', 'roomer.janssen@x.example', 'person'],
    ['Sara Service', 'sara@x.example', 'person'],
    ['Scanlon Perry', 'scanlon.perry@x.example', 'person'],
    ['Apia Boardman', 'apia@x.example', 'person'],
  ])('%s (%s): %s', (displayName, userPrincipalName, kind) => {
    expect(guess({ displayName, userPrincipalName })).toBe(kind);
  });

  it('a mailbox of a task names no person', () => {
    const info = { displayName: 'Info', userPrincipalName: 'info@x.example' };
    expect(guess({ ...info, givenName: null, surname: null })).toBe('shared');
    expect(guess({ ...info, givenName: 'Ines', surname: 'Fo' })).toBe('person');
  });

  it('a guest is told for certain, in any case', () => {
    expect(guess({ userType: 'guest' })).toBe('guest');
  });

  it('a license for rooms tells more than a name', () => {
    expect(guessAccount(aUserState(), true)).toEqual({
      kind: 'shared',
      because: 'it holds a license for rooms or shared devices',
    });
  });

  it.each([
    [['u1'], true],
    [['nora.lindqvist@fabrikam.example'], true],
    [['u2', 'nora@fabrikam.example'], false],
  ])('is spared by %j: %s', (names, excluded) => {
    const nora = aUserState({ id: 'u1', userPrincipalName: 'Nora.Lindqvist@fabrikam.example' });
    expect(isSpared(nora, new Set(names))).toBe(excluded);
  });
});

describe('sign-ins', () => {
  it.each([
    ['an attempt after the last success is a guessed password', { successfulAt: 5, interactiveAt: 9 }, 5],
    ['of two kinds of attempts the later one counts', { interactiveAt: 3, nonInteractiveAt: 4 }, 4],
    [
      'of two kinds of attempts the later one counts, either way',
      { interactiveAt: 4, nonInteractiveAt: 3 },
      4,
    ],
    ['one kind alone counts', { nonInteractiveAt: 7 }, 7],
    ['nothing is never', {}, null],
  ])('%s', (_, times, used) => {
    expect(lastUsedAt(aSignIn({ successfulAt: null, ...times }))).toBe(used);
  });

  it.each([
    [null, true],
    [0.9, false],
    [1, true],
  ])('read %s days ago are due: %s', (days, due) => {
    expect(isReadDue({ readAt: days === null ? null : ago(days), problem: null }, NOW)).toBe(due);
  });
});
