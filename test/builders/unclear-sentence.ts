import { understand } from '../../src/language/conversation/understand.ts';
import type { Intent, UnderstandContext } from '../../src/language/query.ts';

/** Sentences that hardly say what is wanted. Which of them are taken for clear changes with the model's weights. */
const CANDIDATES: readonly string[] = [
  'who licenses Rick',
  'Rick Visio',
  'Rick yesterday',
  'Rick Visio when',
  'licenses lost unused Rick Visio',
  'Visio Rick who history',
  'Rick changes licenses has',
  'history licenses Rick',
];

/** A sentence that may be taken for two things at least, each of which `fits`; it names Rick. Throws where there is none. */
export function anUnclearSentence(
  context: UnderstandContext,
  fits: (intent: Intent) => boolean = () => true,
): string {
  const found = CANDIDATES.find((text) => understand(text, context).ask?.every(fits));
  if (found === undefined) throw new Error('each of the candidates is clear to the model: add others');
  return found;
}
