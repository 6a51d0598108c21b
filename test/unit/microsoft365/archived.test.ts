import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../src/domain/ports.ts';
import { archived } from '../../../src/microsoft365/audit/archived.ts';
import { canonicalJson, rawJson } from '../../../src/microsoft365/audit/raw-json.ts';
import { normaliseActivityRecord } from '../../../src/microsoft365/bodies/audit/activity-record.ts';
import { normaliseDirectoryAudit } from '../../../src/microsoft365/bodies/audit/directory-audit.ts';
import { anEmptyStore } from '../../builders/storage/store-in-memory.ts';

const SEEN = Date.parse('2026-11-23T09:00:00Z');
const MEGABYTE = 1_000_000;
const take = (record: unknown) => archived(record, 'activity', normaliseActivityRecord, SEEN);

const RECORD = {
  Id: 'id-1',
  CreationTime: '2026-11-23T08:00:00',
  Operation: 'Change user license.',
  UserId: 'ines@fabrikam.example',
  ObjectId: 'nora@fabrikam.example',
  ResultStatus: 'Success',
};

/** `[[[[…]]]]`, deeper than any stack. */
const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));

let store: Store;
beforeEach(async () => {
  store = await anEmptyStore();
});
afterEach(() => store.close());

describe('a record in bad form', () => {
  it.each<[string, unknown, string | null]>([
    ['without an id', { ...RECORD, Id: undefined }, 'no id'],
    ['with an id of another type', { ...RECORD, Id: { x: 1 } }, 'no id'],
    ['with an id without end', { ...RECORD, Id: 'x'.repeat(MEGABYTE) }, 'no usable id'],
    ['with an id that PostgreSQL cannot hold', { ...RECORD, Id: 'a\0b' }, 'no usable id'],
    ['without a date', { ...RECORD, CreationTime: null }, 'no date'],
    ['with a date that is none', { ...RECORD, CreationTime: 'yesterday' }, 'no date'],
    ['from the future', { ...RECORD, CreationTime: '2099-01-01T00:00:00' }, 'dated in the future'],
    ['with ten megabytes of text', { ...RECORD, UserId: 'x'.repeat(10 * MEGABYTE) }, 'text too long'],
    [
      'with a value of ten megabytes',
      {
        ...RECORD,
        ModifiedProperties: [{ Name: 'AssignedLicense', NewValue: 'x'.repeat(10 * MEGABYTE), OldValue: '' }],
      },
      'text too long',
    ],
    [
      'with everything of another type',
      { Id: 'i', Operation: [], UserId: {}, Actor: 'x', Target: 5 },
      'no date',
    ],
    ['nested without measure', { ...RECORD, Extra: nested(200_000) }, null],
    ['that looks like XML', { ...RECORD, UserId: '<UserId>ines</UserId>', Operation: '<![CDATA[x]]>' }, null],
    ['with half of a character', { ...RECORD, UserId: 'ines\uD800' }, null],
    ['with bytes that are no text', { ...RECORD, UserId: 'ines\uFFFD\0' }, null],
    [
      'with bracket notation that is cut',
      {
        ...RECORD,
        ModifiedProperties: [
          { Name: 'AssignedLicense', OldValue: '["[SkuName=SPE_E3, AccountId=', NewValue: '[]' },
        ],
      },
      null,
    ],
    ['that is a text', 'not a record', 'unreadable'],
    ['that is nothing', null, 'unreadable'],
    ['that is a list', [RECORD], 'unreadable'],
    ['with neither id nor operation', { CreationTime: 'x' }, 'unreadable'],
  ])('%s is stored as it came, with the reason, and found again', async (_, record, flaw) => {
    const taken = take(record);
    expect(taken.flaw).toBe(flaw);
    expect(taken.raw).toBe(rawJson(record));
    expect(await store.audit.append([taken, take(record)], SEEN)).toBe(1);
    const [event] = await store.audit.find({ from: 0, to: SEEN + 1 });
    expect(event?.id).toBe(taken.event.id);
    expect(event?.at).toBeLessThanOrEqual(SEEN);
    expect(await store.audit.flaws()).toEqual(flaw === null ? [] : [{ flaw, records: 1 }]);
    expect(JSON.stringify(event).length).toBeLessThan(MEGABYTE);
  });

  it('without an id is another one when it says something else, and the same in another order', () => {
    const { Id: _, ...bare } = RECORD;
    const reversed = Object.fromEntries(Object.entries(bare).reverse());
    const other = { ...bare, ClientIP: '198.51.100.7' };
    expect(take(reversed).event.id).toBe(take(bare).event.id);
    expect(take(other).event.id).not.toBe(take(bare).event.id);
  });

  it('says nothing of the licenses when their value is cut', () => {
    const record = {
      id: 'd',
      activityDateTime: '2026-11-23T08:00:00Z',
      activityDisplayName: 'Update user',
      targetResources: [
        {
          type: 'User',
          modifiedProperties: [
            { displayName: 'AssignedLicense', oldValue: '["[SkuName=SPE_E3, Acc', newValue: '[]' },
          ],
        },
      ],
    };
    expect(archived(record, 'directoryAudits', normaliseDirectoryAudit, SEEN).event.licenses).toBeNull();
  });
});

describe('the JSON of a record', () => {
  it.each<[string, unknown]>([
    ['plain values', { a: 1.5, b: null, c: [true, 'x"\\\u0001'], d: {}, e: [] }],
    ['an own key named as a method is', JSON.parse('{"__proto__": {"toJSON": 1}, "b": 2}')],
  ])('is the same whichever way it is written: %s', (_, value) => {
    expect(JSON.parse(canonicalJson(value))).toEqual(value);
    expect(JSON.parse(rawJson(value))).toEqual(value);
  });

  it('is written for any depth', () => {
    expect(rawJson(nested(200_000))).toBe('['.repeat(200_000) + ']'.repeat(200_000));
  });
});
