import { globSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { indexDirectory } from '../src/language/directory-index.ts';
import type { DirectoryPerson } from '../src/language/query.ts';
import { understand } from '../src/language/understand.ts';
import {
  DIRECTORY,
  type Labelled,
  NOW,
  readAndWanted,
  sentenceSet,
  type Tenant,
} from '../test/unit/language/the-directory.ts';
import { cpuTime } from './cpu-time.ts';
import { printTable } from './report.ts';

/** `language [--users N]`: how many labelled sentences are read right, and what one costs in a large directory. */
export async function benchLanguage(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { users: { type: 'string', default: '200000' } } });
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
  const texts = sets.flatMap(({ sentences }) => sentences.map(({ text }) => text));
  const costs = texts.map((text) => {
    const startedAt = performance.now();
    understand(text, { directory, now: NOW, timeZone: 'UTC', asker: null, previous: null }, index);
    return performance.now() - startedAt;
  });
  costs.sort((a, b) => a - b);
  const at = (share: number): string => (costs[Math.floor(share * (costs.length - 1))] ?? 0).toFixed(2);
  console.log(`\nIn a directory of ${directory.people.length} people (indexed in ${indexMs.toFixed(0)} ms):`);
  printTable(['', 'median', '95 %', 'worst'], [['ms a sentence', at(0.5), at(0.95), at(1)]]);
}

function isReadRight(sentence: Labelled, tenant: Tenant): boolean {
  const { got, want } = readAndWanted(sentence, tenant);
  return JSON.stringify(got) === JSON.stringify(want);
}

const GIVEN = ['Noor', 'Sanne', 'Liam', 'Emma', 'Mateo', 'Aylin', 'Piotr', 'Chloé', 'Yusuf', 'Ingrid'];
const ENDINGS = ['sen', 'mann', 'ski', 'ova', 'ez', 'dotter', 'inga', 'stra', 'well', 'ford'];
const STEMS = [
  'Hol',
  'Ber',
  'Kal',
  'Mor',
  'Vin',
  'Tar',
  'Lun',
  'Gar',
  'Sol',
  'Fen',
  'Dal',
  'Ros',
  'Wil',
  'Ost',
];

/** People whose names repeat as they do in a large company. */
function manyPeople(count: number): DirectoryPerson[] {
  return Array.from({ length: count }, (_, no) => {
    const given = GIVEN[no % GIVEN.length] ?? '';
    const stem = STEMS[Math.floor(no / 10) % STEMS.length] ?? '';
    const family = `${stem}${STEMS[Math.floor(no / 140) % STEMS.length]?.toLowerCase()}${ENDINGS[Math.floor(no / 1960) % 10]}`;
    const upn = `person${no}@contoso.com`;
    return {
      id: `00000000-0000-4000-8000-${String(no).padStart(12, '0')}`,
      displayName: `${given} ${family}`,
      givenName: given,
      surname: family,
      userPrincipalName: upn,
      mail: upn,
      formerNames: [],
    };
  });
}
