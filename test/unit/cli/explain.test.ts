import { describe, expect, it } from 'vitest';
import { ask } from '../../../src/cli/ask.ts';
import { EXIT_BAD_INPUT, EXIT_OK } from '../../../src/cli/command.ts';
import { INTENT_NAMES } from '../../../src/language/facts.ts';
import { runCommand } from '../../builders/run-command.ts';

const DIRECTORY = 'test/unit/language/directory.json';
const explain = (text: string, ...options: string[]) =>
  runCommand(ask, ['--explain', text, '--directory', DIRECTORY, ...options], { env: {} });

describe('ask --explain', () => {
  it('shows words, names, the three likeliest intents and what weighed most, for programs', async () => {
    const { code, out } = await explain('who removed Blorfen from Rick yesterday?', '--json');
    expect(code).toBe(EXIT_OK);
    const { words, spans, question, best } = JSON.parse(out);
    expect(question).toBe(true);
    expect(words[0]).toEqual({ word: 'who', base: 'who', known: true });
    expect(spans).toContainEqual({ text: 'Rick', kind: 'person', ids: [expect.any(String)] });
    expect(spans).toContainEqual({ text: 'yesterday', kind: 'time', ids: [] });
    expect(best).toHaveLength(3);
    for (const { intent, probability, features } of best) {
      expect(INTENT_NAMES).toContain(intent);
      expect(probability).toBeGreaterThan(0);
      expect(features.length).toBeGreaterThan(0);
      expect(features.length).toBeLessThanOrEqual(8);
    }
    const chances = best.map(({ probability }: { probability: number }) => probability);
    expect(chances).toEqual(chances.toSorted((a: number, b: number) => b - a));
  });

  it('shows the same for people, with a mark at words that the model does not know', async () => {
    const { out } = await explain('who licenses blorfen');
    expect(out).toMatch(/^Words: who licenses=license blorfen\?$/m);
    expect(out).toMatch(/^Names and times: none$/m);
    expect(out).toMatch(/^\S+ {2}\d+\.\d %\n {2}[+-]\d\.\d{3} {2}\S/m);
  });

  it('says which file it cannot read', async () => {
    const { code, err } = await runCommand(ask, ['--explain', 'x', '--directory', 'no.json'], { env: {} });
    expect(code).toBe(EXIT_BAD_INPUT);
    expect(err).toContain('The directory file no.json cannot be read');
  });
});
