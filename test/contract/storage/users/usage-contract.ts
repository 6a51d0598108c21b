import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../../src/domain/durations.ts';
import type { UsageFact } from '../../../../src/domain/ports.ts';
import type { Known, ReportState } from '../../../../src/domain/usage/report.ts';
import { type PersonUsage, useSince } from '../../../../src/domain/usage/usage.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';
import { scanFinds } from '../scans/scanning.ts';
import type { Subject } from '../store-under-test.ts';

const NOW = Date.UTC(2026, 10, 27);
const fact = (userId: string, over: Partial<UsageFact> = {}): UsageFact => ({
  userId,
  last: {},
  mailbox: null,
  driveBytes: null,
  ...over,
});
const known = (over: Partial<Known> = {}): Known => ({
  known: true,
  run: 100,
  refreshedAt: NOW,
  periodDays: 180,
  ...over,
});
const state = (over: Partial<ReportState> = {}): ReportState => ({
  report: 'getTeamsUserActivityUserDetail',
  run: 100,
  refreshedAt: NOW,
  periodDays: 180,
  workloads: ['teams'],
  rows: 7,
  unmatched: 2,
  problem: null,
  ...over,
});

/** What every store holds of usage reports. */
export function usageContract(subject: Subject): void {
  describe('usage', () => {
    const usage = () => subject.store.usage;
    const of = async (id: string) => (await usage().byUsers([id]))[0];

    it('comes back as it was told, and nothing that was not', async () => {
      await usage().add(100, [
        fact('u1', { last: { teams: 5, exchange: null }, driveBytes: 9 }),
        fact('u2', { mailbox: { bytes: 12, hasArchive: true, kind: 'Shared' } }),
      ]);
      expect(await usage().byUsers(['u1', 'u2', 'u3'])).toEqual([
        {
          userId: 'u1',
          last: { teams: { run: 100, at: 5 }, exchange: { run: 100, at: null } },
          mailbox: null,
          driveBytes: 9,
          purpose: null,
        },
        {
          userId: 'u2',
          last: {},
          mailbox: { bytes: 12, hasArchive: true, kind: 'Shared' },
          driveBytes: null,
          purpose: null,
        },
      ]);
    });

    it.each([
      ['in one part', [[7, null]]],
      ['in one part, the idle row first', [[null, 7]]],
      ['in two', [[7], [null]]],
      ['in two, the idle row first', [[null], [7]]],
    ])('of a person who comes twice in a run %s is the later one', async (_where, parts) => {
      for (const part of parts)
        await usage().add(
          100,
          part.map((teams) => fact('u1', { last: { teams } })),
        );
      expect((await of('u1'))?.last.teams).toEqual({ run: 100, at: 7 });
    });

    it('of a later run takes the place of the former, for what that report says', async () => {
      await usage().add(100, [fact('u1', { last: { teams: 7, exchange: 3 } })]);
      await usage().add(200, [fact('u1', { last: { teams: null } })]);
      expect((await of('u1'))?.last).toEqual({
        teams: { run: 200, at: null },
        exchange: { run: 100, at: 3 },
      });
    });

    it('knows how each report stands, and why it was not read since', async () => {
      const problem = { code: 'forbidden', message: 'Grant it.', at: 5 };
      await usage().setProblem('getMailboxUsageDetail', problem);
      await usage().note(state());
      await usage().setProblem('getTeamsUserActivityUserDetail', problem);
      expect(await usage().reports()).toMatchObject([
        { report: 'getMailboxUsageDetail', run: null, refreshedAt: null, problem },
        { ...state(), problem },
      ]);
      await usage().note(state({ run: 200 }));
      expect((await usage().reports())[1]).toEqual(state({ run: 200 }));
    });

    it('keeps what mailboxes are for beside the rest', async () => {
      await usage().add(100, [fact('u1', { last: { teams: 5 } })]);
      await usage().addPurposes(7, [
        { userId: 'u1', purpose: 'user' },
        { userId: 'room', purpose: 'room' },
      ]);
      await usage().addPurposes(8, [{ userId: 'u1', purpose: 'shared' }]);
      expect(await usage().byUsers(['u1', 'room'])).toMatchObject([
        { userId: 'room', last: {}, purpose: 'room' },
        { userId: 'u1', last: { teams: { at: 5 } }, purpose: 'shared' },
      ]);
    });

    it('finds who used nothing as the domain says it, and counts the others', async () => {
      const since = NOW - 90 * DAY_MS;
      const at: Record<string, number | null | undefined> = {
        never: null,
        long: since - DAY_MS,
        edge: since,
        busy: NOW - DAY_MS,
        absent: undefined,
      };
      const facts = Object.entries(at).map(([id, teams]) =>
        fact(id, { last: teams === undefined ? {} : { teams } }),
      );
      await scanFinds(
        subject.store,
        [...Object.keys(at), 'unlicensed', 'old'].map((id) =>
          aUserState({ id, assignments: id === 'unlicensed' ? [] : [anAssignment()] }),
        ),
      );
      await usage().add(100, [...facts, fact('unlicensed', { last: { teams: null } })]);
      await usage().add(50, [fact('old', { last: { teams: null } })]);
      const coverage = { teams: known() } as never;
      const unused = (await usage().byUsers(Object.keys(at)))
        .filter((one: PersonUsage) => useSince(one, 'teams', coverage, since).use === 'unused')
        .map(({ userId }) => userId);
      const teams = [{ workload: 'teams', known: known() }] as const;
      const found = await usage().notUsing(teams, since);
      expect(found.toSorted()).toEqual(['long', 'never']);
      expect(unused.toSorted()).toEqual(['long', 'never']);
      expect((await usage().unknownOf(teams, since)).toSorted()).toEqual(['absent', 'old']);
      const further = NOW - 400 * DAY_MS;
      expect(await usage().notUsing(teams, further)).toEqual([]);
      const { skuId } = anAssignment();
      expect(await usage().notUsing(teams, since, { skuIds: ['other'], planIds: [] })).toEqual([]);
      expect(await usage().notUsing(teams, since, { skuIds: [skuId], planIds: ['plan'] })).toHaveLength(2);
    });

    it('finds only those who have the service by their license', async () => {
      const with_ = (id: string, disabledPlans: string[]) =>
        aUserState({ id, assignments: [anAssignment({ disabledPlans })] });
      await scanFinds(subject.store, [with_('on', ['sway']), with_('off', ['sway', 'teams'])]);
      await usage().add(100, [fact('on', { last: { teams: null } }), fact('off', { last: { teams: null } })]);
      const { skuId } = anAssignment();
      const holding = { skuIds: [skuId], planIds: ['teams'] };
      expect(await usage().notUsing([{ workload: 'teams', known: known() }], NOW, holding)).toEqual(['on']);
    });

    it('knows the names that accounts have and had', async () => {
      const lee = aUserState({ id: 'u1', userPrincipalName: 'Lee@contoso.com' });
      await scanFinds(subject.store, [lee]);
      const names = [];
      for await (const some of usage().names()) names.push(...some);
      expect(names).toEqual([{ userId: 'u1', name: 'lee@contoso.com', former: false }]);
    });
  });
}
