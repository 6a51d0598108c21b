import { describe, expect, it } from 'vitest';
import { attribute } from '../../../../src/domain/attribution/causes/attribute.ts';
import type { AttributionContext } from '../../../../src/domain/attribution/verdict.ts';
import type { AuditEvent, ServiceIssue, SourceCoverage } from '../../../../src/domain/audit/event.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../src/domain/durations.ts';
import type { DetectedChange } from '../../../../src/domain/license/change.ts';
import { anAttributionContext } from '../../../builders/audit/attribution-context.ts';
import { anAuditEvent } from '../../../builders/audit/audit-event.ts';
import { aChange } from '../../../builders/license/license-change.ts';
import { anAssignment } from '../../../builders/license/user-state.ts';

const before = Date.parse('2026-11-23T08:00:00Z');
const after = Date.parse('2026-11-23T08:15:00Z');
const E3 = '05e9a617-0261-4cee-bb44-138d3ef5d965';
const GROUP = 'aaaaaaaa-0000-4000-8000-000000000001';

function verdictOf(change: DetectedChange, over: Partial<AttributionContext> = {}) {
  const [verdict] = attribute([change], anAttributionContext({ changes: [change], ...over }));
  if (!verdict) throw new Error('no verdict');
  return verdict;
}

const removal = (over: Partial<AuditEvent> = {}): AuditEvent =>
  anAuditEvent({
    licenses: { before: [{ skuId: E3, partNumber: 'SPE_E3', disabledPlans: [] }], after: [] },
    ...over,
  });

describe('the window of evidence', () => {
  it.each([
    { name: 'two minutes before the first read', at: before - 2 * MINUTE_MS, level: 'proved' },
    { name: 'three minutes before the first read', at: before - 3 * MINUTE_MS, level: 'unrecorded' },
    { name: 'two minutes after the second read', at: after + 2 * MINUTE_MS, level: 'proved' },
    { name: 'three minutes after the second read', at: after + 3 * MINUTE_MS, level: 'unrecorded' },
  ])('a record $name: $level', ({ at, level }) => {
    expect(verdictOf(aChange(), { events: [removal({ at })] }).level).toBe(level);
  });

  it.each([
    { hours: 24, level: 'proved' },
    { hours: 25, level: 'unrecorded' },
  ])('a group edit $hours hours earlier: $level', ({ hours, level }) => {
    const change = aChange({ path: GROUP, before: [anAssignment({ path: GROUP })] });
    const edit = anAuditEvent({
      at: before - hours * HOUR_MS,
      operation: 'Set group license',
      targets: [{ kind: 'group', id: GROUP, name: null }],
    });
    expect(verdictOf(change, { events: [edit] }).level).toBe(level);
  });
});

describe('when no record explains a change', () => {
  it.each([
    { name: 'every log is complete', coverage: [after + DAY_MS], level: 'unrecorded' },
    {
      name: 'one log lacks a second',
      coverage: [after + 30 * HOUR_MS, after + DAY_MS - 1000],
      level: 'unexplained',
    },
    { name: 'one log was never read', coverage: [after + 30 * HOUR_MS, null], level: 'unexplained' },
    { name: 'no log is known', coverage: [], level: 'unexplained' },
  ])('$name: $level', ({ coverage, level }) => {
    const verdict = verdictOf(aChange(), {
      coverage: coverage.map((completeTo) => ({ source: 'activity', completeTo })),
    });
    expect(verdict).toMatchObject({ level, cause: 'unknown', actor: null, evidence: [] });
  });

  it.each<{ name: string; over: Partial<SourceCoverage>; level: string }>([
    { name: 'that begins before the first read', over: { completeFrom: before }, level: 'unrecorded' },
    { name: 'with a gap in the window', over: { completeFrom: before + 1 }, level: 'unexplained' },
    {
      name: 'beside a search that nobody made',
      over: { source: 'auditSearch', completeTo: null },
      level: 'unrecorded',
    },
  ])('a complete log $name: $level', ({ over, level }) => {
    const complete = { source: 'directoryAudits', completeTo: after + DAY_MS } as const;
    const coverage = [complete, { source: 'activity', completeTo: complete.completeTo, ...over } as const];
    expect(verdictOf(aChange(), { coverage }).level).toBe(level);
  });

  it('auditing that is off is said first', () => {
    const verdict = verdictOf(aChange(), { auditingEnabled: false, coverage: [] });
    expect(verdict.level).toBe('unrecorded');
    expect(verdict.chain[0]?.what).toContain('Auditing is off');
  });

  const issue = (over: Partial<ServiceIssue>): ServiceIssue => ({
    id: 'MO1',
    title: 'Licenses may be removed',
    service: 'Microsoft 365 suite',
    feature: 'Licensing',
    classification: 'incident',
    status: 'serviceDegradation',
    startAt: before - HOUR_MS,
    endAt: null,
    isResolved: false,
    impact: '',
    ...over,
  });

  it.each<{ name: string; over: Partial<ServiceIssue>; cause: string; advisories: number }>([
    { name: 'about licensing', over: {}, cause: 'service-incident', advisories: 1 },
    {
      name: 'about the directory',
      over: { title: 'Delays of updates', feature: 'Provisioning', service: 'Microsoft Entra' },
      cause: 'service-incident',
      advisories: 1,
    },
    {
      name: 'about signing in',
      over: { title: 'MFA prompts fail', feature: 'Sign-in', service: 'Microsoft Entra' },
      cause: 'unknown',
      advisories: 1,
    },
    {
      name: 'about mail',
      over: { title: 'Delays', feature: 'E-mail', service: 'Exchange Online' },
      cause: 'unknown',
      advisories: 1,
    },
    { name: 'that ended before', over: { endAt: before - 10 * MINUTE_MS }, cause: 'unknown', advisories: 0 },
    { name: 'that began after', over: { startAt: after + 10 * MINUTE_MS }, cause: 'unknown', advisories: 0 },
    { name: 'that was none', over: { status: 'falsePositive' }, cause: 'unknown', advisories: 0 },
  ])('a service incident $name: $cause', ({ over, cause, advisories }) => {
    const verdict = verdictOf(aChange(), { serviceIssues: [issue(over)] });
    expect(verdict.cause).toBe(cause);
    expect(verdict.advisories).toHaveLength(advisories);
  });

  it('a service incident stands beside a proof and does not replace it', () => {
    const verdict = verdictOf(aChange(), { serviceIssues: [issue({})], events: [removal()] });
    expect(verdict).toMatchObject({ level: 'proved', cause: 'admin-action', advisories: ['MO1'] });
  });
});

