import type { Answer } from '../../src/answers/answer/answer.ts';

/** A short answer to a question that needs nothing done. */
export function anAnswer(fields: Partial<Answer> = {}): Answer {
  return {
    intent: 'who-changed',
    lead: 'Nobody is on record.',
    blocks: [],
    completeUntil: null,
    next: [],
    request: null,
    ...fields,
  };
}
