import type { BotContext } from '../bot-context.ts';
import type { Role } from '../services.ts';
import { say, type Turn } from '../turn.ts';

export type NeededRole = Exclude<Role, 'none'>;

const RANK: Record<Role, number> = { none: 0, reader: 1, operator: 2, owner: 3 };

const REFUSALS: Record<NeededRole, string> = {
  reader: 'You are not among the people who may ask me about licenses. Your administrator can add you.',
  operator: 'Only operators may do this. Nothing was changed. Your administrator can make you one.',
  owner: 'Only owners may do this. Nothing was changed.',
};

/**
 * Whether the person behind a turn has the role; when not, they are told so and a line is logged. The role
 * is asked for by the object id of the verified activity: what a card or a text claims does not count.
 */
export async function authorize(turn: Turn, context: BotContext, needed: NeededRole): Promise<boolean> {
  const { person } = turn.asker;
  const role = person.aadObjectId === '' ? 'none' : await context.services.role(person);
  if (RANK[role] >= RANK[needed]) return true;
  context.log.info({ by: person.aadObjectId, role, needed, kind: turn.kind }, 'refused: role too low');
  await turn.reply(say(REFUSALS[needed]));
  return false;
}
