import type { Interpret, Interpretation } from '../../answers/interpret.ts';
import type { Logger } from '../../observability/logger.ts';
import { type CallLimits, createCallLimit } from './call-limit.ts';
import { createModelClient, type ModelFailure } from './model-client.ts';
import { planFor } from './plan.ts';
import { instructions } from './prompt.ts';
import { keyHeader, type ModelSettings } from './settings.ts';

export type InterpretOptions = {
  model: ModelSettings;
  log: Logger;
  /** The global one, except where a test has its own way to a server. */
  fetch?: typeof fetch;
  timeoutMs?: number;
  limits?: CallLimits;
};

/** As long as somebody in a chat waits before they ask again. */
const TIMEOUT_MS = 8_000;
const LIMITS: CallLimits = { perMinute: 60, perPerson: 10 };
/** A question is shorter. Longer texts are pasted, and are nobody else's to read. */
const MAX_SENTENCE_LENGTH = 500;

/**
 * Makes the function that asks the language model to read a sentence. What leaves is the sentence, the asker's day
 * and time zone, and a fixed text; what is logged is how it went, never what was said.
 */
export function createInterpret({
  model,
  log,
  fetch: send = fetch,
  timeoutMs = TIMEOUT_MS,
  limits = LIMITS,
}: InterpretOptions): Interpret {
  const mayCall = createCallLimit(limits);
  return async (sentence, { now, timeZone, asker }) => {
    if (sentence.trim() === '' || sentence.length > MAX_SENTENCE_LENGTH) return { kind: 'not-understood' };
    if (!mayCall(asker, now)) {
      log.info({ by: asker }, 'the language model was not asked: too many calls in a minute');
      return unavailable('The language model has been asked too often in the last minute.');
    }
    const client = createModelClient({ fetch: send, headers: keyHeader(model), timeoutMs });
    try {
      const parts = await planFor(sentence, { instructions: instructions({ now, timeZone }), model, client });
      const failure = client.failure();
      if (failure !== null) return failed(failure, log);
      log.info({ intent: parts?.intent ?? null }, 'the language model read a sentence');
      return parts === null ? { kind: 'not-understood' } : { kind: 'read', parts };
    } catch (error) {
      // The message of a foreign error may hold what was typed; its name does not.
      const name = error instanceof Error ? error.name : typeof error;
      log.warn({ reason: 'unexpected', name }, 'the language model could not be asked');
      return unavailable('The language model could not be asked.');
    }
  };
}

function failed(failure: ModelFailure, log: Logger): Interpretation {
  log.warn(failure, 'the language model could not be asked');
  return unavailable(
    failure.reason === 'timeout'
      ? 'The language model did not answer in time.'
      : 'The language model could not be asked.',
  );
}

const unavailable = (sentence: string): Interpretation => ({ kind: 'unavailable', sentence });
