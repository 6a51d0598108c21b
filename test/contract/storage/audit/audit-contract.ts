import { describe, expect, it } from 'vitest';
import { generalPolicy } from '../../../../src/domain/archive/retention.ts';
import type { ServiceIssue } from '../../../../src/domain/audit/event.ts';
import { archived } from '../../../../src/microsoft365/audit/archived.ts';
import { normaliseActivityRecord } from '../../../../src/microsoft365/bodies/audit/activity-record.ts';
import { anArchivedEvent } from '../../../builders/audit/archived-event.ts';
import { anAuditEvent } from '../../../builders/audit/audit-event.ts';
import type { Subject } from '../store-under-test.ts';
import { coverageContract } from './coverage-contract.ts';
import { purgeContract } from './purge-contract.ts';

const ENTRA = { source: 'directoryAudits', contentType: 'directoryAudits' } as const;
const user = (id: string) => ({ kind: 'user' as const, id, name: null });
const person = (id: string) => ({ kind: 'user' as const, id, name: null });

const EVENTS = [
  anArchivedEvent({ id: 'a', at: 1_000, targets: [user('u1')], actor: person('anna') }),
  anArchivedEvent({
    id: 'b',
    at: 2_000,
    targets: [user('u1'), user('u2'), user('u1')],
    actor: person('ben'),
  }),
  anArchivedEvent({
    id: 'c',
    at: 3_000,
    targets: [user('u2')],
    group: { id: 'g1', name: 'LIC' },
    actor: null,
  }),
  anArchivedEvent({ id: 'd', at: 4_000, targets: [], actor: person('anna') }),
];

const anIssue = (over: Partial<ServiceIssue>): ServiceIssue => ({
  id: 'MO1',
  title: 'Licensing is slow',
  service: 'Microsoft 365 suite',
  feature: null,
  classification: 'incident',
  status: 'serviceDegradation',
  startAt: 1_000,
  endAt: null,
  isResolved: false,
  impact: '',
  ...over,
});

