import { setTimeout as wait } from 'node:timers/promises';
import type { Incident } from '../../domain/incident/incident.ts';
import type { Store } from '../../domain/ports.ts';

export type Story = { say(text: string): void; signal: AbortSignal };

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
export async function narrate(store: Store, { say, signal }: Story): Promise<void> {
  const told = new Map<string, string>();
  const tellOnce = (about: string, state: string, text: string): void => {
    if (told.get(about) === state) return;
    told.set(about, state);
    say(text);
  };
  while (!signal.aborted) {
    const changes = await store.changes.find({ limit: 200 });
    const lost = changes.filter(({ change }) => change.kind === 'lost').length;
    if (lost > 0)
      tellOnce(
        'lost',
        String(lost),
        `A scan found ${lost} lost ${lost === 1 ? 'license' : 'licenses'}; they settle before anybody is told.`,
      );
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
          `The card stands in “${card.target.name}”. Press “What can I do?” and Reassign, or ask: who changed ${await someoneIn(store, incident)}'s license`,
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

/** Somebody of the incident to ask about. */
async function someoneIn(store: Store, incident: Incident): Promise<string> {
  const [user] = await store.users.byIds(incident.userIds.slice(0, 1));
  return user?.state.displayName ?? 'Rick';
}
