import { type Access, isAtLeast, NO_ACCESS, type Role } from '../../domain/access/access.ts';
import type { BotContext } from '../bot-context.ts';
import { say, type Turn } from '../turn.ts';

export type NeededRole = Exclude<Role, 'none'>;

const REFUSALS: Record<NeededRole, string> = {
  reader: 'You are not among the people who may ask me about licenses. Your administrator can add you.',
  operator: 'Only operators may do this. Nothing was changed. Your administrator can make you one.',
  owner: 'Only owners may do this. Nothing was changed.',
};

/** What is said to everybody while the directory cannot tell who may do what. */
const UNREAD: Record<NeededRole, string> = {
  reader: 'I cannot read your role from Microsoft 365 right now, so I cannot answer. Try again in a minute.',
  operator:
    'I cannot read your role from Microsoft 365 right now. Nothing was changed. Try again in a minute.',
  owner: 'I cannot read your role from Microsoft 365 right now. Nothing was changed. Try again in a minute.',
};

/**
 * What the person behind a turn may do and see, when they have the role; when not, they are told so and a line
 * is logged. It is asked for by the object id and tenant of the verified activity: what a card or a text
 * claims does not count.
 * @returns null when the person was refused, and told so
 */
export async function authorize(turn: Turn, context: BotContext, needed: NeededRole): Promise<Access | null> {
  const { person } = turn.asker;
  const access = person.aadObjectId === '' ? NO_ACCESS : await context.services.access(person);
  if (isAtLeast(access.role, needed)) return access;
  const line = { by: person.aadObjectId, role: access.role, needed, kind: turn.kind };
  if (access.unread) {
    context.log.warn(line, 'refused: the role cannot be read now');
    await turn.reply(say(UNREAD[needed]));
    return null;
  }
  context.log.info(line, 'refused: role too low');
  await turn.reply(say(REFUSALS[needed]));
  return null;
}
