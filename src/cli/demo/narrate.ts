import { setTimeout as wait } from 'node:timers/promises';
import { count } from '../../domain/numerals.ts';
import type { Store } from '../../domain/ports.ts';
import type { Hint } from './hints.ts';

export type Story = { say(text: string): void; signal: AbortSignal; hint: Hint };

const LOOK_EVERY_MS = 500;

/** Resolves when the store shows what is looked for; rejects when the demo is stopped first. */
export async function until<T>(look: () => Promise<T | null>, signal: AbortSignal): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    await wait(LOOK_EVERY_MS, undefined, { signal });
  }
}

/** Tells in the terminal what happens in the store, until the demo is stopped. */
export async function narrate(store: Store, { say, signal, hint }: Story): Promise<void> {
  const told = new Map<string, string>();
  const tellOnce = (about: string, state: string, text: string): void => {
    if (told.get(about) === state) return;
    told.set(about, state);
    say(text);
  };
  const seen = new Set<string>();
  while (!signal.aborted) {
    const changes = await store.changes.find({ limit: 200 });
    const fresh = changes.filter(({ change: { id, kind } }) => kind === 'lost' && !seen.has(id));
    for (const { change } of fresh) seen.add(change.id);
    if (fresh.length > 0) say(`A scan found ${count(fresh.length, 'lost license', 'lost licenses')}.`);
    for (const incident of await store.incidents.recent(5)) {
      const card = await store.outbox.postedCard(incident.id);
      if (!card)
        tellOnce(
          incident.id,
          'waiting',
          'A card waits: open the channel “License alerts”, so that the bot has somewhere to post.',
        );
      else if (incident.status === 'open')
        tellOnce(
          incident.id,
          'posted',
          `The card is in “${card.target.name}”. ${hint.press}, or ask: ${hint.questions[0]}. Reloading the Playground empties it: “open incidents” shows the card again.`,
        );
      else
        tellOnce(
          incident.id,
          incident.status,
          incident.status === 'restored'
            ? 'Everybody has everything back, and the card says so.'
            : `The incident is ${incident.status}.`,
        );
    }
    await wait(LOOK_EVERY_MS, undefined, { signal });
  }
}
