import { describe, expect, it } from 'vitest';
import { groupIntoIncidents } from '../../../../src/domain/alert/group.ts';
import type { Verdict } from '../../../../src/domain/attribution/verdict.ts';
import type { DetectedChange } from '../../../../src/domain/license/change.ts';
import { aChange } from '../../../builders/license/license-change.ts';
import { aSkuState } from '../../../builders/license/sku-state.ts';

const aVerdict = (over: Partial<Verdict> = {}): Verdict => ({
  level: 'proved',
  cause: 'admin-action',
  actor: { kind: 'user', id: 'ines', name: 'ines@fabrikam.example' },
  chain: [],
  evidence: [],
  groupId: null,
  advisories: [],
  ...over,
});
const lapse = aVerdict({ cause: 'subscription-lifecycle', actor: null });
const noRecord = aVerdict({ level: 'unexplained', cause: 'unknown', actor: null });

const incidentsOf = (...members: [Partial<DetectedChange>, Verdict][]) =>
  groupIntoIncidents(
    members.map(([over]) => aChange(over)),
    members.map(([, verdict]) => verdict),
    'scan-1',
  );

describe('changes of one cause are one incident', () => {
  it('one person, several users and products', () => {
    expect(
      incidentsOf(
        [{ userId: 'a', skuId: 'x' }, aVerdict()],
        [{ userId: 'b', skuId: 'y' }, aVerdict()],
        [{ userId: 'a', skuId: 'y' }, aVerdict()],
      ),
    ).toMatchObject([{ userIds: ['a', 'b'], skuIds: ['x', 'y'], changes: [0, 1, 2], level: 'proved' }]);
  });

  it('two people are two incidents, and so are two groups', () => {
    const tom = aVerdict({ actor: { kind: 'user', id: 'tom', name: null } });
    const group = (groupId: string): Verdict => aVerdict({ cause: 'group-membership', groupId });
    expect(incidentsOf([{}, aVerdict()], [{}, tom])).toHaveLength(2);
    expect(incidentsOf([{}, group('g')], [{}, group('h')], [{}, group('g')])).toHaveLength(2);
  });

  it("a subscription's end and its users' losses are one; another subscription's are another", () => {
    const skuBefore = aSkuState();
    const skuAfter = aSkuState({ capabilityStatus: 'Suspended' });
    const ended = { kind: 'subscription-changed', userId: null, skuId: 'x', skuBefore, skuAfter } as const;
    const incidents = incidentsOf(
      [ended, lapse],
      [
        { userId: 'a', skuId: 'x' },
        { ...lapse, level: 'likely' },
      ],
      [
        { userId: 'a', skuId: 'y' },
        { ...lapse, level: 'likely' },
      ],
    );
    expect(incidents).toMatchObject([
      { kind: 'lost', skuIds: ['y'] },
      { kind: 'subscription-changed', userIds: ['a'], skuIds: ['x'], level: 'proved' },
    ]);
  });

  it('what no record explains in one read is one, and another read has its own', () => {
    const [first] = incidentsOf([{ userId: 'a' }, noRecord], [{ userId: 'b', skuId: 'y' }, noRecord]);
    expect(first?.userIds).toEqual(['a', 'b']);
    const [later] = groupIntoIncidents([aChange()], [noRecord], 'scan-2');
    expect(later?.fingerprint).not.toBe(first?.fingerprint);
  });

  it('names and the number of users are no part of the fingerprint', () => {
    const renamed = aVerdict({ actor: { kind: 'user', id: 'ines', name: 'ines.silva@fabrikam.example' } });
    const [one] = incidentsOf([{ userId: 'a' }, aVerdict()]);
    const [two] = incidentsOf([{ userId: 'b' }, renamed], [{ userId: 'c' }, renamed]);
    expect(two?.fingerprint).toBe(one?.fingerprint);
  });
});

describe('what is told', () => {
  it.each([['gained'], ['swap'], ['path-changed'], ['plans-changed'], ['account-restored']] as const)(
    '%s is history',
    (kind) => {
      expect(incidentsOf([{ kind }, aVerdict()])).toEqual([]);
    },
  );

  it('our own work is history', () => {
    expect(incidentsOf([{}, aVerdict({ cause: 'license-watch' })])).toEqual([]);
  });

  it.each([
    { name: 'an account that people keep an eye on', around: { isWatched: () => true }, told: 1 },
    { name: 'one of many accounts, told before the others', around: { accountsRemoved: 3 }, told: 1 },
    { name: 'any other account', around: {}, told: 0 },
  ])('a single removed account is told for $name: $told', ({ around, told }) => {
    const removed = aChange({ kind: 'account-removed', skuId: null });
    expect(groupIntoIncidents([removed], [noRecord], 'scan-1', around)).toHaveLength(told);
  });

  it('two removed accounts are history, three are told', () => {
    const gone = (userId: string): [Partial<DetectedChange>, Verdict] => [
      { kind: 'account-removed', userId, skuId: null },
      aVerdict({ cause: 'account-deleted' }),
    ];
    expect(incidentsOf(gone('a'), gone('b'))).toEqual([]);
    expect(incidentsOf(gone('a'), gone('b'), gone('c'))).toMatchObject([
      { skuIds: [], userIds: ['a', 'b', 'c'] },
    ]);
  });

  it('seats are told when fewer are left than are used', () => {
    const seats = (enabled: number): [Partial<DetectedChange>, Verdict] => [
      { kind: 'seats-changed', userId: null, skuBefore: aSkuState(), skuAfter: aSkuState({ enabled }) },
      lapse,
    ];
    expect(incidentsOf(seats(8))).toEqual([]);
    expect(incidentsOf(seats(7))).toMatchObject([{ kind: 'seats-changed', severity: 'medium' }]);
  });
});

describe('severity', () => {
  const losses = (count: number): [Partial<DetectedChange>, Verdict][] =>
    Array.from({ length: count }, (_, index) => [{ userId: `u${index}` }, aVerdict()]);

  it.each([
    { users: 1, severity: 'medium' },
    { users: 2, severity: 'high' },
    { users: 9, severity: 'high' },
    { users: 10, severity: 'critical' },
  ])('a proved loss of $users users is $severity', ({ users, severity }) => {
    expect(incidentsOf(...losses(users))[0]?.severity).toBe(severity);
  });

  it.each([
    ['nothing explains it', aVerdict({ level: 'unexplained', cause: 'unknown', actor: null, evidence: [] })],
    ['it is only likely', aVerdict({ level: 'likely' })],
    ['an app took it', aVerdict({ cause: 'automation', actor: { kind: 'app', id: 'a', name: 'Runbook' } })],
  ])('a single loss is high where %s', (_name, verdict) => {
    expect(incidentsOf([{}, verdict])[0]?.severity).toBe('high');
  });

  it('the worst incident comes first', () => {
    const waiting: [Partial<DetectedChange>, Verdict] = [
      { kind: 'never-granted' },
      aVerdict({ cause: 'seat-shortage', actor: null }),
    ];
    expect(incidentsOf(waiting, ...losses(2)).map(({ severity }) => severity)).toEqual(['high', 'medium']);
  });
});
