import { describe, expect, test } from 'vitest';
import { attribute } from '../../../../src/domain/attribution/attribute.ts';
import { type OwnStep, ownIdsIn } from '../../../../src/domain/attribution/own-work.ts';
import { anAttributionContext } from '../../../builders/attribution-context.ts';
import { anAuditEvent } from '../../../builders/audit-event.ts';
import { aChange } from '../../../builders/license-change.ts';
import { anAssignment } from '../../../builders/user-state.ts';

const E3 = anAssignment().skuId;
const NORA = aChange().userId ?? '';
const at = Date.parse('2026-11-23T08:05:00Z');
const step: OwnStep = { userId: NORA, skuIds: [E3], at, by: 'Megan Bowen' };
const app = (id: string) => ({ kind: 'app', id, name: 'License Watch' }) as const;
const gives = (id: string, over = {}) =>
  anAuditEvent({
    actor: app(id),
    licenses: { before: [], after: [{ skuId: E3, partNumber: 'SPE_E3', disabledPlans: [] }] },
    ...over,
  });
const gained = aChange({ kind: 'gained', before: [], after: [anAssignment()] });

describe('the name under which the log knows us', () => {
  test.each([
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
});

test('our own work is told with who decided it', () => {
  const context = anAttributionContext({ changes: [gained], events: [gives('ours')], ownSteps: [step] });
  expect(attribute([gained], context)[0]).toMatchObject({
    level: 'proved',
    cause: 'license-watch',
    actor: { id: 'ours' },
    chain: [{ what: 'License Watch, as Megan Bowen decided, gave Nora Lindqvist Microsoft 365 E3.' }],
  });
});

test('our own work is known before any log has it', () => {
  const context = anAttributionContext({ changes: [gained], ownSteps: [step], ownAppIds: ['client'] });
  expect(attribute([gained], context)[0]).toMatchObject({
    level: 'proved',
    cause: 'license-watch',
    actor: { kind: 'app', id: 'client' },
    evidence: [],
  });
});

test('what we never decided is not ours, whoever is missing in the log', () => {
  const context = anAttributionContext({ changes: [gained], ownSteps: [{ ...step, userId: 'other' }] });
  expect(attribute([gained], context)[0]?.cause).toBe('unknown');
});
