import type { Interpret } from '../../answers/interpret.ts';
import { componentLogger, type Logger } from '../../observability/logger.ts';
import type { ModelSettings } from './settings.ts';

/**
 * What `createAsk` takes when a model is configured; nothing without one. What speaks to the model is loaded with the
 * first sentence that needs it, so that neither the start nor anybody without a model waits for it.
 */
export function askingModel(model: ModelSettings | null, root: Logger): { interpret?: Interpret } {
  if (model === null) return {};
  let made: Promise<Interpret> | null = null;
  const make = async (): Promise<Interpret> => {
    const { createInterpret } = await import('./create-interpret.ts');
    return createInterpret({ model, log: componentLogger(root, 'language-model') });
  };
  return {
    interpret: async (sentence, about) => {
      made ??= make();
      return (await made)(sentence, about);
    },
  };
}
