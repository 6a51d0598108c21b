import { z } from 'zod';

const Account = z.looseObject({ id: z.string(), name: z.string().default('') });

/**
 * A conversation reference as we stored it: the SDK's own, without thread and activity. Only what a message
 * needs to find its way is asked for, as references live longer than SDK versions.
 */
const Reference = z.looseObject({
  channelId: z.string(),
  serviceUrl: z.url({ protocol: /^https?$/ }),
  bot: Account,
  conversation: z.looseObject({
    id: z.string(),
    name: z.string().default(''),
    isGroup: z.boolean().default(false),
    conversationType: z.string().default('channel'),
  }),
});

/** From the store's JSON text to what the SDK continues a conversation with. */
export const StoredReference = z
  .string()
  .transform((text, issues): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      issues.addIssue({ code: 'custom', message: 'not JSON' });
      return z.NEVER;
    }
  })
  .pipe(Reference);
