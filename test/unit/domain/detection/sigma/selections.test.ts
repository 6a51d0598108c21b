import { describe, expect, test } from 'vitest';
import type { FieldValue } from '../../../../../src/domain/detection/record-view.ts';
import { aView } from '../../../../builders/detection/record-view.ts';
import { aRuleAround, rulesOf } from '../../../../builders/detection/rules.ts';

type Fields = Record<string, FieldValue | FieldValue[]>;

function matches(detection: string, fields: Fields, placeholders: Record<string, string[]> = {}): boolean {
  const set = rulesOf(aRuleAround(detection), placeholders);
  expect(set.problems).toEqual([]);
  const [rule] = set.events;
  const view = aView(fields);
  const found = rule?.matches(view) ?? false;
  // Whatever an index leaves out must not be a match.
  if (found) expect(rule?.canMatch(view.operation.toLowerCase())).toBe(true);
  return found;
}

const selection = (lines: string): string => `selection:\n  ${lines}\ncondition: selection`;

describe('one field', () => {
  test.each<[line: string, fields: Fields, expected: boolean]>([
    ['Operation: Add user', { Operation: 'Add user' }, true],
    ['Operation: add USER', { Operation: 'Add user' }, true],
    ['Operation|cased: add user', { Operation: 'Add user' }, false],
    ['Operation|cased: Add user', { Operation: 'Add user' }, true],
    ['Operation: Add', { Operation: 'Add user' }, false],
    ['Operation: [Add group, Add user]', { Operation: 'Add user' }, true],
    ['Name: b', { Name: ['a', 'b'] }, true],
    ['Name|all: [a, b]', { Name: ['a', 'b', 'c'] }, true],
    ['Name|all: [a, d]', { Name: ['a', 'b'] }, false],
    ['Name|contains: DD US', { Name: 'Add user.' }, true],
    ['Name|contains|all: [Add, user]', { Name: 'Add user.' }, true],
    ['Name|contains|all: [Add, group]', { Name: 'Add user.' }, false],
    ['Name|startswith: add', { Name: 'Add user' }, true],
    ['Name|startswith: user', { Name: 'Add user' }, false],
    ['Name|endswith: user', { Name: 'Add user' }, true],
    ['Name|endswith: Add', { Name: 'Add user' }, false],
    ['Code: 50053', { Code: 50053 }, true],
    ['Code: 50053', { Code: '50053' }, true],
    ['Code: "50053"', { Code: 50053 }, true],
    ['Code: 0', { Code: 0 }, true],
    ['Code: 0', { Code: '' }, false],
    ['Flag: true', { Flag: 'True' }, true],
    ['Flag: "false"', { Flag: false }, true],
    ['Name: null', {}, true],
    ['Name: null', { Name: null }, true],
    ['Name: null', { Name: '' }, false],
    ['Name: null', { Name: 'x' }, false],
    ['Name: ""', { Name: '' }, true],
    ['Name: ""', {}, false],
    ['Name: ""', { Name: null }, false],
    ['Name: ["", null]', {}, true],
    ['Name: ["", null]', { Name: '' }, true],
    ['Name: ["", null]', { Name: 'x' }, false],
    ['Name|exists: true', { Name: '' }, true],
    ['Name|exists: true', {}, false],
    ['Name|exists: false', {}, true],
    ['Name|exists: false', { Name: 'x' }, false],
    ['Name|neq: x', { Name: 'y' }, true],
    ['Name|neq: x', { Name: 'X' }, false],
    ['Count|gt: 3', { Count: 4 }, true],
    ['Count|gt: 3', { Count: 3 }, false],
    ['Count|gte: 3', { Count: '3' }, true],
    ['Count|lt: 3', { Count: 2 }, true],
    ['Count|lte: 3', { Count: 4 }, false],
    ['Count|lt: 3', { Count: 'few' }, false],
    ['Count|lt: 3', { Count: '' }, false],
    ['Time|hour: 3', { Time: '2026-08-05T03:59:00' }, true],
    ['Time|hour: 3', { Time: '2026-08-05T04:00:00' }, false],
    ['Name|fieldref: Other', { Name: 'Lee', Other: 'lee' }, true],
    ['Name|fieldref: Other', { Name: 'Lee', Other: 'rick' }, false],
    ['Name|fieldref: Other', { Name: 'Lee' }, false],
    ['Name|fieldref|endswith: Other', { Name: 'lee@a.example', Other: '@a.example' }, true],
  ])('%s on %j is %s', (line, fields, expected) => {
    expect(matches(selection(line), fields)).toBe(expected);
  });
});

