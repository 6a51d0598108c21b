import { describe, expect, it } from 'vitest';
import { wholeRecords } from '../../../src/storage/audit/whole-records.ts';
import { anAuditEvent } from '../../builders/audit/audit-event.ts';

const licenses = { before: [{ skuId: 'sku', partNumber: null, disabledPlans: [] }], after: [] };

describe('sequenced records', () => {
  const text = JSON.stringify({
    targetUpdatedProperties: JSON.stringify([
      { Name: 'AssignedLicense', OldValue: '["[SkuId=sku]"]', NewValue: '[]' },
    ]),
  });
  const part = (number: number, fragment: string, of = 2) =>
    anAuditEvent({ sequence: { key: 'k', part: number, of, fragment } });
  const half = Math.ceil(text.length / 2);

  it('a whole set carries the licenses on each part, in any order and with copies', () => {
    const last = part(2, text.slice(half));
    const events = wholeRecords([last, part(1, text.slice(0, half)), last]);
    expect(events.map((event) => event.licenses)).toEqual([licenses, licenses, licenses]);
  });

  it('a set with a part missing still names who', () => {
    const [event] = wholeRecords([part(2, text.slice(half))]);
    expect(event).toMatchObject({ licenses: null, actor: { id: 'ines' } });
  });

  it('a set that makes no sense together is left as it is', () => {
    expect(wholeRecords([part(1, '{"target'), part(2, 'x')]).every((event) => event.licenses === null)).toBe(
      true,
    );
  });
});

describe('records stored before their licenses could be read', () => {
  const detail = { name: 'LicenseAssignmentDetail', oldValue: '[{"SkuId":"SKU"}]', newValue: '[]' };

  it('get the licenses that their properties name', () => {
    const [event] = wholeRecords([anAuditEvent({ modified: [detail], licenses: null })]);
    expect(event?.licenses).toEqual(licenses);
  });

  it.each([
    { name: 'without properties', modified: [] },
    { name: 'with a text that was cut', modified: [{ ...detail, oldValue: '[{"SkuI' }] },
  ])('stay as they are $name', ({ modified }) => {
    const stored = anAuditEvent({ modified, licenses: null });
    expect(wholeRecords([stored])).toEqual([stored]);
  });

  it('keep what was read of them', () => {
    const stored = anAuditEvent({ modified: [detail], licenses: { before: [], after: [] } });
    expect(wholeRecords([stored])).toEqual([stored]);
  });
});
