import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { read } from './the-directory.ts';

type Line = { text: string; activity: string | null };

const LINES = readFileSync(new URL('./records-asked.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line): Line => JSON.parse(line));

describe('a sentence about audit records', () => {
  // `*`: records without an activity; null: no question about records, whatever words it has.
  it.each(LINES)('$text', ({ text, activity }) => {
    const { records } = read(text);
    expect(records === undefined ? null : (records.activity ?? '*')).toBe(activity);
    expect(records?.unresolved ?? []).toEqual([]);
  });
});
