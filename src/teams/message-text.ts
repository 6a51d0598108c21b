import { z } from 'zod';
import { mentionsBot } from './addressed.ts';
import type { IncomingActivity } from './incoming-activity.ts';

const Written = z.object({ text: z.string().min(1) });

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
    const written = Written.safeParse(entity);
    if (written.success && mentionsBot(entity, activity)) text = text.replaceAll(written.data.text, ' ');
  }
  return (
    text
      .replace(/<\/?at\b[^<>]*>/gi, '')
      .replace(/&(?:nbsp|lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity] ?? entity)
      // Marks of ours, at which long addresses may break: they come back with what people copy.
      .replaceAll('\u200b', '')
      .replace(/\s+/g, ' ')
      .trim()
  );
}
