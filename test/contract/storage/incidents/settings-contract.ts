import { describe, expect, it } from 'vitest';
import type { SettingsCommit } from '../../../../src/domain/ports.ts';
import { aDecision } from '../../../builders/incident/decision.ts';
import type { Subject } from '../store-under-test.ts';

export function settingsContract(subject: Subject): void {
  let decisions = 0;
  const commit = (what: Omit<SettingsCommit, 'decision'>, id = `setting-${++decisions}`, at = 1_000) =>
    subject.store.settings.commit({
      decision: aDecision({ id, at, kind: 'set-setting', incidentId: null, way: null }),
      ...what,
    });
  const quiet = { key: 'QUIET_HOURS', from: null, to: '22:00-07:00' };
  const request = (id: string, expiresAt: number) => ({
    id,
    at: 1_000,
    expiresAt,
    by: aDecision().by,
    changes: [{ key: 'OWNER_ROLES', from: null, to: 'Global Administrator' }],
  });

  describe('settings made in chat', () => {
    it('are kept with who set them and when, until they are taken away', async () => {
      const { settings } = subject.store;
      expect(await settings.all()).toEqual([]);
      await commit({ changes: [quiet, { key: 'DIGEST_TIME', from: null, to: '07:00' }] });
      const by = aDecision().by;
      expect(await settings.all()).toEqual([
        { key: 'DIGEST_TIME', value: '07:00', at: 1_000, by },
        { key: 'QUIET_HOURS', value: '22:00-07:00', at: 1_000, by },
      ]);
      await commit({ changes: [{ key: 'QUIET_HOURS', from: '22:00-07:00', to: null }] });
      await commit({ changes: [{ key: 'DIGEST_TIME', from: '07:00', to: '09:00' }] }, 'later', 2_000);
      expect(await settings.all()).toMatchObject([{ key: 'DIGEST_TIME', value: '09:00', at: 2_000 }]);
    });

    it('are written together with their decision, or not at all', async () => {
      expect(await commit({ changes: [quiet] }, 'same')).toBe(true);
      expect(await commit({ changes: [{ ...quiet, to: '20:00-06:00' }] }, 'same')).toBe(false);
      expect(await subject.store.settings.all()).toMatchObject([{ value: '22:00-07:00' }]);
      expect(await subject.store.decisions.byIds(['same'])).toHaveLength(1);
    });

    it('that wait for a second owner are there until they are answered or too old', async () => {
      const { settings } = subject.store;
      await commit({ request: request('one', 5_000) });
      await commit({ request: request('two', 9_000) });
      expect(await settings.requests(4_999)).toEqual([request('one', 5_000), request('two', 9_000)]);
      expect(await settings.requests(5_000)).toEqual([request('two', 9_000)]);
      await commit({ answered: 'two', changes: request('two', 0).changes });
      expect(await settings.requests(4_999)).toEqual([request('one', 5_000)]);
      expect(await settings.all()).toMatchObject([{ key: 'OWNER_ROLES' }]);
    });
  });
}
