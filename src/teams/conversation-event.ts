import { isSameAccount } from './addressed.ts';
import type { IncomingActivity } from './incoming-activity.ts';
import type { ConversationEvent } from './turn.ts';

/**
 * What an installationUpdate or conversationUpdate means to us. Upgrades of the app come as `add-upgrade`
 * and `remove-upgrade`; they neither greet nor forget.
 */
export function conversationEvent(activity: IncomingActivity): ConversationEvent {
  const isBot = (member: { id: string }) => isSameAccount(member.id, activity.recipient.id);
  if (activity.type === 'installationUpdate') {
    if (activity.action === 'add') return 'installed';
    return activity.action === 'remove' ? 'uninstalled' : 'other';
  }
  if (activity.membersAdded?.some(isBot)) return 'installed';
  if (activity.membersRemoved?.some(isBot)) return 'uninstalled';
  switch (activity.channelData?.eventType) {
    case 'channelDeleted':
      return 'channel-deleted';
    case 'teamDeleted':
    case 'teamHardDeleted':
      return 'team-deleted';
    default:
      return 'other';
  }
}
