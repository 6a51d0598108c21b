import { z } from 'zod';
import type { TeamsFacts } from '../../domain/doctor/judge-teams.ts';
import type { Ask } from '../../microsoft365/doctor/ask.ts';
import { type KnownPlace, tryConnector } from '../../microsoft365/doctor/connector-trials.ts';
import type { TriedToken } from '../../microsoft365/doctor/try-token.ts';
import type { DatabaseLook, SeenConversation } from '../../storage/doctor/look.ts';

/** The parts of the SDK's reference that say where a conversation is. */
const Reference = z.object({
  serviceUrl: z.url({ protocol: /^https?$/ }),
  conversation: z.object({ id: z.string() }),
});

/** Asks Teams about the places that the database knows. */
export async function askTeams(
  database: DatabaseLook | null,
  bot: TriedToken,
  ask: Ask,
): Promise<TeamsFacts> {
  const conversations = database?.conversations ?? null;
  const channels = conversations?.filter(({ kind }) => kind === 'channel') ?? null;
  const target = conversations?.find(({ alerts }) => alerts) ?? null;
  const facts = {
    channels: channels?.length ?? null,
    hasTarget: target !== null,
    unreachable: target?.unreachable ?? null,
  };
  const isAnonymous = bot.fact.kind === 'unset' && !bot.fact.wrong;
  if (bot.token === null && !isAnonymous) {
    return { ...facts, why: 'There is no token of the bot.', connector: null };
  }
  const places = (channels ?? []).flatMap(placeOf);
  const known = target === null ? [] : placeOf(target);
  if (places.length === 0 && known.length === 0) {
    return { ...facts, why: 'The database does not tell where Teams is.', connector: null };
  }
  return { ...facts, why: null, connector: await tryConnector(ask, bot.token, known[0] ?? null, places) };
}

function placeOf({ reference, teamId }: SeenConversation): KnownPlace[] {
  try {
    const { serviceUrl, conversation } = Reference.parse(JSON.parse(reference));
    // A thread in a channel is the channel, too.
    const [conversationId = conversation.id] = conversation.id.split(';');
    return [{ serviceUrl, conversationId, teamId }];
  } catch {
    return [];
  }
}
