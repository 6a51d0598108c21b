import { z } from 'zod';
import type { IncomingActivity } from './incoming-activity.ts';

const Mention = z.object({ type: z.literal('mention'), mentioned: z.object({ id: z.string() }) });

/** A pressed button as `Action.Submit` sends it: the verb is in the data. */
export const Submitted = z.looseObject({ verb: z.string().max(100) });

/** Whether an entity of an activity mentions the bot. Teams writes the same id in either case. */
export function mentionsBot(entity: unknown, { recipient }: Pick<IncomingActivity, 'recipient'>): boolean {
  const mention = Mention.safeParse(entity);
  return mention.success && isSameAccount(mention.data.mentioned.id, recipient.id);
}

/**
 * Whether an activity is for the bot. With the permission to read a channel Teams sends it every message there ("Receive
 * all channel messages with RSC", section "Filtering at mention messages"), and what people say to each other is none
 * of its business: outside a private chat only a mention counts, or a button of its own card. Of events, who else
 * joins or leaves is not.
 */
export function isForBot(activity: IncomingActivity): boolean {
  if (isPrivate(activity)) return true;
  switch (activity.type) {
    case 'message':
      return (
        (activity.entities ?? []).some((entity) => mentionsBot(entity, activity)) ||
        (!activity.text?.trim() && Submitted.safeParse(activity.value).success)
      );
    case 'conversationUpdate': {
      const members = [...(activity.membersAdded ?? []), ...(activity.membersRemoved ?? [])];
      return members.length === 0 || members.some(({ id }) => isSameAccount(id, activity.recipient.id));
    }
    default:
      return true;
  }
}

/** Ids of accounts in Teams, of which activities write the case in either way. */
export const isSameAccount = (one: string, other: string): boolean =>
  one.toLowerCase() === other.toLowerCase();

/** Teams names the kind of each conversation; where it does not, the id of a chat of several tells. */
function isPrivate({ conversation, channelData }: IncomingActivity): boolean {
  if (channelData?.team?.id) return false;
  const { conversationType, id } = conversation;
  return conversationType === 'personal' || (conversationType == null && !id.startsWith('19:'));
}
