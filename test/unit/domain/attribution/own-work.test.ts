import { describe, expect, it } from 'vitest';
import { groupIntoIncidents } from '../../../../src/domain/alert/group.ts';
import { attribute } from '../../../../src/domain/attribution/causes/attribute.ts';
import { ownIdsIn } from '../../../../src/domain/attribution/own-work.ts';
import type { OwnStep } from '../../../../src/domain/attribution/verdict.ts';
import type { DetectedChange } from '../../../../src/domain/license/change.ts';
import { ownStepsOf } from '../../../../src/domain/restore/own-step.ts';
import type { StepAction } from '../../../../src/domain/restore/step.ts';
import { anAttributionContext } from '../../../builders/audit/attribution-context.ts';
import { anAuditEvent } from '../../../builders/audit/audit-event.ts';
import { aRestoreStep } from '../../../builders/incident/decision.ts';
import { aChange } from '../../../builders/license/license-change.ts';
import { anAssignment } from '../../../builders/license/user-state.ts';

const E3 = anAssignment().skuId;
const NORA = aChange().userId ?? '';
const at = Date.parse('2026-11-23T08:05:00Z');
const GROUP = 'group-sales';
const step: OwnStep = {
  userId: NORA,
  effect: 'gives',
  path: 'direct',
  skuIds: [E3],
  at,
  by: 'Megan Bowen',
};
const took: OwnStep = { ...step, effect: 'takes' };
const tookOut: OwnStep = { ...took, path: GROUP, skuIds: null };
const app = (id: string) => ({ kind: 'app', id, name: 'License Watch' }) as const;
const gives = (id: string, over = {}) =>
  anAuditEvent({
    actor: app(id),
    licenses: { before: [], after: [{ skuId: E3, partNumber: 'SPE_E3', disabledPlans: [] }] },
    ...over,
  });
const gained = aChange({ kind: 'gained', before: [], after: [anAssignment()] });

describe('the name under which the log knows us', () => {
  it.each([
    { name: 'an app that gave what we gave, when we did', events: [gives('ours')], ids: ['ours'] },
    { name: 'an app whose record is empty', events: [gives('ours', { licenses: null })], ids: ['ours'] },
    { name: 'three minutes apart', events: [gives('other', { at: at + 180_000 })], ids: [] },
    { name: 'two apps at once', events: [gives('ours'), gives('other')], ids: [] },
    {
      name: 'a person',
      events: [gives('x', { actor: { kind: 'user', id: 'ines', name: 'ines' } })],
      ids: [],
    },
    { name: 'a failure', events: [gives('ours', { result: 'failure' })], ids: [] },
    {
      name: 'another user',
      events: [gives('ours', { targets: [{ kind: 'user', id: 'x', name: null }] })],
      ids: [],
    },
  ])('$name: $ids', ({ events, ids }) => {
    expect(ownIdsIn(events, [step])).toEqual(ids);
  });

  const E3_HELD = [{ skuId: E3, partNumber: 'SPE_E3', disabledPlans: [] }];
  it.each([
    {
      name: 'who took a license that we took',
      own: took,
      event: gives('ours', { licenses: { before: E3_HELD, after: [] } }),
      ids: ['ours'],
    },
    { name: 'who gave what we took', own: took, event: gives('other'), ids: [] },
    {
      name: 'who added the member that we added',
      own: { ...tookOut, effect: 'gives' as const },
      event: gives('ours', {
        operation: 'Add member to group',
        licenses: null,
        group: { id: GROUP, name: 'LIC-Sales' },
      }),
      ids: ['ours'],
    },
    {
      name: 'who added them to another group',
      own: { ...tookOut, effect: 'gives' as const },
      event: gives('other', {
        operation: 'Add member to group',
        licenses: null,
        group: { id: 'other-group', name: null },
      }),
      ids: [],
    },
    {
      name: 'who licensed the group that we licensed',
      own: { ...step, userId: null, path: GROUP },
      event: gives('ours', {
        operation: 'Set group license',
        targets: [{ kind: 'group', id: GROUP, name: null }],
      }),
      ids: ['ours'],
    },
    {
      name: 'who restored the account that we restored',
      own: { ...step, effect: 'restores-account' as const, path: null, skuIds: null },
      event: gives('ours', { operation: 'Restore user', licenses: null }),
      ids: ['ours'],
    },
  ])('$name: $ids', ({ own, event, ids }) => {
    expect(ownIdsIn([event], [own])).toEqual(ids);
  });
});