describe('wildcards and escapes', () => {
  test.each<[pattern: string, value: string, expected: boolean]>([
    ['add*', 'Add user', true],
    ['*user', 'Add user', true],
    ['a*e*r', 'Add user', true],
    ['a*x*r', 'Add user', false],
    ['add?user', 'Add user', true],
    ['add?user', 'Adduser', false],
    ['???', 'abc', true],
    ['???', 'ab', false],
    ['*', '', true],
    ['a*a', 'a', false],
    ['a*b*b', 'ab', false],
    ['*a?c*', 'xxabcxx', true],
    ['*a?c*', 'xxacxx', false],
    [String.raw`5\*`, '5*', true],
    [String.raw`5\*`, '55', false],
    [String.raw`a\?`, 'a?', true],
    [String.raw`a\?`, 'ab', false],
    [String.raw`C:\Users`, String.raw`C:\Users`, true],
    [String.raw`C:\\Users`, String.raw`C:\Users`, true],
    [String.raw`C:\\*`, String.raw`C:\anything`, true],
    [String.raw`C:\\\*`, String.raw`C:\*`, true],
    [String.raw`C:\\\*`, String.raw`C:\x`, false],
    ['a.c', 'abc', false],
    ['[ab]', '[ab]', true],
    ['%admins%', '%admins%', true],
  ])('%s on %s is %s', (pattern, value, expected) => {
    expect(matches(selection(`Name: '${pattern}'`), { Name: value })).toBe(expected);
  });
});

describe('regular expressions', () => {
  test.each<[line: string, value: string, expected: boolean]>([
    ["Name|re: '^a+b$'", 'aaab', true],
    ["Name|re: 'b+'", 'abbc', true],
    ["Name|re: 'ABB'", 'abbc', false],
    ["Name|re|i: 'ABB'", 'abbc', true],
    ["Name|re: '^c'", 'ab\nc', false],
    ["Name|re|m: '^c'", 'ab\nc', true],
    ["Name|re: 'b.c'", 'ab\nc', false],
    ["Name|re|s: 'b.c'", 'ab\nc', true],
    ["Name|re: '(?i)ABB'", 'abbc', true],
    ["Name|re: ['^x', '^a']", 'abc', true],
    ["Name|re|all: ['^x', '^a']", 'abc', false],
  ])('%s on %j is %s', (line, value, expected) => {
    expect(matches(selection(line), { Name: value })).toBe(expected);
  });
});

