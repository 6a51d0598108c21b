import { z } from 'zod';
import type { IncomingActivity } from './incoming-activity.ts';

const Mention = z.object({
  type: z.literal('mention'),
  text: z.string().min(1),
  mentioned: z.object({ id: z.string() }),
});

const ENTITIES: Readonly<Record<string, string>> = {
  '&nbsp;': ' ',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

/**
 * What the person wrote, without the mention of the bot that Teams demands in channels. Mentions of other
 * people stay as their names. We do this rather than the SDK, which throws for a mention that names nobody.
 */
export function messageText(activity: IncomingActivity): string {
  let text = activity.text ?? '';
  for (const entity of activity.entities ?? []) {
    const mention = Mention.safeParse(entity);
    if (mention.success && mention.data.mentioned.id === activity.recipient.id) {
      text = text.replaceAll(mention.data.text, ' ');
    }
  }
  return text
    .replace(/<\/?at\b[^<>]*>/gi, '')
    .replace(/&(?:nbsp|lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity] ?? entity)
    .replace(/\s+/g, ' ')
    .trim();
}
