import { UNNAMED_CHANNEL } from '../../domain/delivery/channel-name.ts';
import type { StoredConversation } from '../../domain/ports.ts';
import type { BotContext } from '../bot-context.ts';
import type { Turn } from '../turn.ts';
import { createInstallations, type Installations } from './installations.ts';
import type { Middleware, Next } from './middleware.ts';

/**
 * Keeps the reference to every conversation that we hear from, because the service URL in it may change at
 * any time, and forgets it only when the bot is uninstalled.
 */
export function rememberConversation(): Middleware {
  const installations = createInstallations();
  return (turn, context, next) => rememberAndGoOn(turn, context, next, installations);
}

async function rememberAndGoOn(
  turn: Turn,
  context: BotContext,
  next: Next,
  installations: Installations,
): Promise<void> {
  // A search comes from any chat: the bot need not be in it, and could say nothing there.
  if (turn.kind === 'search') return next();
  const { conversations } = context.services;
  const { key, teamId } = turn.conversation;
  const event = turn.kind === 'event' ? turn.event : 'other';
  const isAdded =
    turn.kind === 'event' && event === 'installed' && installations.isFirstWord(key, turn.by, context.now());
  let wasKnown = false;
  switch (event) {
    case 'uninstalled':
      installations.forget();
      await conversations.remove(teamId === null ? { key } : { teamId });
      break;
    case 'channel-deleted':
      if (await conversations.byKey(key)) await conversations.setUnreachable(key, 'The channel was deleted.');
      break;
    case 'team-deleted':
      await markTeam(context, teamId);
      break;
    default:
      wasKnown = await remember(turn, context);
  }
  if (isAdded && turn.conversation.kind === 'channel') await showAgain(context, key, wasKnown);
  try {
    await context.services.teamsHeard();
  } catch (err) {
    context.log.warn({ err }, 'what waits for Teams could not be hastened');
  }
  await next();
}

/**
 * A database that takes no writes, as with a full disk, must not keep a question from its answer.
 * @returns whether the conversation was known before
 */
async function remember(turn: Turn, context: BotContext): Promise<boolean> {
  const { key } = turn.conversation;
  try {
    const earlier = await context.services.conversations.byKey(key);
    await store(turn, context, earlier);
    return earlier !== null;
  } catch (err) {
    context.log.error({ err }, 'the conversation could not be kept');
    return true;
  }
}

async function showAgain({ services, log }: BotContext, key: string, wasKnown: boolean): Promise<void> {
  try {
    await services.addedTo(key, wasKnown);
  } catch (err) {
    log.warn({ err, channel: key }, 'open cards could not be shown again');
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
