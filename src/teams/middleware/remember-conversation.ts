import { UNNAMED_CHANNEL } from '../../domain/delivery/channel-name.ts';
import type { StoredConversation } from '../../domain/ports.ts';
import type { BotContext } from '../bot-context.ts';
import type { Turn } from '../turn.ts';
import type { Middleware } from './middleware.ts';

/**
 * Keeps the reference to every conversation that we hear from, because the service URL in it may change at
 * any time, and forgets it only when the bot is uninstalled.
 */
export const rememberConversation: Middleware = async (turn, context, next) => {
  // A search comes from any chat: the bot need not be in it, and could say nothing there.
  if (turn.kind === 'search') return next();
  const { conversations } = context.services;
  const { key, teamId } = turn.conversation;
  const event = turn.kind === 'event' ? turn.event : 'other';
  switch (event) {
    case 'uninstalled':
      await conversations.remove(teamId === null ? { key } : { teamId });
      break;
    case 'channel-deleted':
      if (await conversations.byKey(key)) await conversations.setUnreachable(key, 'The channel was deleted.');
      break;
    case 'team-deleted':
      await markTeam(context, teamId);
      break;
    default:
      await remember(turn, context);
  }
  try {
    await context.services.teamsHeard();
  } catch (err) {
    context.log.warn({ err }, 'what waits for Teams could not be hastened');
  }
  await next();
};

/** A database that takes no writes, as with a full disk, must not keep a question from its answer. */
async function remember(turn: Turn, context: BotContext): Promise<void> {
  const { key } = turn.conversation;
  try {
    await store(turn, context, await context.services.conversations.byKey(key));
  } catch (err) {
    context.log.error({ err }, 'the conversation could not be kept');
  }
}

async function store(turn: Turn, context: BotContext, earlier: StoredConversation | null): Promise<void> {
  const { key, kind, tenantId, teamId, groupId } = turn.conversation;
  await context.services.conversations.upsert({
    key,
    kind,
    name: nameOf(turn, earlier),
    tenantId,
    teamId: teamId ?? earlier?.teamId ?? null,
    groupId,
    reference: turn.reference,
    updatedAt: context.now(),
  });
  if (earlier === null && kind === 'channel') context.services.alertTargetChanged();
}

/** Teams names a channel in some events only, and General never. */
function nameOf(turn: Turn, earlier: StoredConversation | null): string {
  const { key, kind, name, teamId } = turn.conversation;
  if (name !== null) return name;
  if (earlier) return earlier.name;
  if (kind === 'channel') return key === teamId ? 'General' : UNNAMED_CHANNEL;
  return kind === 'personal' ? 'a personal chat' : 'a group chat';
}

async function markTeam({ services }: BotContext, teamId: string | null): Promise<void> {
  for (const conversation of await services.conversations.all()) {
    if (teamId !== null && conversation.teamId === teamId) {
      await services.conversations.setUnreachable(conversation.key, 'The team was deleted.');
    }
  }
}
