/** Writes docs/questions.md from the product’s own list of intents: `node scripts/questions-table.ts`. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { INTENTS, type IntentFacts } from '../src/language/facts.ts';

export const QUESTIONS = fileURLToPath(new URL('../docs/questions.md', import.meta.url));
const TRAINING = fileURLToPath(new URL('../src/language/training/en.jsonl', import.meta.url));
const Sentence = z.object({ text: z.string(), intent: z.string() });

/** As many sentences stand for each intent. */
const EXAMPLES = 2;
/** A longer one is a story; these show how to ask. */
const LONGEST = 60;
/** Some sentences are misspelt on purpose: a word that stands in fewer of them is taken for such a one. */
const COMMON = 6;
/** Words that people may say, and our pages do not. */
const NOT_OURS = /\b(whom|shall|licence\w*)\b/i;

const WHO = { reader: 'everybody who may ask', operator: 'operators', owner: 'owners' } as const;
const ABOUT = { people: 'people', products: 'products', groups: 'groups' } as const;

/** The page: every question and request there is, with who may say it and sentences that it is learned from. */
export function questionsPage(): string {
  const sentences = readFileSync(TRAINING, 'utf8')
    .trim()
    .split('\n')
    .map((line) => Sentence.parse(JSON.parse(line)));
  const words = Map.groupBy(
    sentences.flatMap(({ text }) => wordsOf(text)),
    (word) => word,
  );
  const isPlain = (text: string): boolean =>
    wordsOf(text).every((word) => (words.get(word)?.length ?? 0) >= COMMON);
  const byIntent = Map.groupBy(sentences, ({ intent }) => intent);
  const all = Object.entries<IntentFacts>(INTENTS).filter(([intent]) => intent !== 'unknown');
  const rows = (writes: boolean): string[] =>
    all
      .filter(([, facts]) => facts.writes === writes)
      .map(([intent, facts]) => {
        const short = (byIntent.get(intent) ?? [])
          .map(({ text }) => text.trim())
          .filter((text) => text.length <= LONGEST && !text.includes('|') && !NOT_OURS.test(text));
        // A young intent may have words of its own in all of its sentences.
        const examples = [...new Set([...short.filter(isPlain), ...short])].slice(0, EXAMPLES);
        return `| \`${intent}\` | ${examples.map((text) => `“${text}”`).join('<br>')} | ${namesOf(facts)} | ${WHO[facts.role]} |`;
      });
  return `# What you can ask

Written by \`scripts/questions-table.ts\` from the list of intents (\`src/language/facts.ts\`) and the sentences that they are learned from. Ask in your own words, in English, Dutch, French, German, Italian, Portuguese or Spanish; a department, a country, a group, a time, “but not Lee” and “the first 5” can stand in most of them. Where a sentence is not clear, the answer asks. \`license-watch ask "…"\` answers the same in a terminal, and \`license-watch ask --explain "…"\` shows how a sentence is read.

## Questions

| intent | for example | may name | who |
| --- | --- | --- | --- |
${rows(false).join('\n')}

## Requests

Nothing is done by a sentence alone: a card shows what would happen, and a press does it.

| intent | for example | may name | who |
| --- | --- | --- | --- |
${rows(true).join('\n')}
`;
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}'’]+/gu) ?? [];

const namesOf = ({ about }: IntentFacts): string =>
  about === 'nothing' || about.length === 0 ? '' : about.map((what) => ABOUT[what]).join(', ');

if (process.argv[1] === path.normalize(fileURLToPath(import.meta.url))) {
  writeFileSync(QUESTIONS, questionsPage());
}
