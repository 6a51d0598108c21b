import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { accounts } from './unlicensed.ts';

/** Guests, or accounts of another kind that is asked about, with what they hold. */
export const guests = (query: Query, deps: AnswerDeps): Promise<Answer> =>
  accounts({ ...query, intent: 'guests' }, deps);
