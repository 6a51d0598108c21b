import type { Intent, Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import { makeAnswer } from '../answer/make-answer.ts';

/** `asks` goes on after "I understand that you", `meanwhile` after "I cannot … yet, but". */
type Coming = { asks: string; meanwhile: string; next: string[] };

/** What is understood and has no answer yet, with what helps until it has. */
export const COMING = {
  'service-issues': {
    asks: 'ask about incidents at Microsoft',
    meanwhile: 'the Microsoft 365 admin center lists them under Health, Service health',
    next: ['status', 'are the audit logs complete'],
  },
} as const satisfies Partial<Record<Intent, Coming>>;

const isComing = (intent: Intent): intent is keyof typeof COMING => Object.hasOwn(COMING, intent);

/** Says that a question or request is understood and not answered yet, and what helps meanwhile. */
export async function coming({ intent }: Query): Promise<Answer> {
  if (!isComing(intent)) return makeAnswer(intent, 'I cannot answer that yet.', { next: ['help'] });
  const { asks, meanwhile, next } = COMING[intent];
  return makeAnswer(intent, `I understand that you ${asks}; I cannot do that yet, but ${meanwhile}.`, {
    next: [...next],
  });
}
