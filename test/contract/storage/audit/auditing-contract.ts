import { expect, it } from 'vitest';
import { AUDITING_UNKNOWN, type Auditing } from '../../../../src/domain/audit/auditing.ts';
import { HOUR_MS } from '../../../../src/domain/durations.ts';
import { anArchivedEvent } from '../../../builders/audit/archived-event.ts';
import type { Subject } from '../store-under-test.ts';

const OFF: Auditing = {
  state: 'off',
  since: 1_000,
  answer: { state: 'on', at: 900 },
  record: { state: 'off', at: 1_000 },
  askedAt: 900,
  detail: 'why',
};

const notice = (key: string) => ({
  key,
  message: { kind: 'notice' as const, title: 'Auditing is off', text: 'Switch it on.' },
  notBefore: 0,
});

/** Whether the tenant audits, and which sources are in trouble. */
export function auditingContract(subject: Subject): void {
  it('knows nothing of auditing at first, then what was written, with its message', async () => {
    const { audit, outbox } = subject.store;
    expect(await audit.auditing()).toEqual(AUDITING_UNKNOWN);
    const written = await audit.changeAuditing((before) => {
      expect(before).toEqual(AUDITING_UNKNOWN);
      return { auditing: OFF, news: [notice('a')] };
    });
    expect(written).toEqual(OFF);
    expect(await audit.auditing()).toEqual(OFF);
    await audit.changeAuditing(() => ({ auditing: OFF, news: [notice('a')] }));
    expect((await outbox.due(1)).map(({ key }) => key)).toEqual(['a']);
  });

  it('writes neither state nor message when one of them fails', async () => {
    const { audit, outbox } = subject.store;
    await expect(
      audit.changeAuditing(() => {
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await audit.auditing()).toEqual(AUDITING_UNKNOWN);
    expect(await outbox.due(1)).toEqual([]);
  });

  it('counts the failures of a source in a row, and since when', async () => {
    const { audit } = subject.store;
    const fail = (at: number) => audit.setProblem('activity', { code: 'forbidden', message: 'No.', at });
    for (const at of [10, 20, 30]) await fail(at);
    expect(await audit.problems()).toEqual([
      { source: 'activity', code: 'forbidden', message: 'No.', at: 30, since: 10, failures: 3 },
    ]);
    await audit.setProblem('activity', null);
    expect(await audit.problems()).toEqual([]);
    await fail(40);
    expect(await audit.problems()).toMatchObject([{ since: 40, failures: 1 }]);
  });

  it('tells the hours with records of a source, and keeps its silence', async () => {
    const { audit } = subject.store;
    const at = (time: number, id: string) => anArchivedEvent({ id, at: time, source: 'activity' });
    await audit.append(
      [at(5 * HOUR_MS + 1, 'a'), at(5 * HOUR_MS + 9, 'b'), at(9 * HOUR_MS, 'c'), at(HOUR_MS, 'd')],
      1,
    );
    expect(await audit.hoursWithRecords('activity', 2 * HOUR_MS)).toEqual([5 * HOUR_MS, 9 * HOUR_MS]);
    expect(await audit.hoursWithRecords('directoryAudits', 0)).toEqual([]);
    await audit.setSilentSince('activity', 10 * HOUR_MS);
    expect(await audit.silences()).toEqual([{ source: 'activity', since: 10 * HOUR_MS }]);
    await audit.setSilentSince('activity', null);
    expect(await audit.silences()).toEqual([]);
  });
}
