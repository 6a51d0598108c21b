import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import type { RecordWords } from '../../../../../src/domain/detection/alerts/security-incident.ts';
import { DETECTION_CLASSES } from '../../../../../src/domain/detection/rule.ts';
import { titleOnly, wordsOf } from '../../../../../src/domain/detection/words/words-of.ts';
import { anActivityRecord } from '../../../../builders/security/records.ts';
import { saidOf, toldOf } from '../../../../builders/security/said.ts';

/** What a card says of a record: who did what to whom, from where, and what was changed. */
type Row = { rule: string; record: number; title: string; from: string | null; facts: string[] };
const ROWS = readFileSync(new URL('./sentences.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as Row);
const BY_RULE = [...Map.groupBy(ROWS, ({ rule }) => rule)];

const rowOf = ({ title, address, client, facts }: RecordWords) => ({
  title,
  from: [address, client].filter(Boolean).join(' by ') || null,
  facts: facts.map(({ name, before, after }) => {
    const from = before === null ? '' : `${before} → `;
    return `${name}: ${from}${after ?? '(nothing)'}`;
  }),
});

describe('what a card says', () => {
  it.each(BY_RULE)('of %s', (rule, rows) => {
    const said = saidOf(rule).map(rowOf);
    for (const { record, title, from, facts } of rows) {
      expect(said[record], `record ${record}`).toEqual({ title, from, facts });
    }
  });

  test('is in the table for each of the classes', () => {
    const classes = new Set(ROWS.map(({ rule }) => rule.split('/')[0]));
    expect([...classes].sort()).toEqual([...DETECTION_CLASSES].sort());
  });

  test('names people as the directory knows them', () => {
    const names: Record<string, string> = {
      'odile.marchand@tailspin.example': 'Odile Marchand',
      'rasmus.holm@tailspin.example': 'Rasmus Holm',
    };
    const [words] = saidOf('groups/group-owner-added', (said) => names[said] ?? said);
    expect(words).toMatchObject({
      title: 'Odile Marchand made Rasmus Holm an owner of the group LIC-Visio',
      who: 'Odile Marchand',
      object: 'Rasmus Holm',
    });
  });

  test('holds no id of a directory object, which nobody reads', () => {
    const withId = ROWS.filter(({ rule, facts }) =>
      facts.some((fact) => /[0-9a-f]{8}-[0-9a-f]{4}-/.test(fact) && !rule.startsWith('sign-ins')),
    );
    expect(withId).toEqual([]);
  });
});

describe('a firing of which the record says too little', () => {
  const firing = {
    rule: 'foreign',
    class: null,
    title: 'Something odd',
    labels: { actor: 'lee@contoso.example', domain: 'fabrikam.example' },
    records: ['1'],
  };
  const name = (said: string): string => (said === 'lee@contoso.example' ? 'Lee Gu' : said);

  test('is said by the title of its rule and its labels, without any record too', () => {
    const title = 'Something odd: Lee Gu and fabrikam.example';
    expect(wordsOf(firing, [], 'acts', name)).toMatchObject({ title, facts: [], who: 'Lee Gu' });
    expect(titleOnly(firing, name)).toEqual({
      title,
      facts: [],
      who: 'Lee Gu',
      object: null,
      address: null,
      client: null,
    });
  });

  test('of a class whose words know nothing of it, as well', () => {
    const record = anActivityRecord({
      Operation: 'Set-SomethingNew',
      CreationTime: '2026-11-30T10:00:00',
      UserId: 'lee@contoso.example',
    });
    for (const known of DETECTION_CLASSES) {
      const words = wordsOf({ ...firing, class: known }, toldOf(JSON.stringify(record)), 'acts', name);
      expect(words.title, known).toMatch(/^(Something odd: |Lee Gu )/);
    }
  });
});