describe('what is ours by the state alone, before any log has it', () => {
  const viaGroup = anAssignment({ path: GROUP });
  const lost = aChange({ path: GROUP, before: [viaGroup], after: [] });
  const later = { ...tookOut, at: Date.parse('2026-11-23T07:20:00Z') };
  it.each<{ name: string; own: OwnStep; change: DetectedChange; cause: string }>([
    { name: 'a license that our undo took', own: took, change: aChange(), cause: 'license-watch' },
    { name: 'a membership that our undo took', own: tookOut, change: lost, cause: 'license-watch' },
    { name: 'a group that takes 40 minutes to follow', own: later, change: lost, cause: 'license-watch' },
    {
      name: 'a group whose licenses our undo took, for each member',
      own: { ...took, userId: null, path: GROUP },
      change: lost,
      cause: 'license-watch',
    },
    {
      name: 'a loss three hours after our step on the group',
      own: { ...tookOut, at: Date.parse('2026-11-23T04:50:00Z') },
      change: lost,
      cause: 'unknown',
    },
    { name: 'a loss of what we gave', own: step, change: aChange(), cause: 'unknown' },
    {
      name: 'a loss by a second path that we never touched',
      own: took,
      change: aChange({ path: null, before: [anAssignment(), viaGroup] }),
      cause: 'unknown',
    },
    {
      name: 'an account that we restored',
      own: { ...step, effect: 'restores-account', path: null, skuIds: null },
      change: aChange({ kind: 'account-restored', skuId: null, before: [], after: [anAssignment()] }),
      cause: 'license-watch',
    },
    {
      name: 'service plans that we set as they were',
      own: step,
      change: aChange({
        kind: 'plans-changed',
        before: [anAssignment()],
        after: [anAssignment({ disabledPlans: ['teams'] })],
      }),
      cause: 'license-watch',
    },
  ])('$name: $cause', ({ own, change, cause }) => {
    const context = anAttributionContext({ changes: [change], ownSteps: [own] });
    expect(attribute([change], context)[0]?.cause).toBe(cause);
  });

  it('a loss by our undo is no incident, and the history names who decided it', () => {
    const context = anAttributionContext({ changes: [lost], ownSteps: [tookOut] });
    const verdicts = attribute([lost], context);
    expect(verdicts[0]?.chain[0]?.what).toBe(
      'License Watch took Microsoft 365 E3 from Nora Lindqvist through the group group-sales, as Megan Bowen decided.',
    );
    expect(groupIntoIncidents([lost], verdicts, 'scan-1')).toEqual([]);
  });

  it('our own membership record names who decided it', () => {
    const record = anAuditEvent({
      operation: 'Remove member from group',
      actor: app('ours'),
      licenses: null,
      group: { id: GROUP, name: 'LIC-Sales' },
    });
    const context = anAttributionContext({ changes: [lost], events: [record], ownSteps: [tookOut] });
    expect(attribute([lost], context)[0]).toMatchObject({
      cause: 'license-watch',
      chain: [
        {
          what: 'License Watch, as Megan Bowen decided, removed Nora Lindqvist from the group LIC-Sales.',
        },
      ],
    });
  });
});

it.each<{ action: StepAction; expected: Partial<OwnStep> }>([
  {
    action: { kind: 'assign', userId: NORA, licenses: [{ skuId: E3, disabledPlans: [] }] },
    expected: { userId: NORA, effect: 'gives', path: 'direct', skuIds: [E3] },
  },
  {
    action: { kind: 'unassign', userId: NORA, skuIds: [E3] },
    expected: { userId: NORA, effect: 'takes', path: 'direct', skuIds: [E3] },
  },
  {
    action: { kind: 'add-to-group', userId: NORA, groupId: GROUP },
    expected: { userId: NORA, effect: 'gives', path: GROUP, skuIds: null },
  },
  {
    action: { kind: 'remove-from-group', userId: NORA, groupId: GROUP },
    expected: { userId: NORA, effect: 'takes', path: GROUP, skuIds: null },
  },
  {
    action: { kind: 'license-group', groupId: GROUP, licenses: [{ skuId: E3, disabledPlans: [] }] },
    expected: { userId: null, effect: 'gives', path: GROUP, skuIds: [E3] },
  },
  {
    action: { kind: 'unlicense-group', groupId: GROUP, skuIds: [E3] },
    expected: { userId: null, effect: 'takes', path: GROUP, skuIds: [E3] },
  },
  {
    action: { kind: 'reprocess', userId: NORA },
    expected: { userId: NORA, effect: 'gives', path: null, skuIds: null },
  },
  {
    action: { kind: 'restore-account', userId: NORA },
    expected: { userId: NORA, effect: 'restores-account', path: null, skuIds: null },
  },
])('a step of kind $action.kind tells what it does', ({ action, expected }) => {
  expect(ownStepsOf(aRestoreStep({ action, updatedAt: 5 }), 'Megan Bowen')).toEqual([
    { ...expected, at: 5, by: 'Megan Bowen' },
  ]);
});

it('a swap takes one product and gives another', () => {
  const action = {
    kind: 'swap' as const,
    userId: NORA,
    licenses: [{ skuId: 'e5', disabledPlans: [] }],
    skuIds: [E3],
  };
  expect(ownStepsOf(aRestoreStep({ action, updatedAt: 5 }), 'Megan Bowen')).toMatchObject([
    { userId: NORA, effect: 'takes', path: 'direct', skuIds: [E3] },
    { userId: NORA, effect: 'gives', path: 'direct', skuIds: ['e5'] },
  ]);
});

it('our own work is told with who decided it', () => {
  const context = anAttributionContext({ changes: [gained], events: [gives('ours')], ownSteps: [step] });
  expect(attribute([gained], context)[0]).toMatchObject({
    level: 'proved',
    cause: 'license-watch',
    actor: { id: 'ours' },
    chain: [{ what: 'License Watch, as Megan Bowen decided, gave Nora Lindqvist Microsoft 365 E3.' }],
  });
});

it('our own work is known before any log has it', () => {
  const context = anAttributionContext({ changes: [gained], ownSteps: [step], ownAppIds: ['client'] });
  expect(attribute([gained], context)[0]).toMatchObject({
    level: 'proved',
    cause: 'license-watch',
    actor: { kind: 'app', id: 'client' },
    evidence: [],
  });
});

it('what we never decided is not ours, whoever is missing in the log', () => {
  const context = anAttributionContext({ changes: [gained], ownSteps: [{ ...step, userId: 'other' }] });
  expect(attribute([gained], context)[0]?.cause).toBe('unknown');
});