describe('assignments in error', () => {
  const failed = (path: string) => anAssignment({ path, state: 'Error', error: 'CountViolation' });

  it('a path that gave the license and is now in error is the loss', () => {
    const change = aChange({ path: GROUP, before: [anAssignment({ path: GROUP })], after: [failed(GROUP)] });
    expect(verdictOf(change)).toMatchObject({ level: 'proved', cause: 'seat-shortage', groupId: GROUP });
  });

  it('an error that nobody knows is told by its own word, also when it is named as a method is', () => {
    const unknown = anAssignment({ path: GROUP, state: 'Error', error: 'constructor' });
    const verdict = verdictOf(
      aChange({ path: GROUP, before: [anAssignment({ path: GROUP })], after: [unknown] }),
    );
    expect(verdict).toMatchObject({ level: 'proved', cause: 'assignment-error' });
    expect(verdict.chain[0]?.what).toMatch(/the assignment failed \(constructor\)/);
  });

  it('an error on another path does not hide who removed the one that gave it', () => {
    const change = aChange({ after: [failed(GROUP)] });
    expect(verdictOf(change, { events: [removal()] })).toMatchObject({ cause: 'admin-action' });
  });

  it('a path that had been failing and went without a record ends as it failed', () => {
    const failing = anAssignment({ path: GROUP, state: 'ActiveWithError', error: 'CountViolation' });
    const change = aChange({ path: GROUP, before: [failing] });
    expect(verdictOf(change)).toMatchObject({ level: 'likely', cause: 'seat-shortage' });
    const failed = anAuditEvent({ id: 'failed', at: before - 30 * DAY_MS, result: 'failure' });
    expect(verdictOf(change, { events: [failed] })).toMatchObject({
      level: 'likely',
      chain: [
        { at: failed.at, what: expect.stringContaining('was not applied: no seat was left') },
        { at: after, what: expect.stringContaining('grace ended') },
      ],
      evidence: ['failed'],
    });
  });
});

describe('who is behind it', () => {
  it('two people with empty records: the later is likely, neither is proved', () => {
    const tom = { kind: 'user', id: 'tom', name: 'tom@fabrikam.example' } as const;
    const events = [anAuditEvent(), anAuditEvent({ at: before + 6 * MINUTE_MS, actor: tom })];
    expect(verdictOf(aChange(), { events })).toMatchObject({ level: 'likely', actor: { id: 'tom' } });
  });

  it('ourselves are known by the application id as well', () => {
    const actor = { kind: 'app', id: 'principal', name: 'License Watch', appId: 'client' } as const;
    expect(verdictOf(aChange(), { events: [removal({ actor })], ownAppIds: ['client'] }).cause).toBe(
      'license-watch',
    );
  });

  it('a record that names its user only by name is taken, another person of that name is not', () => {
    const name = 'nora.lindqvist@fabrikam.example';
    const byName = removal({ targets: [{ kind: 'user', id: null, name: name.toUpperCase() }] });
    const other = removal({ targets: [{ kind: 'user', id: 'somebody-else', name }] });
    expect(verdictOf(aChange(), { events: [byName] }).level).toBe('proved');
    expect(verdictOf(aChange(), { events: [other] }).level).toBe('unrecorded');
  });

  it('sentences use the names that people know', () => {
    const verdict = verdictOf(aChange(), { events: [removal()], names: new Map([['ines', 'Ines Duarte']]) });
    expect(verdict.chain[0]?.what).toBe('Ines Duarte removed Microsoft 365 E3 from Nora Lindqvist.');
  });
});

it('five thousand users of one group and fifty thousand records are explained', () => {
  const users = Array.from({ length: 5_000 }, (_, index) => `user-${index}`);
  const changes = users.map((userId) =>
    aChange({ userId, path: GROUP, before: [anAssignment({ path: GROUP })] }),
  );
  const member = (userId: string) => [{ kind: 'user', id: userId, name: null } as const];
  const service = { kind: 'system', id: null, name: 'Microsoft Entra group-Based Licensing' } as const;
  const events = users.flatMap((userId) => [
    anAuditEvent({
      operation: 'Remove member from group',
      targets: member(userId),
      group: { id: GROUP, name: 'LIC-E3' },
    }),
    ...Array.from({ length: 9 }, () => removal({ targets: member(userId), actor: service })),
  ]);
  const verdicts = attribute(changes, anAttributionContext({ changes, events }));
  expect(verdicts.every(({ cause }) => cause === 'group-membership')).toBe(true);
});
