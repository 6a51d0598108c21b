import type { SentenceKeeper } from '../answers/ask.ts';
import type { NewId, Store } from '../domain/ports.ts';
import type { Logger } from '../observability/logger.ts';

/** Keeps sentences in the store. What cannot be kept is logged without its words, and answered all the same. */
export function keepingSentences(
  { sentences }: Pick<Store, 'sentences'>,
  newId: NewId,
  log: Logger,
  isWanted: () => boolean,
): SentenceKeeper {
  const failed = (error: unknown): null => {
    log.warn({ name: error instanceof Error ? error.name : typeof error }, 'a sentence could not be kept');
    return null;
  };
  return {
    async keep(sentence) {
      if (!isWanted()) return null;
      const id = newId();
      return sentences.keep({ id, ...sentence }).then(() => id, failed);
    },
    async press(id, intent) {
      await sentences.press(id, intent).catch(failed);
    },
  };
}
