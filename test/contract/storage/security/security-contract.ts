import { describe, expect, it } from 'vitest';
import { generalPolicy } from '../../../../src/domain/archive/retention.ts';
import type { Detector } from '../../../../src/domain/detection/evaluate.ts';
import { DAY_MS } from '../../../../src/domain/durations.ts';
import type { IncidentCommit } from '../../../../src/domain/ports.ts';
import { anArchivedEvent } from '../../../builders/audit/archived-event.ts';
import { aDecision } from '../../../builders/incident/decision.ts';
import {
  aRuleMatch,
  aSecurityIncident,
  aSecurityRule,
} from '../../../builders/security/security-incident.ts';
import type { Subject } from '../store-under-test.ts';

/** Each record matches one rule, named after its operation. */
const byOperation: Pick<Detector, 'matchesOf'> = {
  matchesOf: (raw, operation) => [
    aRuleMatch({
      ruleId: `rule of ${operation}`,
      recordId: (JSON.parse(raw) as { id: string }).id,
      together: 'act-1',
      values: { ip: '203.0.113.9' },
    }),
  ],
};

export function securityContract(subject: Subject): void {
  const commit = (security: IncidentCommit['security'], over: Partial<IncidentCommit> = {}) =>
    subject.store.incidents.commit({
      incidents: [],
      verdicts: [],
      settled: [],
      outbox: [],
      ...(security ? { security } : {}),
      ...over,
    });
  const append = (ids: string[], receivedAt: number, operation = 'Set-Mailbox') =>
    subject.store.audit.append(
      ids.map((id) => anArchivedEvent({ id, operation })),
      receivedAt,
      [],
      byOperation,
    );
  const pendingIds = async () => (await subject.store.security.pending(100)).map(({ recordId }) => recordId);

  it('keeps which permissions are held, the newest word over the one before', async () => {
    const { ownAccess } = subject.store;
    expect(await ownAccess.known()).toEqual([]);
    await ownAccess.note([
      { permission: 'User.Read.All', held: true, since: 1 },
      { permission: 'AuditLog.Read.All', held: true, since: 1 },
    ]);
    await ownAccess.note([]);
    await ownAccess.note([{ permission: 'User.Read.All', held: false, since: 2 }]);
    expect(await ownAccess.known()).toEqual([
      { permission: 'AuditLog.Read.All', held: true, since: 1 },
      { permission: 'User.Read.All', held: false, since: 2 },
    ]);
  });

  describe('matches of detections', () => {
    it('are written with their records, once for each record however often it comes', async () => {
      expect(await append(['a', 'b', 'a'], 1_000)).toBe(2);
      expect(await append(['b', 'c'], 2_000)).toBe(1);
      expect(await pendingIds()).toEqual(['a', 'b', 'c']);
      expect((await subject.store.security.pending(1))[0]).toEqual({
        ...aRuleMatch({ ruleId: 'rule of Set-Mailbox', recordId: 'a' }),
        together: 'act-1',
        values: { ip: '203.0.113.9' },
        receivedAt: 1_000,
      });
      expect(await subject.store.security.backlog()).toEqual({ waiting: 3, oldestAt: 1_000 });
    });

    it('are lost together with their records where the page cannot be written', async () => {
      const broken: Pick<Detector, 'matchesOf'> = {
        matchesOf() {
          throw new Error('the process died');
        },
      };
      const events = [anArchivedEvent({ id: 'a' })];
      await expect(subject.store.audit.append(events, 1_000, [], broken)).rejects.toThrow('died');
      expect(await subject.store.security.records(['a'])).toEqual([]);
      expect(await append(['a'], 2_000)).toBe(1);
      expect(await pendingIds()).toEqual(['a']);
    });

    it('are looked at once: who is slower writes nothing', async () => {
      await append(['a', 'b'], 1_000);
      const told = [{ ruleId: 'rule of Set-Mailbox', recordId: 'a' }];
      const incidents = [aSecurityIncident()];
      expect(await commit({ incidents, told, toldAt: 5_000 })).toBe(true);
      expect(await pendingIds()).toEqual(['b']);
      const second = { incidents: [aSecurityIncident({ id: 'other', identity: 'other' })], told };
      const decisions = [aDecision({ id: 'slower', incidentId: null })];
      expect(await commit({ ...second, toldAt: 6_000 }, { decisions })).toBe(false);
      expect(await subject.store.security.byId('other')).toBeNull();
      expect(await subject.store.decisions.byIds(['slower'])).toEqual([]);
    });

    it('that were looked at are found by rule and time, the newest first', async () => {
      await append(['a', 'b'], 1_000);
      const { at } = aRuleMatch();
      const found = async (from: number, to: number, limit = 10) =>
        (await subject.store.security.matches(['rule of Set-Mailbox'], { from, to }, limit)).map(
          ({ recordId }) => recordId,
        );
      expect(await found(0, at)).toEqual([]);
      const told = ['a', 'b'].map((recordId) => ({ ruleId: 'rule of Set-Mailbox', recordId }));
      await commit({ incidents: [], told, toldAt: 5_000 });
      expect(await found(at, at)).toEqual(['a', 'b']);
      expect(await found(at, at, 1)).toEqual(['a']);
      expect(await found(at + 1, at + 9)).toEqual([]);
      expect(await subject.store.security.matches(['another'], { from: 0, to: at }, 10)).toEqual([]);
    });

    it('go with the archive, and so do alerts that wait for nobody', async () => {
      await append(['a'], 1_000);
      const { at } = aRuleMatch();
      await commit({
        incidents: [
          aSecurityIncident({ id: 'old', identity: 'old', status: 'closed' }),
          aSecurityIncident({ id: 'open', identity: 'open' }),
        ],
      });
      await subject.store.audit.purge([generalPolicy(1)], at + DAY_MS + 1);
      expect(await pendingIds()).toEqual([]);
      expect(await subject.store.security.byId('old')).toBeNull();
      expect((await subject.store.security.open()).map(({ id }) => id)).toEqual(['open']);
    });
  });

  describe('alerts of detections', () => {
    it('are read as they were written, by id, by identity and by time', async () => {
      const one = aSecurityIncident({
        words: { ...aSecurityIncident().words, facts: [{ name: 'Copy', before: 'True', after: null }] },
      });
      expect(await commit({ incidents: [one] })).toBe(true);
      const { security } = subject.store;
      expect(await security.byId(one.id)).toEqual(one);
      expect(await security.open()).toEqual([one]);
      expect(await security.openByIdentity([one.identity, 'none'])).toEqual([one]);
      expect(await security.openByIdentity([])).toEqual([]);
      expect(await security.opened({ from: one.openedAt, to: one.openedAt + 1 }, 5)).toEqual([one]);
      expect(await security.opened({ from: 0, to: one.openedAt }, 5)).toEqual([]);
    });

    it('are open once for an identity, and written over the revision before only', async () => {
      const one = aSecurityIncident();
      await commit({ incidents: [one] });
      expect(await commit({ incidents: [{ ...one, id: 'twin' }] })).toBe(false);
      expect(await commit({ incidents: [{ ...one, revision: 3 }] })).toBe(false);
      const closed = { ...one, status: 'closed' as const, revision: 2 };
      expect(await commit({ incidents: [{ ...one, id: 'next' }, closed] })).toBe(true);
      expect((await subject.store.security.open()).map(({ id }) => id)).toEqual(['next']);
    });

    it('and rules about them are kept, the newest first, with the end that they have now', async () => {
      const rule = aSecurityRule();
      const newer = aSecurityRule({ id: 'newer', at: rule.at + 1 });
      await commit({ incidents: [], rules: [rule, newer] });
      await commit({ incidents: [], rules: [{ ...rule, endedAt: rule.at + 2, endedBy: rule.by }] });
      expect(await subject.store.security.rules()).toEqual([
        newer,
        { ...rule, endedAt: rule.at + 2, endedBy: rule.by },
      ]);
    });
  });

  describe('the archive around an alert', () => {
    it('is found by who acted, by address with any port, and by operation', async () => {
      const { audit, security } = subject.store;
      expect(await security.archiveFrom()).toBeNull();
      const lee = { kind: 'user' as const, id: null, name: 'Lee.Gu@Contoso.example' };
      await audit.append(
        [
          anArchivedEvent({ id: 'his', at: 100, actor: lee, operation: 'Set-Mailbox' }),
          anArchivedEvent({ id: 'ported', at: 200, clientIp: '203.0.113.9:50123' }),
          anArchivedEvent({ id: 'six', at: 250, clientIp: '[2001:db8::1]:443' }),
          anArchivedEvent({ id: 'plain', at: 300, clientIp: '203.0.113.9' }),
          anArchivedEvent({ id: 'near', at: 400, clientIp: '203.0.113.90' }),
        ],
        1_000,
      );
      const ids = async (filter: object, limit = 10) =>
        (await security.find({ from: 0, to: 1_000, limit, ...filter })).map(({ event }) => event.id);
      expect(await ids({ actorIds: ['lee.gu@contoso.example'] })).toEqual(['his']);
      expect(await ids({ addresses: ['203.0.113.9'] })).toEqual(['ported', 'plain']);
      expect(await ids({ addresses: ['2001:db8::1'] })).toEqual(['six']);
      expect(await ids({ addresses: ['203.0.113.9'], actorIds: ['lee.gu@contoso.example'] })).toEqual([
        'his',
        'ported',
        'plain',
      ]);
      expect(await ids({ operations: ['Set-Mailbox'] })).toEqual(['his']);
      expect(await ids({ addresses: ['%'] })).toEqual([]);
      expect(await ids({}, 2)).toEqual(['plain', 'near']);
      expect(await security.archiveFrom()).toBe(100);
      expect(await security.records(['plain', 'nothing'])).toMatchObject([
        { event: { id: 'plain' }, raw: '{"id":"plain"}', actorId: 'ines' },
      ]);
    });
  });
}
