import { describe, expect, it } from 'vitest';
import { LANGUAGES, TENANTS, takenForNames } from '../../unit/language/taken-words.ts';

describe.each(TENANTS)('in %s the 3,000 most common words are nobody and no product', (_name, tenant) => {
  it.each(LANGUAGES)('%s', { timeout: 120_000 }, (_language, words) => {
    expect(takenForNames(words, tenant)).toEqual([]);
  });
});
