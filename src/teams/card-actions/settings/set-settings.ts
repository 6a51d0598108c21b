import { z } from 'zod';
import type { SettingsAsked } from '../../../domain/settings/setting-change.ts';
import { settingsChangedCard } from '../../cards/settings.ts';
import { showCard } from '../../turn.ts';
import { cardAction, Id } from '../card-action.ts';

const Key = z.string().regex(/^[A-Z][A-Z_]{2,60}(:[^\s\p{C}][^\p{C}]{0,127})?$/u);
/** The card keeps template expressions apart with word joiners: what is stored has none. */
const Value = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .transform((text) => text.replaceAll('\u2060', ''))
  .nullable();

const Asked = z.discriminatedUnion('deed', [
  z
    .object({
      deed: z.literal('change'),
      changes: z
        .array(z.object({ key: Key, from: Value, to: Value }))
        .min(1)
        .max(12),
    })
    .transform(({ changes }): SettingsAsked => ({ kind: 'change', changes })),
  z
    .object({ deed: z.enum(['confirm', 'decline']), requestId: Id })
    .transform(({ deed, requestId }): SettingsAsked => ({ kind: deed, requestId })),
]);

/** Changes settings, or answers a change that waits for a second owner, and says what became of it. */
export const setSettings = cardAction({
  verb: 'set-settings',
  role: 'owner',
  founders: true,
  Data: Asked,
  misfit: 'I cannot read this request, so nothing was changed. Please ask me for it again.',
  async run(asked, turn, context) {
    const { person } = turn.asker;
    const outcome = await context.services.changeSettings(asked, person);
    const keys = asked.kind === 'change' ? asked.changes.map(({ key }) => key) : [];
    context.log.info(
      { decision: asked.kind, keys, by: person.aadObjectId, outcome: outcome.kind },
      'settings answered',
    );
    const wayBack = outcome.kind === 'accepted' ? outcome.wayBack : null;
    await turn.reply(showCard(settingsChangedCard(outcome.sentence, wayBack), outcome.sentence));
  },
});
