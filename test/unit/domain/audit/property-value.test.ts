import { describe, expect, it } from 'vitest';
import { parseAssignedLicenses, scalarOf } from '../../../../src/domain/audit/property-value.ts';

const E3 = '05e9a617-0261-4cee-bb44-138d3ef5d965';
const bracketed = `[SkuName=SPE_E3, AccountId=t, SkuId=${E3.toUpperCase()}, DisabledPlans=[TEAMS1, YAMMER_ENTERPRISE]]`;
const e3 = { skuId: E3, partNumber: 'SPE_E3', disabledPlans: ['TEAMS1', 'YAMMER_ENTERPRISE'] };

describe('the AssignedLicense notation', () => {
  it.each<{ name: string; text: string | null; licenses: unknown }>([
    { name: 'absent', text: null, licenses: [] },
    { name: 'empty text', text: '', licenses: [] },
    { name: 'empty list', text: '[]', licenses: [] },
    { name: 'quoted empty text', text: '""', licenses: [] },
    { name: 'on one line, as Graph writes it', text: JSON.stringify([bracketed]), licenses: [e3] },
    {
      name: 'with line breaks, as the unified audit log writes it',
      text: JSON.stringify([bracketed], null, 2).replaceAll('\n', '\r\n'),
      licenses: [e3],
    },
    { name: 'wrapped once more', text: JSON.stringify(JSON.stringify([bracketed])), licenses: [e3] },
    { name: 'bare', text: bracketed, licenses: [e3] },
    {
      name: 'with the part number only',
      text: '["[SkuName=SPE_E3, AccountId=t]"]',
      licenses: [{ skuId: E3, partNumber: 'SPE_E3', disabledPlans: [] }],
    },
    { name: 'cut in the middle of the list', text: JSON.stringify([bracketed]).slice(0, 60), licenses: null },
    {
      name: 'cut in the middle of the brackets',
      text: JSON.stringify([bracketed.slice(0, 30)]),
      licenses: null,
    },
    { name: 'something else', text: '[{"a":1}]', licenses: null },
    { name: 'a SKU that nobody knows by name', text: '["[SkuName=NO_SUCH_SKU]"]', licenses: null },
  ])('$name', ({ text, licenses }) => {
    expect(parseAssignedLicenses(text)).toEqual(licenses);
  });
});

describe('a scalar inside its JSON text', () => {
  it.each<[string | null, string | null]>([
    [null, null],
    ['', null],
    ['LIC-E3', 'LIC-E3'],
    ['"LIC-E3"', 'LIC-E3'],
    ['["Sales"]', 'Sales'],
    ['[\r\n  true\r\n]', 'true'],
    ['[]', null],
    ['["a","b"]', '["a","b"]'],
    ['[KeyIdentifier=1,KeyType=2]', '[KeyIdentifier=1,KeyType=2]'],
  ])('%j is %j', (text, scalar) => {
    expect(scalarOf(text)).toBe(scalar);
  });
});
