import { understand } from '../../src/language/conversation/understand.ts';
import type { Intent, UnderstandContext } from '../../src/language/query.ts';

const WORDS: readonly string[] = [
  ...['who', 'licenses', 'history', 'unused', 'lost', 'changes', 'when', 'groups', 'plans', 'errors', 'cost'],
  ...['duplicates', 'records', 'roles', 'alert', 'incidents', 'yesterday', 'has', 'removed'],
];

/**
 * A sentence about Rick that hardly says what is wanted, so that two readings at least are likely, each of which `fits`.
 * Which one that is changes with the model's weights. Throws where there is none.
 */
export function anUnclearSentence(
  context: UnderstandContext,
  fits: (intent: Intent) => boolean = () => true,
): string {
  for (const first of WORDS) {
    for (const second of WORDS) {
      const text = `${first} ${second} Rick`;
      const { ask, people } = understand(text, context);
      if (people.length === 1 && ask?.every(fits)) return text;
    }
  }
  throw new Error('each of the candidates is clear to the model: add other words');
}
