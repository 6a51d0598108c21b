import { globSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { understand } from '../src/language/conversation/understand.ts';
import { indexDirectory } from '../src/language/names/directory-index.ts';
import {
  DIRECTORY,
  type Labelled,
  NOW,
  readAndWanted,
  sentenceSet,
  type Tenant,
} from '../test/unit/language/the-directory.ts';
import { cpuTime } from './cpu-time.ts';
import { hostileSentences, manyPeople } from './hostile-sentences.ts';
import { benchFolds } from './language-folds.ts';
import { printTable } from './report.ts';

/**
 * `language [--users N] [--folds N]`: how many labelled sentences are read right, also those kept back from training,
 * and what one costs in a large directory.
 */
export async function benchLanguage(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { users: { type: 'string', default: '200000' }, folds: { type: 'string', default: '5' } },
  });
  const files = globSync('test/unit/language/utterances.*.jsonl').sort();
  const sets = files.map((file) => sentenceSet(path.basename(file).split('.')[1] ?? ''));
  printTable(
    ['sentences', 'right', 'of', '%'],
    sets.map(({ file, tenant, sentences }) => {
      const right = sentences.filter((sentence) => isReadRight(sentence, tenant)).length;
      const percent = ((100 * right) / sentences.length).toFixed(1);
      return [file, String(right), String(sentences.length), percent];
    }),
  );

  const directory = { ...DIRECTORY, people: [...DIRECTORY.people, ...manyPeople(Number(values.users))] };
  const beforeIndex = cpuTime();
  const index = indexDirectory(directory);
  const indexMs = cpuTime() - beforeIndex;
  const context = { directory, now: NOW, timeZone: 'UTC', asker: null };
  const cost = (text: string): number => {
    const before = cpuTime();
    understand(text, context, index);
    return cpuTime() - before;
  };
  const texts = sets.flatMap(({ sentences }) => sentences.map(({ text }) => text));
  // Once before it counts: what compiling costs is no matter of the sentence that it falls on.
  for (const text of texts) cost(text);
  const costs = texts.map(cost).sort((a, b) => a - b);
  const at = (share: number): string => (costs[Math.floor(share * (costs.length - 1))] ?? 0).toFixed(2);
  console.log(`\nIn a directory of ${directory.people.length} people (indexed in ${indexMs.toFixed(0)} ms):`);
  printTable(
    ['', 'median', '95 %', 'goal for 95 %', 'worst'],
    [['ms a sentence', at(0.5), at(0.95), '1.00', at(1)]],
  );

  console.log('\nSentences made to be slow:');
  const slow = hostileSentences(directory.people).map(([name, text]) => ({ name, ms: cost(text) }));
  slow.sort((a, b) => b.ms - a.ms);
  printTable(
    ['the slowest', 'ms'],
    slow.slice(0, 5).map(({ name, ms }) => [name, ms.toFixed(1)]),
  );
  benchFolds(Number(values.folds));
}

function isReadRight(sentence: Labelled, tenant: Tenant): boolean {
  const { got, want } = readAndWanted(sentence, tenant);
  return JSON.stringify(got) === JSON.stringify(want);
}
