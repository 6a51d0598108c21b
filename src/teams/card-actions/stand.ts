import { z } from 'zod';
import { cardAction, Id, Reason } from './card-action.ts';
import { changeAndShow } from './change-and-show.ts';

/** A snooze or a mark, as the card that asks before it carries it. `until` is ms UTC. */
const Request = z.discriminatedUnion('kind', [
  z
    .object({
      kind: z.literal('snooze'),
      subjectKind: z.enum(['user', 'sku', 'group']),
      subjectId: Id,
      until: z.int().positive(),
      // The card keeps template expressions apart with word joiners: what is stored has none.
      reason: Reason.transform((text) => text.replaceAll('\u2060', '')),
    })
    .transform(({ kind, subjectKind, subjectId, until, reason }) => ({
      kind,
      subject: { kind: subjectKind, id: subjectId },
      until,
      reason,
    })),
  z.object({ kind: z.literal('wake'), silenceId: Id }),
  z
    .object({ kind: z.enum(['watch', 'unwatch']), subjectKind: z.enum(['user', 'group']), subjectId: Id })
    .transform(({ kind, subjectKind, subjectId }) => ({
      kind,
      subject: { kind: subjectKind, id: subjectId },
    })),
]);

/** Carries out what was asked for in words: to be quiet about somebody or something, or to keep an eye on it. */
export const stand = cardAction({
  verb: 'stand',
  role: 'operator',
  Data: Request,
  misfit: 'I cannot read this request, so nothing was changed. Please ask me for it again.',
  run: changeAndShow,
});
