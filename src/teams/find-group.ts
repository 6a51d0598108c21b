import { TeamsInfo, type TurnContext } from 'botbuilder';
import { z } from 'zod';
import type { ConversationStore, StoredConversation } from '../domain/ports.ts';
import { attemptOnce } from './connector-limits.ts';
import { type ConversationOptions, inConversation } from './in-conversation.ts';

const Details = z.object({ aadGroupId: z.guid().toLowerCase() });

/**
 * Finds the group behind a team by asking Teams, which names it in some activities only, and keeps it. It never
 * throws.
 * @returns what takes a channel, and gives the group's GUID; null where Teams does not tell it now
 */
export function findGroup(
  options: ConversationOptions & { conversations: ConversationStore },
): (channel: StoredConversation) => Promise<string | null> {
  const { conversations, log } = options;
  return async ({ key, teamId, reference }) => {
    if (teamId === null) return null;
    let groupId: string | null = null;
    await inConversation(options, reference, key, async (context: TurnContext) => {
      attemptOnce(context);
      const details = Details.safeParse(await TeamsInfo.getTeamDetails(context, teamId));
      if (details.success) groupId = details.data.aadGroupId;
      else log.warn({ channel: key }, 'Teams gave no group of a team');
      return { ok: true, activityId: '' };
    });
    if (groupId !== null) await conversations.setGroup(teamId, groupId);
    return groupId;
  };
}
