import { beforeEach, describe, expect, it } from 'vitest';
import { anArchivedEvent } from '../../../builders/audit/archived-event.ts';
import { aVerdict } from '../../../builders/audit/verdict.ts';
import { aDecision } from '../../../builders/incident/decision.ts';
import { aChange } from '../../../builders/license/license-change.ts';
import type { Subject } from '../store-under-test.ts';
import { aScanCommit, userNo } from './scanning.ts';

export function ledgerContract(subject: Subject): void {
  describe('a ledger table', () => {
    beforeEach(async () => {
      const { scans, audit, incidents } = subject.store;
      const session = await scans.begin('scan-1');
      await session.stage([userNo(1)]);
      await session.commit(aScanCommit({ changes: [aChange({ id: 'change-1' })] }));
      await audit.append([anArchivedEvent()], 0);
      await incidents.commit({
        incidents: [],
        verdicts: [{ changeId: 'change-1', at: 1, verdict: aVerdict() }],
        settled: [],
        outbox: [],
        decisions: [aDecision()],
      });
    });

    it.each([
      ['license_changes', 'kind'],
      ['audit_events', 'raw'],
      ['attributions', 'verdict'],
      ['decisions', 'body'],
    ])('%s only grows', async (table, column) => {
      await expect(subject.execute(`update ${table} set ${column} = 'other'`)).rejects.toThrow(/append-only/);
      await expect(subject.execute(`delete from ${table}`)).rejects.toThrow(/append-only/);
    });
  });

  describe('a row that was spoilt', () => {
    it('is told with its name, not used', async () => {
      const session = await subject.store.scans.begin('scan-1');
      await session.stage([userNo(1)]);
      await session.commit(aScanCommit());
      const read = () => subject.store.users.byIds([userNo(1).id]);
      await subject.execute(`update user_states set state = 'not json'`);
      await expect(read()).rejects.toMatchObject({
        code: 'corrupt-row',
        message: expect.stringContaining(userNo(1).id),
      });
      await subject.execute(`update user_states set state = '["too short"]'`);
      await expect(read()).rejects.toMatchObject({ code: 'corrupt-row' });
    });
  });
}