export function auditContract(subject: Subject): void {
  const find = async (filter: Parameters<Subject['store']['audit']['find']>[0]): Promise<string[]> =>
    (await subject.store.audit.find(filter)).map((event) => event.id);

  describe('audit records', () => {
    it('are stored once, however often they come', async () => {
      const { audit } = subject.store;
      expect(await audit.append(EVENTS.slice(0, 2), 5_000)).toBe(2);
      expect(await audit.append([...EVENTS, ...EVENTS], 6_000)).toBe(2);
      expect(await audit.append([], 7_000)).toBe(0);
      expect(await find({ from: 0, to: 9_000 })).toEqual(['a', 'b', 'c', 'd']);
    });

    it('come back as they were read', async () => {
      const event = anAuditEvent({
        licenses: { before: [{ skuId: 's', partNumber: null, disabledPlans: ['p'] }], after: [] },
        modified: [{ name: 'AssignedLicense', oldValue: '[]', newValue: null }],
        sequence: { key: 'k', part: 1, of: 2, fragment: 'x' },
      });
      await subject.store.audit.append([{ event, raw: '{}' }], 0);
      expect(await subject.store.audit.find({ from: event.at, to: event.at + 1 })).toEqual([event]);
    });

    it.each<[string, object]>([
      ['a character that PostgreSQL refuses', { UserId: 'a\0b', ObjectId: '\0', Operation: '\0' }],
      ['half of a character', { UserId: 'a\uD800', ObjectId: '\uDC00x', ClientIP: '\uD800' }],
      [
        'texts that are too long for an index',
        { Id: 'i'.repeat(9_000), UserId: 'u'.repeat(9_000), ObjectId: `${'o'.repeat(9_000)}@x` },
      ],
      ['a date of the first year', { CreationTime: '0001-01-01T00:00:00' }],
      ['a nesting without measure', { Extra: JSON.parse('['.repeat(50_000) + ']'.repeat(50_000)) }],
    ])('with %s are stored like all others, and removed like them', async (_name, odd) => {
      const { audit } = subject.store;
      const body = { Id: 'id', CreationTime: '2026-11-23T08:00:00', Operation: 'Update user.', ...odd };
      const taken = archived(body, 'activity', normaliseActivityRecord, Date.parse('2026-11-23T09:00:00Z'));
      expect(await audit.append([taken, anArchivedEvent({ id: 'next', at: 1_000 })], 0)).toBe(2);
      expect(await find({ from: taken.event.at, to: taken.event.at + 1 })).toEqual([taken.event.id]);
      expect(await audit.purge([generalPolicy(1)], Date.parse('2027-01-02T00:00:00Z'))).toMatchObject([
        { records: 2 },
      ]);
    });

    it('are found by the name of a target that has no id', async () => {
      await subject.store.audit.append(
        [
          anArchivedEvent({
            id: 'n',
            at: 1_000,
            targets: [{ kind: 'user', id: null, name: 'Nora@X.example' }],
          }),
        ],
        0,
      );
      expect(await find({ from: 0, to: 2_000, targetIds: ['nora@x.example'] })).toEqual(['n']);
    });

    it('are found by the name of an actor who has no id', async () => {
      const actor = { kind: 'user' as const, id: null, name: 'Nora@X.example' };
      await subject.store.audit.append([anArchivedEvent({ id: 'n', at: 1_000, actor })], 0);
      expect(await find({ from: 0, to: 2_000, actorIds: ['nora@x.example'] })).toEqual(['n']);
      expect((await subject.store.audit.find({ from: 0, to: 2_000 }))[0]?.actor).toEqual(actor);
    });

    it.each<[string, Parameters<Subject['store']['audit']['find']>[0], string[]]>([
      ['time, half open', { from: 2_000, to: 4_000 }, ['b', 'c']],
      ['a target', { from: 0, to: 9_000, targetIds: ['u1'] }, ['a', 'b']],
      [
        'any of several targets, each record once',
        { from: 0, to: 9_000, targetIds: ['u1', 'u2'] },
        ['a', 'b', 'c'],
      ],
      ['the group of a membership', { from: 0, to: 9_000, targetIds: ['g1'] }, ['c']],
      ['no target at all', { from: 0, to: 9_000, targetIds: [] }, []],
      ['an actor', { from: 0, to: 9_000, actorIds: ['anna'] }, ['a', 'd']],
      ['target and actor', { from: 0, to: 9_000, targetIds: ['u1'], actorIds: ['ben'] }, ['b']],
      ['a limit, which keeps the newest', { from: 0, to: 9_000, limit: 2 }, ['c', 'd']],
    ])('are found by %s', async (_name, filter, expected) => {
      await subject.store.audit.append(EVENTS, 5_000);
      expect(await find(filter)).toEqual(expected);
    });

    it('come in large batches', async () => {
      const many = Array.from({ length: 1_234 }, (_, index) =>
        anArchivedEvent({ id: `r${index}`, at: index }),
      );
      expect(await subject.store.audit.append(many, 0)).toBe(1_234);
      expect(await find({ from: 0, to: 1_234, limit: 1 })).toEqual(['r1233']);
    });
  });

  describe('audit sources', () => {
    it('keep their last problem until it is cleared', async () => {
      const { audit } = subject.store;
      await audit.saveWindows(ENTRA, [], { source: 'directoryAudits', completeTo: 1_000 });
      await audit.setProblem('directoryAudits', { code: 'forbidden', message: 'Grant it.', at: 2_000 });
      await audit.setProblem('directoryAudits', { code: 'timeout', message: 'Slow.', at: 3_000 });
      expect(await audit.problems()).toEqual([
        {
          source: 'directoryAudits',
          code: 'timeout',
          message: 'Slow.',
          at: 3_000,
          since: 2_000,
          failures: 2,
        },
      ]);
      await audit.setProblem('directoryAudits', null);
      expect(await audit.problems()).toEqual([]);
      expect(await audit.coverage()).toEqual([
        { source: 'directoryAudits', completeTo: 1_000, completeFrom: null },
      ]);
    });
  });

  coverageContract(subject);
  purgeContract(subject);

  describe('service issues', () => {
    it('are those open at any instant of a window, as they were told last', async () => {
      const { audit } = subject.store;
      await audit.saveServiceIssues([
        anIssue({ id: 'MO1', startAt: 1_000, endAt: 2_000, isResolved: true }),
        anIssue({ id: 'MO2', startAt: 3_000 }),
      ]);
      await audit.saveServiceIssues([
        anIssue({ id: 'MO2', startAt: 3_000, endAt: 4_000 }),
        anIssue({ id: 'MO3', startAt: 9_000 }),
      ]);
      await audit.saveServiceIssues([]);
      const during = async (from: number, to: number) =>
        (await audit.serviceIssues(from, to)).map((issue) => issue.id);
      expect(await during(0, 1_000)).toEqual([]);
      expect(await during(1_500, 3_500)).toEqual(['MO1', 'MO2']);
      expect(await during(2_000, 3_000)).toEqual([]);
      expect(await during(5_000, 8_000)).toEqual([]);
      expect(await during(10_000, 11_000)).toEqual(['MO3']);
      expect(await audit.serviceIssues(3_000, 3_001)).toEqual([
        anIssue({ id: 'MO2', startAt: 3_000, endAt: 4_000 }),
      ]);
    });
  });
}