describe('networks', () => {
  test.each<[network: string, address: string, expected: boolean]>([
    ['10.0.0.0/8', '10.200.1.1', true],
    ['10.0.0.0/8', '11.0.0.1', false],
    ['192.0.2.128/25', '192.0.2.127', false],
    ['192.0.2.128/25', '192.0.2.128', true],
    ['192.0.2.7', '192.0.2.7', true],
    ['0.0.0.0/0', '203.0.113.9', true],
    ['192.0.2.0/24', '192.0.2.9:51234', true],
    ['192.0.2.0/24', '::ffff:192.0.2.9', true],
    ['2001:db8::/32', '2001:db8:1::5', true],
    ['2001:db8::/32', '[2001:db8:1::5]:443', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['2001:db8::/32', '192.0.2.9', false],
    ['10.0.0.0/8', 'not an address', false],
    ['10.0.0.0/8', '10.0.0.999', false],
  ])('%s has %s: %s', (network, address, expected) => {
    expect(matches(selection(`ClientIP|cidr: '${network}'`), { ClientIP: address })).toBe(expected);
  });
});

describe('encodings', () => {
  test.each<[line: string, value: string, expected: boolean]>([
    ['Name|base64: foo', 'Zm9v', true],
    ['Name|cased|base64: foo', 'zm9v', false],
    ['Name|base64offset|contains: foobar', `${btoa('xxfoobar!')}`, true],
    ['Name|base64offset|contains: foobar', `${btoa('xfoobar')}`, true],
    ['Name|base64offset|contains: foobar', `${btoa('foobaz')}`, false],
    ['Name|wide|base64: ab', btoa('a\0b\0'), true],
    ["Name|windash|contains: ' -f '", 'cmd /f x', true],
  ])('%s on %s is %s', (line, value, expected) => {
    expect(matches(selection(line), { Name: value })).toBe(expected);
  });
});

test('a placeholder stands for each of its values, also within a text', () => {
  const detection = selection(`UserId|expand: '%admins%@litware.example'`);
  const placeholders = { admins: ['greta', 'hugo'] };
  expect(matches(detection, { UserId: 'Hugo@litware.example' }, placeholders)).toBe(true);
  expect(matches(detection, { UserId: 'pavel@litware.example' }, placeholders)).toBe(false);
});

describe('selections', () => {
  const map = 'selection:\n  Operation: Add user\n  Name: x\ncondition: selection';
  const list = 'selection:\n  - Operation: Add user\n    Name: x\n  - Name: y\ncondition: selection';
  const keywords = 'keywords:\n  - evil*rule\n  - mimikatz\ncondition: keywords';
  const allKeywords = "keywords:\n  '|all':\n    - evil\n    - rule\ncondition: keywords";
  test.each<[name: string, detection: string, fields: Fields, expected: boolean]>([
    ['a map needs all its fields', map, { Operation: 'Add user', Name: 'x' }, true],
    ['a map lacks one field', map, { Operation: 'Add user', Name: 'z' }, false],
    ['a list needs one of its maps', list, { Operation: 'Other', Name: 'y' }, true],
    ['a list lacks all its maps', list, { Operation: 'Other', Name: 'x' }, false],
    ['a keyword is found anywhere', keywords, { Any: 'an EVIL little rule here' }, true],
    ['a keyword is found in no field', keywords, { Any: 'good' }, false],
    ['all keywords, in any fields', allKeywords, { A: 'evil', B: 'rule' }, true],
    ['all keywords but one', allKeywords, { A: 'evil' }, false],
  ])('%s', (_, detection, fields, expected) => {
    expect(matches(detection, fields)).toBe(expected);
  });
});

describe('conditions', () => {
  const parts = 'sel_a: { A: 1 }\nsel_b: { B: 1 }\nfilter_c: { C: 1 }\n_d: { D: 1 }\ncondition: ';
  const given = (names: string): Fields =>
    Object.fromEntries(['A', 'B', 'C', 'D'].map((name) => [name, names.includes(name) ? 1 : 0]));
  test.each<[condition: string, names: string, expected: boolean]>([
    ['sel_a and sel_b', 'AB', true],
    ['sel_a and sel_b', 'A', false],
    ['sel_a or sel_b', 'B', true],
    ['not sel_a', '', true],
    ['not not sel_a', 'A', true],
    ['sel_a and not filter_c', 'A', true],
    ['sel_a and not filter_c', 'AC', false],
    ['sel_a or sel_b and filter_c', 'A', true],
    ['sel_a or sel_b and filter_c', 'B', false],
    ['(sel_a or sel_b) and filter_c', 'A', false],
    ['(sel_a or sel_b) and filter_c', 'BC', true],
    ['not (sel_a or sel_b)', 'C', true],
    ['not sel_a and sel_b', 'B', true],
    ['1 of sel_*', 'B', true],
    ['1 of sel_*', 'CD', false],
    ['any of sel_*', 'A', true],
    ['all of sel_*', 'AB', true],
    ['all of sel_*', 'A', false],
    ['2 of *_*', 'AC', true],
    ['2 of *_*', 'A', false],
    ['1 of them', 'D', false],
    ['1 of them', 'C', true],
    ['all of them', 'ABC', true],
    ['all of sel_* and not 1 of filter_*', 'AB', true],
    ['all of sel_* and not 1 of filter_*', 'ABC', false],
    ['_d', 'D', true],
    ['SEL_A AND NOT sel_b'.replace('SEL_A', 'sel_a'), 'A', true],
    ['((sel_a))', 'A', true],
    ['[sel_a, sel_b]', 'B', true],
  ])('%s with %s is %s', (condition, names, expected) => {
    expect(matches(`${parts}${condition}`, given(names))).toBe(expected);
  });
});
