import { z } from 'zod';

const Id = z.string().min(1).max(1_000);
const OptionalId = Id.nullish().catch(null);
const Name = z.string().max(1_000).nullish().catch(null);

/** In a shared channel people of other tenants write: where Teams names theirs, it counts. */
const Account = z.object({ id: Id, name: Name, aadObjectId: OptionalId, tenantId: OptionalId });

const ChannelData = z.object({
  tenant: z.object({ id: Id }).nullish().catch(null),
  team: z
    // Teams' own id of the team, and the GUID of its group, which only some activities name.
    .object({ id: OptionalId, name: Name, aadGroupId: z.guid().toLowerCase().nullish().catch(null) })
    .nullish()
    .catch(null),
  channel: z.object({ id: OptionalId, name: Name }).nullish().catch(null),
  eventType: Name,
});

/**
 * What we read of an activity. Without these ids nothing can be answered or checked, so that an activity
 * which lacks one is refused at the door; decoration that does not fit is taken as absent.
 */
export const IncomingActivity = z.object({
  type: z.string().min(1).max(100),
  name: Name,
  action: Name,
  channelId: Id,
  serviceUrl: z.url({ protocol: /^https?$/ }),
  from: Account,
  recipient: Account,
  conversation: z.object({ id: Id, conversationType: Name, tenantId: OptionalId, name: Name }),
  channelData: ChannelData.nullish().catch(null),
  text: z.string().nullish(),
  value: z.unknown().optional(),
  replyToId: OptionalId,
  locale: Name,
  localTimezone: Name,
  entities: z.array(z.unknown()).nullish().catch(null),
  membersAdded: z
    .array(z.object({ id: Id }))
    .nullish()
    .catch(null),
  membersRemoved: z
    .array(z.object({ id: Id }))
    .nullish()
    .catch(null),
});
export type IncomingActivity = z.infer<typeof IncomingActivity>;

/** Where the conversation lives: Teams names the tenant in either of two places. */
export const tenantOf = (activity: IncomingActivity): string | null =>
  (activity.channelData?.tenant?.id ?? activity.conversation.tenantId)?.toLowerCase() ?? null;

/** The conversation itself, without the thread that a message in a channel belongs to. */
export const conversationKey = (conversationId: string): string =>
  conversationId.split(';messageid=', 1)[0] ?? conversationId;
