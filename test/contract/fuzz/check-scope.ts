import type { Outcome } from './fuzzed-bot.ts';
import { namesBehindIds, revealed } from './outsiders.ts';
import { readable } from './texts-in.ts';
import type { FuzzTurn } from './turns.ts';

const ASKS_FIRST = 'nothing has been changed yet';

/**
 * What somebody was told who must not know it: the operator of a unit anywhere, whoever has no role, and everybody
 * who reads along where others asked.
 * @param said all that the person has sent of late in this conversation: a question may follow another
 */
export function scopeProblems(turn: FuzzTurn, outcome: Outcome, said: unknown): string[] {
  const told = (what: string, value: unknown, known: unknown = said): string[] =>
    revealed(value, known).map((mark) => `${what} tells of ${mark}`);
  const mayKnow = turn.part === 'reader' || turn.part === 'operator' || turn.part === 'owner';
  if (!mayKnow) {
    return [
      ...told('the answer', [outcome.body ?? null, outcome.sent]),
      ...told('a file', outcome.scopedFiles),
    ];
  }
  if (turn.where === 'personal') return [];
  // The person who asks for a deed names its people in the open, and is asked about them there.
  const open = outcome.sent.filter((message) => !readable(message).includes(ASKS_FIRST));
  return told('a message that others read', open, [said, namesBehindIds(said)]);
}
