import { DEEDS } from '../authorization/deeds.ts';
import type { Stage } from '../authorization/stage.ts';
import type { FuzzTurn } from './turns.ts';

/** A question follows one that is younger than this, ms. */
const FOLLOWED_UP_MS = 15 * 60_000;

/**
 * What the buttons send that work: of incidents, rules and plans that are there. A press changes what there is, so
 * that they are made anew again and again.
 */
export class LiveData {
  readonly #stage: Stage;
  readonly #byVerb = new Map<string, object>();
  /** Files that were offered, the newest last. */
  #offers: string[] = [];
  /** What each has sent in each conversation since everything was made anew. */
  readonly #said = new Map<string, unknown[]>();

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** Makes everything anew, closes what was open, and lets so much time go by that nothing said before is followed up. */
  async renew(): Promise<void> {
    const { store } = this.#stage;
    this.#said.clear();
    this.#stage.advance(FOLLOWED_UP_MS);
    const open = await store.incidents.open();
    await this.#stage.commit({
      incidents: open
        .filter(({ id }) => id !== this.#stage.bot.incidentId)
        .map((incident) => ({ ...incident, status: 'closed', revision: incident.revision + 1 })),
    });
    await this.#stage.forgetMarks();
    for (const [verb, deed] of Object.entries(DEEDS)) {
      this.#byVerb.set(verb, await deed.prepare(this.#stage));
    }
  }

  /** What the button with this verb sends when it works. */
  of(verb: string): object {
    return this.#byVerb.get(verb) ?? {};
  }

  /** Notes what somebody sends; all that they have said in this conversation, which an answer may repeat. */
  said({ part, where }: Pick<FuzzTurn, 'part' | 'where'>, sent: unknown): readonly unknown[] {
    const key = `${part} ${where}`;
    const said = [...(this.#said.get(key) ?? []), sent];
    this.#said.set(key, said);
    return said;
  }

  offered(fileIds: readonly string[]): void {
    this.#offers = [...this.#offers, ...fileIds].slice(-10);
  }

  /** The last file that was offered to anybody. */
  lastOffer(): string {
    return this.#offers.at(-1) ?? 'none';
  }
}
