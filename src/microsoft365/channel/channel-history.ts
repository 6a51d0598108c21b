import { z } from 'zod';
import { cardMark } from '../../domain/delivery/card-key.ts';
import { TenantReadError } from '../../domain/ports.ts';
import type { GraphClient } from '../graph/graph-client.ts';
import { pages } from '../graph/paging.ts';
import { rowReader } from '../graph/row.ts';
import type { ClientLog } from '../http/http-client.ts';
import { OPERATIONS } from '../operations.ts';

/** The largest page of channel messages, newest first. */
const PAGE_SIZE = 50;
/** A message that a crash left unnoted is among the newest ones. */
const PAGES_TO_SEARCH = 4;

/** Microsoft Graph `chatMessage`, as far as we use it. */
const GraphChatMessage = z.object({
  id: z.string(),
  deletedDateTime: z.string().nullish(),
  attachments: z.array(z.object({ content: z.string().nullish() })).nullish(),
});
type GraphChatMessage = z.infer<typeof GraphChatMessage>;

const readMessage = rowReader('message', GraphChatMessage, (message) => message);

export type FoundMessage = { known: true; activityId: string | null } | { known: false };

export interface ChannelHistory {
  /**
   * Looks in a channel's newest messages for a card that carries the key. `known: false` when the messages
   * cannot be read, which is so without the team's consent to ChannelMessage.Read.Group. Throws only
   * TenantReadError `cancelled`.
   * @param wanted.groupId the GUID of the team's group: Graph refuses the id that Teams' activities name
   */
  findMessage(wanted: { groupId: string; channelId: string; key: string }): Promise<FoundMessage>;
}

/** Reads channels through Graph. A message's id there is the activity id that the bot got for it. */
export const createChannelHistory = (
  graph: GraphClient,
  log: ClientLog,
  signal: AbortSignal,
): ChannelHistory => ({
  async findMessage({ groupId, channelId, key }) {
    const path = `/teams/${encodeURIComponent(groupId)}/channels/${encodeURIComponent(channelId)}/messages`;
    const first = () => graph.api(path).top(PAGE_SIZE);
    try {
      let searched = 0;
      for await (const page of pages({ graph, first, operation: OPERATIONS.channelMessages, signal })) {
        const message = page.value.map(readMessage).find((row) => carries(row, key));
        if (message !== undefined) return { known: true, activityId: message.id };
        searched += 1;
        if (searched === PAGES_TO_SEARCH) break;
      }
      return { known: true, activityId: null };
    } catch (error) {
      if (!(error instanceof TenantReadError) || error.code === 'cancelled') throw error;
      log.warn({ code: error.code, reason: error.message }, 'channel messages could not be read');
      return { known: false };
    }
  },
});

/** Whether one of the message's cards has the key's mark. What somebody deleted is no card any more. */
function carries({ deletedDateTime, attachments }: GraphChatMessage, key: string): boolean {
  if (deletedDateTime) return false;
  return (attachments ?? []).some(({ content }) => content != null && isMarked(content, key));
}

/** Cards of former versions had the key in their buttons, or in brackets at the end of their fallback text. */
const Card = z.looseObject({ fallbackText: z.string().optional().catch(undefined) });

function isMarked(content: string, key: string): boolean {
  if (!content.includes(key)) return false;
  let marked = false;
  try {
    const card = Card.safeParse(
      JSON.parse(content, (name, value) => {
        if ((name === 'id' && value === cardMark(key)) || (name === 'cardKey' && value === key))
          marked = true;
        return value;
      }),
    );
    return marked || (card.data?.fallbackText?.endsWith(`(${key})`) ?? false);
  } catch {
    return false;
  }
}
