import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { refusal, tableText } from '../../../scripts/update-product-names.ts';

const shipped = readFileSync('src/domain/license/product-names.json', 'utf8');

describe('the script that makes the table of products', () => {
  it('writes the table that ships in the form in which it ships', () => {
    const [, asOf] = /as of (\S+)"/.exec(shipped) ?? [];
    expect(`${tableText(JSON.parse(shipped), asOf ?? '')}`.trimEnd()).toBe(shipped.trimEnd());
  });

  it('refuses a list that lost more than a tenth of the products', () => {
    const table = JSON.parse(shipped);
    const cut = { ...table, skus: Object.fromEntries(Object.entries(table.skus).slice(0, 400)) };
    expect(refusal(table, cut)).toMatch(/400 skus, today's has 569/);
    expect(refusal(table, table)).toBeNull();
  });
});
