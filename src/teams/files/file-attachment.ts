import type { Attachment } from 'botbuilder';
import type { Reply } from '../turn.ts';

/** The two cards for files that only Teams has: "Send and receive files using a bot" of its documentation. */
export function fileAttachment(reply: Extract<Reply, { kind: 'file-offer' | 'file-link' }>): Attachment {
  if (reply.kind === 'file-link') {
    const { name, contentUrl, uniqueId, fileType } = reply;
    const contentType = 'application/vnd.microsoft.teams.card.file.info';
    return { contentType, name, contentUrl, content: { uniqueId, fileType } };
  }
  const { name, description, sizeInBytes, fileId } = reply;
  return {
    contentType: 'application/vnd.microsoft.teams.card.file.consent',
    name,
    content: { description, sizeInBytes, acceptContext: { fileId }, declineContext: { fileId } },
  };
}
