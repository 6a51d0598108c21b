import { examplesOf, type TrainingSentence, trainingSentences } from '../scripts/training-sentences.ts';
import { createIntentModel, type Ranked } from '../src/language/intent/model.ts';
import { SURE_BY } from '../src/language/intent/read-intent.ts';
import { type Example, trainIntents } from '../src/language/intent/train.ts';
import { printTable } from './report.ts';

const FOLDS = 5;

type Judged = { sentence: TrainingSentence; ranked: Ranked[] };

/**
 * Trains on four fifths of the sentences and reads the fifth that was kept back, five times. A theme is kept back
 * as a whole, so that no rewording of a sentence is learned.
 */
export function benchFolds(folds: number): void {
  const sentences = trainingSentences();
  const examples = examplesOf(sentences);
  const foldOf = sentences.map((sentence, at) => themeHash(sentence, examples[at]) % FOLDS);
  const judged: Judged[] = [];
  for (let fold = 0; fold < Math.min(folds, FOLDS); fold++) {
    const model = createIntentModel(
      trainIntents(
        examples.filter((_, at) => foldOf[at] !== fold),
        '',
      ),
    );
    for (const [at, sentence] of sentences.entries()) {
      const example = examples[at];
      if (foldOf[at] === fold && example)
        judged.push({ sentence, ranked: model.rank(example.features).slice(0, 3) });
    }
  }
  printSummary(judged);
}

/** Without a theme, the base words of a sentence stand for it. */
function themeHash({ theme }: TrainingSentence, example: Example | undefined): number {
  const bases = example?.features.filter((feature) => /^=[^ ]+$/.test(feature)).sort() ?? [];
  const key = theme ?? bases.join(' ');
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193) >>> 0;
  return hash >>> 8;
}

const isRight = ({ sentence, ranked }: Judged): boolean => ranked[0]?.intent === sentence.intent;
const lead = ({ ranked }: Judged): number => (ranked[0]?.probability ?? 0) - (ranked[1]?.probability ?? 0);
const percent = (part: number, whole: number): string => ((100 * part) / Math.max(1, whole)).toFixed(1);

function printSummary(judged: readonly Judged[]): void {
  console.log(`\n${judged.length} sentences, each read by a model that saw none of its theme:`);
  const row = (name: string, some: readonly Judged[]): string[] => {
    const asked = some.filter((one) => lead(one) < SURE_BY);
    const wrong = some.filter((one) => !isRight(one) && lead(one) >= SURE_BY);
    return [
      name,
      String(some.length),
      percent(some.filter(isRight).length, some.length),
      percent(asked.length, some.length),
      percent(wrong.length, some.length),
    ];
  };
  const heads = ['', 'sentences', 'right %', 'asked %', 'wrong, not asked %'];
  const by = (key: (one: Judged) => string): string[][] =>
    Object.entries(Object.groupBy(judged, key))
      .map(([name, some = []]) => row(name, some))
      .sort((a, b) => Number(a[2]) - Number(b[2]));
  printTable(heads, [row('all', judged), ...by(({ sentence }) => sentence.language)]);
  console.log('\nBy intent:');
  printTable(
    heads,
    by(({ sentence }) => sentence.intent),
  );
  console.log('\nBy the distance below which it asks:');
  printTable(
    ['distance', 'asked %', 'of these right %', 'wrong, not asked %'],
    [0.05, 0.1, 0.15, 0.2, 0.3].map((limit) => {
      const asked = judged.filter((one) => lead(one) < limit);
      const wrong = judged.filter((one) => !isRight(one) && lead(one) >= limit);
      const right = asked.filter(isRight).length;
      return [
        limit.toFixed(2),
        percent(asked.length, judged.length),
        percent(right, asked.length),
        percent(wrong.length, judged.length),
      ];
    }),
  );
  console.log('\nConfused most:');
  const pairs = Map.groupBy(
    judged.filter((one) => !isRight(one)),
    ({ sentence, ranked }) => `${sentence.intent} → ${ranked[0]?.intent}`,
  );
  const most = [...pairs].sort((a, b) => b[1].length - a[1].length).slice(0, 20);
  printTable(
    ['pair', 'times', 'such as'],
    most.map(([pair, some]) => [pair, String(some.length), some[0]?.sentence.text.slice(0, 60) ?? '']),
  );
}
