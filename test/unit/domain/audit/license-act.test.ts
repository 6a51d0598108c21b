import { describe, expect, it } from 'vitest';
import { joinActs } from '../../../../src/domain/audit/license-act.ts';
import { anAuditEvent } from '../../../builders/audit/audit-event.ts';

const licenses = { before: [{ skuId: 'sku', partNumber: null, disabledPlans: [] }], after: [] };
const at = (second: number): number => Date.parse('2026-11-23T08:05:00Z') + second * 1000;
const tom = { kind: 'user', id: 'tom', name: 'tom@fabrikam.example' } as const;

describe('records of one act', () => {
  it('the pair is joined by its correlation id', () => {
    const acts = joinActs([
      anAuditEvent({ correlationId: 'c' }),
      anAuditEvent({ correlationId: 'c', operation: 'Update user', licenses }),
    ]);
    expect(acts).toMatchObject([{ events: [{}, {}], shown: [licenses] }]);
  });

  it.each([
    { name: 'two seconds apart', other: { at: at(2) }, acts: 1 },
    { name: 'three seconds apart', other: { at: at(3) }, acts: 2 },
    { name: 'by another actor', other: { actor: tom }, acts: 2 },
    { name: 'by nobody', other: { actor: null }, acts: 2 },
  ])('without a common id, $name: $acts', ({ other, acts }) => {
    const pair = [anAuditEvent(), anAuditEvent({ operation: 'Update user', licenses, ...other })];
    expect(joinActs(pair)).toHaveLength(acts);
  });

  it('two whole records of the same second are two acts', () => {
    expect(joinActs([anAuditEvent({ licenses }), anAuditEvent({ licenses })])).toHaveLength(2);
  });

  it('an update without licenses is no act by itself', () => {
    expect(joinActs([anAuditEvent({ operation: 'Update user' })])).toEqual([]);
  });

  it('the record that names somebody speaks for the act', () => {
    const [act] = joinActs([
      anAuditEvent({ correlationId: 'c', actor: null }),
      anAuditEvent({ correlationId: 'c', actor: tom, operation: 'Update user', licenses }),
    ]);
    expect(act?.named.actor).toEqual(tom);
  });
});
