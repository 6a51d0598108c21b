import { MINUTE_MS } from '../../../src/domain/durations.ts';
import type { ConversationKind } from '../../../src/domain/ports.ts';
import { planOnRequest } from '../../../src/domain/restore/requests/on-request.ts';
import { requestFacts } from '../../../src/domain/restore/requests/request-facts.ts';
import { idOf } from '../../../src/simulator/tenant/ids.ts';
import { CAST, type Part } from '../authorization/cast.ts';
import { DEEDS, MORE } from '../authorization/deeds.ts';
import type { Stage } from '../authorization/stage.ts';

/** Lost a license with others, and is of no unit. */
const OUTSIDER = idOf('user', 'rick@contoso.com');

/** A question follows one that is younger than this, ms. */
const FOLLOWED_UP_MS = 15 * MINUTE_MS;

/**
 * What the buttons send that work: of incidents, rules and plans that are there. A press changes what there is, so
 * that they are made anew again and again.
 */
export class LiveData {
  readonly #stage: Stage;
  readonly #byVerb = new Map<string, object[]>();
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
      this.#byVerb.set(verb, [await deed.prepare(this.#stage, CAST.operator)]);
    }
    for (const deed of Object.values(MORE)) {
      this.#byVerb.get(deed.verb)?.push(await deed.prepare(this.#stage, CAST.operator));
    }
    this.#byVerb.get('change-licenses')?.push(await this.#planForOutsider());
  }

  /** What the button with this verb sends when it works: one of the things that it does. */
  of(verb: string, choice: number): object {
    const candidates = this.#byVerb.get(verb) ?? [];
    return candidates[choice % candidates.length] ?? {};
  }

  /** Notes what somebody sends; all that they have said in this conversation, which an answer may repeat. */
  said({ part, where }: { part: Part; where: ConversationKind }, sent: unknown): readonly unknown[] {
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

  /** What a card asks that gives a license to somebody that the operator of a unit may not act on. */
  async #planForOutsider(): Promise<object> {
    const { store } = this.#stage;
    const [skuId = ''] = (await this.#stage.incident()).skuIds;
    const request = { kind: 'assign' as const, userIds: [OUTSIDER], skuIds: [skuId] };
    const users = await store.users.byIds([OUTSIDER]);
    const tenant = await store.users.tenant();
    const facts = requestFacts({ users, tenant, openSteps: [], now: this.#stage.now() });
    const { digest } = planOnRequest(request, facts).view;
    return { kind: 'assign', users: OUTSIDER, products: skuId, plan: digest };
  }
}
