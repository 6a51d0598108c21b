import { type Access, isAtLeast, NO_ACCESS, type Role } from '../../domain/access/access.ts';
import { listedUpTo } from '../../domain/english.ts';
import { count } from '../../domain/numerals.ts';
import type { BotContext } from '../bot-context.ts';
import { say, type Turn } from '../turn.ts';

export type NeededRole = Exclude<Role, 'none'>;

/** What somebody without the role is answered: who can do it, as far as they share this conversation. */
async function refusal(turn: Turn, needed: NeededRole): Promise<string> {
  switch (needed) {
    case 'reader':
      return 'You are not among the people who can ask me about licenses. Your administrator can add you.';
    case 'operator': {
      const who = operatorsInWords(await turn.operatorsHere());
      return `Only operators can ${turn.kind === 'action' ? 'decide' : 'do'} this. ${who || 'Ask an owner for the role.'}`;
    }
    case 'owner':
      return 'Only owners can do this. Nothing was changed.';
  }
}

/** More names than these are a crowd, not an address. */
const MAX_NAMED = 5;

/** "Operators here: Megan Bowen, Lee Gu." Empty where none is known. */
export function operatorsInWords(names: readonly string[]): string {
  if (names.length === 0) return '';
  const named =
    names.length > MAX_NAMED
      ? listedUpTo(names, MAX_NAMED, (others) => count(others, 'other'))
      : names.join(', ');
  return `Operators here: ${named}.`;
}

/** What is said to everybody while the directory cannot tell who may do what. */
const UNREAD: Record<NeededRole, string> = {
  reader: 'I cannot read your role from Microsoft 365 right now, so I cannot answer. Try again in a minute.',
  operator:
    'I cannot read your role from Microsoft 365 right now. Nothing was changed. Try again in a minute.',
  owner: 'I cannot read your role from Microsoft 365 right now. Nothing was changed. Try again in a minute.',
};

/**
 * As `authorize` for an owner; while no owner is set, also for an active administrator of the tenant, whom Microsoft
 * names. Nobody is an owner by being first.
 */
export async function authorizeFounder(turn: Turn, context: BotContext): Promise<Access | null> {
  const { services, log } = context;
  const { person } = turn.asker;
  if (services.isOwned() || person.aadObjectId === '') return authorize(turn, context, 'owner');
  const founder = await services.founder(person);
  log.info({ by: person.aadObjectId, as: founder.kind, kind: turn.kind }, 'first contact: role asked for');
  if (founder.kind === 'administrator') return { role: 'owner', sees: null, acts: null };
  await turn.reply(say(founder.sentence));
  return null;
}

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
  await turn.reply(say(await refusal(turn, needed)));
  return null;
}
