import { type Attachment, CardFactory, type MessagingExtensionResponse } from 'botbuilder';
import { plainText } from '../cards/escape-text.ts';
import type { Reply, SearchResult } from '../turn.ts';

/**
 * Collects what a search is answered with: results, or a sentence in their place, as "Respond to search command"
 * of the Teams documentation. The last one said counts.
 */
export function searchReply(): {
  reply(reply: Reply): Promise<void>;
  show(results: readonly SearchResult[]): Promise<void>;
  response(): MessagingExtensionResponse;
} {
  let response: MessagingExtensionResponse = {};
  return {
    reply: async (reply) => {
      response = { composeExtension: { type: 'message', text: textOf(reply) } };
    },
    show: async (results) => {
      response = {
        composeExtension: {
          type: 'result',
          attachmentLayout: 'list',
          attachments: results.map(attachmentOf),
        },
      };
    },
    response: () => response,
  };
}

/** The card that is dropped into the chat, with the line by which it is chosen. */
const attachmentOf = ({ title, text, card }: SearchResult): Attachment & { preview: Attachment } => ({
  ...CardFactory.adaptiveCard(card),
  preview: CardFactory.thumbnailCard(plainText(title, 100), plainText(text, 200)),
});

function textOf(reply: Reply): string {
  switch (reply.kind) {
    case 'text':
      return reply.text;
    case 'card':
      return reply.summary;
    case 'file-offer':
    case 'file-link':
      return reply.name;
  }
}
