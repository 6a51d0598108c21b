import { type ApiReply, Refusal } from '../http/message.ts';
import { param } from '../http/routes.ts';
import { pageSize } from '../odata/options.ts';
import { cursorOf, nextLink } from '../odata/page-token.ts';
import type { ChannelMessage } from '../tenant/channel.ts';
import { collection, type GraphCall, notFound } from './call.ts';

function messageBody(message: ChannelMessage): object {
  const created = new Date(message.createdAt).toISOString();
  return {
    id: message.id,
    replyToId: null,
    etag: message.id,
    messageType: 'message',
    createdDateTime: created,
    lastModifiedDateTime: created,
    deletedDateTime: null,
    subject: null,
    importance: 'normal',
    locale: 'en-us',
    from: {
      application: message.application && { ...message.application, applicationIdentityType: 'bot' },
      user: message.user && { ...message.user, userIdentityType: 'aadUser' },
      device: null,
    },
    body: { contentType: 'html', content: message.html },
    attachments: message.cards.map((content, index) => ({
      id: `${message.id}-${index}`,
      contentType: 'application/vnd.microsoft.card.adaptive',
      contentUrl: null,
      content,
      name: null,
      thumbnailUrl: null,
    })),
    mentions: [],
    reactions: [],
  };
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Newest first; at most 50 on a page, as for channels. The team is named by the GUID of its group: the id that Teams'
 * activities name is refused, as Graph does (microsoft-graph-explorer-v4 #3327).
 */
export function listChannelMessages(call: GraphCall): ApiReply {
  const team = param(call.params, 'team');
  const channel = param(call.params, 'channel');
  if (!GUID.test(team)) throw new Refusal(400, 'BadRequest', 'teamId needs to be a valid GUID.');
  const all = call.tenant.channel.messages(team, channel);
  if (!all) throw notFound(channel);
  const cursor = cursorOf(call.options.get('skiptoken'), call.pageTokens);
  const end = cursor + pageSize(call.options, 20, 50);
  const page = all.slice(cursor, end).map((message) => JSON.stringify(messageBody(message)));
  return collection(call, `teams('${team}')/channels('${channel}')/messages`, page, {
    ...(end < all.length ? { '@odata.nextLink': nextLink(call.request, end, call.pageTokens) } : {}),
  });
}
